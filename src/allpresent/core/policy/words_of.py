"""The setting's own words for people and things, filled up with the guidance's."""

from __future__ import annotations

from dataclasses import dataclass

from allpresent.core.policy.model.setting import Vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """What the setting's pages and letters call things. Lower case unless it is a title."""

    pupil: str = "pupil"
    pupils: str = "pupils"
    school: str = "school"
    head: str = "head teacher"
    parent: str = "parent"
    group: str = "class"
    year_lead: str | None = None
    session: str = "session"


def words_of(vocabulary: Vocabulary | None) -> Words:
    """The setting's words; the guidance's own where it has none. A plural is made from the singular."""
    said = {} if vocabulary is None else {key: word for key in _KEYS if (word := getattr(vocabulary, key))}
    if "pupil" in said and "pupils" not in said:
        said["pupils"] = f"{said['pupil']}s"
    return Words(**said)


_KEYS = tuple(Words.__dataclass_fields__)
