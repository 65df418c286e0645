"""Which pupil on the roll a row speaks of. A near match is a conflict for a person, never a guess.

In order: pupil number with date of birth; admission number; surname, forename and date of birth. A strong identifier
that disagrees rules a match out, or makes a conflict of it (data standards fact sheet section 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from allpresent.exchange.roll.rows import RollRow
from allpresent.exchange.roll.words import folded
from allpresent.people.bulk_queries import HeldPupil


class Choice(StrEnum):
    """What a person may decide of a conflict."""

    SAME = "same"
    NEW = "new"
    LEAVE_OUT = "leave out"


class Conflict(NamedTuple):
    """A row that may speak of `pupil`, why that is not sure, and what may be decided."""

    row: RollRow
    pupil: HeldPupil
    message: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Found:
    """The pupil a row speaks of; None for a new one."""

    pupil: HeldPupil | None


_Index = dict[Hashable, list[HeldPupil]]


class Matcher:
    """Finds pupils of a held roll."""

    def __init__(self, pupils: Iterable[HeldPupil]) -> None:
        held = tuple(pupils)
        self._by_upn = _index(held, lambda pupil: pupil.texts["upn"])
        self._by_number = _index(held, lambda pupil: folded(pupil.texts["admission_number"]))
        self._by_name = _index(held, lambda pupil: _name(pupil.texts["surname"], pupil.texts["forename"]))

    def match(self, row: RollRow) -> Found | Conflict:
        """The pupil, or the conflict that a person must look at."""
        for search in (self._same_upn, self._same_number, self._same_name):
            if found := search(row):
                return found
        return Found(None)

    def _same_upn(self, row: RollRow) -> Found | Conflict | None:
        pupil = _first(self._by_upn, row.texts.get("upn", ""))
        if pupil is None or pupil.born == row.born:
            return Found(pupil) if pupil else None
        says = f"has the same UPN and another date of birth ({_day(pupil)}; the file says {_day(row)})"
        return _conflict(row, pupil, says, Choice.SAME)

    def _same_number(self, row: RollRow) -> Found | Conflict | None:
        pupil = _first(self._by_number, folded(row.texts.get("admission_number", "")))
        if pupil is None:
            return None
        if pupil.born != row.born:
            says = f"has the same admission number and another date of birth ({_day(pupil)}; the file says {_day(row)})"
            return _conflict(row, pupil, says, Choice.SAME)
        if _two_upns(row, pupil):
            return _conflict(row, pupil, "has the same admission number and another UPN", Choice.SAME)
        return Found(pupil)

    def _same_name(self, row: RollRow) -> Found | Conflict | None:
        named = self._by_name.get(_name(row.surname, row.forename), [])
        same_day = [pupil for pupil in named if pupil.born == row.born]
        if same_day:
            return self._same_name_and_day(row, same_day)
        near = next((pupil for pupil in named if not _two_upns(row, pupil)), None)
        if near is None:
            return None
        says = f"has the same name and another date of birth ({_day(near)}; the file says {_day(row)})"
        return _conflict(row, near, says, Choice.SAME, Choice.NEW)

    def _same_name_and_day(self, row: RollRow, pupils: list[HeldPupil]) -> Found | Conflict:
        alike = [pupil for pupil in pupils if not _two_upns(row, pupil)]
        if not alike:
            says = "has the same name and date of birth, and another UPN"
            return _conflict(row, pupils[0], says, Choice.SAME, Choice.NEW)
        if len(alike) > 1:
            return _conflict(row, alike[0], "is one of several with this name and date of birth", Choice.NEW)
        return Found(alike[0])


def _conflict(row: RollRow, pupil: HeldPupil, says: str, *choices: Choice) -> Conflict:
    return Conflict(row, pupil, f"{pupil.name} on the roll {says}.", (*choices, Choice.LEAVE_OUT))


def _index(pupils: Iterable[HeldPupil], key: Callable[[HeldPupil], Hashable]) -> _Index:
    found: _Index = defaultdict(list)
    for pupil in pupils:
        if key(pupil):
            found[key(pupil)].append(pupil)
    return dict(found)


def _first(index: _Index, key: str) -> HeldPupil | None:
    return next(iter(index.get(key, ())), None) if key else None


def _name(surname: str, forename: str) -> tuple[str, str]:
    return folded(surname), folded(forename)


def _two_upns(row: RollRow, pupil: HeldPupil) -> bool:
    said, held = row.texts.get("upn", ""), pupil.texts["upn"]
    return bool(said and held and said != held)


def _day(who: RollRow | HeldPupil) -> str:
    return f"{who.born:%d/%m/%Y}"
