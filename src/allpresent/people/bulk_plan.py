"""A change of many pupils at once, as data: worked out beforehand, then written all or nothing (`bulk.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple


class AdultRef(NamedTuple):
    """An adult already held (`id`), or the nth of the plan's new adults (`place`)."""

    id: int | None = None
    place: int | None = None


class Amended(NamedTuple):
    """One line for the admission register: what the field said and what it says now."""

    field: str
    original: str
    amended: str


@dataclass(frozen=True)
class NewLink:
    """How an adult stands to the pupil."""

    adult: AdultRef
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class PupilPlan:
    """What is written of one pupil: a new one where `pupil_id` is None.

    `facts` are fields of Pupil. `starts` opens a stretch on the admission register. `group` names the group to be in,
    `pattern` the sessions expected ('' ends a pattern), both from the plan's day or the starting day.
    """

    row: int
    pupil_id: int | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    starts: date | None = None
    group: str | None = None
    pattern: str | None = None
    characteristics: Mapping[str, bool] = field(default_factory=dict)
    placement: tuple[str, str] | None = None
    links: tuple[NewLink, ...] = ()
    link_changes: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    amended: tuple[Amended, ...] = ()


@dataclass(frozen=True)
class RollPlan:
    """Everything one import writes. `day`: when changes of group, sessions and the like begin."""

    day: date
    source: str
    new_groups: tuple[tuple[str, str], ...] = ()
    new_adults: tuple[Mapping[str, Any], ...] = ()
    adult_changes: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    pupils: tuple[PupilPlan, ...] = ()
