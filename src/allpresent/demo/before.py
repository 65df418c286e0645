"""Who was there in the year before: most of the children of now, a class lower, and those who have left since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from allpresent.demo.children import Child, drawn
from allpresent.demo.families import Telephone
from allpresent.demo.places import BEFORE, GroupPlan, Place, places, planned_year, terms
from allpresent.demo.reading import chance, read

FIRST_NUMBER = 700
"""Where the telephone numbers of the families that have left begin."""


def first_day() -> date:
    return planned_year(BEFORE).pupil_days[0]


def last_day() -> date:
    return planned_year(BEFORE).pupil_days[-1]


@cache
def leavers() -> tuple[Child, ...]:
    """The children who left at the end of that year, with the year group that they would be in by now."""
    telephone = Telephone(FIRST_NUMBER)
    return tuple(child for row in read(BEFORE)["leavers"] for child in _leaving(row, telephone))


def _leaving(row: dict[str, Any], telephone: Telephone) -> Iterator[Child]:
    place = _place(row["school"])
    rng = chance(place.id, "leavers")
    made: list[Child] = []
    for _ in range(row["pupils"]):
        made.append(drawn(rng, place, GroupPlan(row["group"], row["year_group"], 0), made, telephone, left=row["left"]))
    yield from made


def has_gone(child: Child) -> bool:
    """Whether the child had left before this year began."""
    return child.left is not None and child.left["on"] < terms()[0].starts


def was_here(child: Child) -> bool:
    """Whether the child was at the place in the year before. At the provision, most were."""
    if has_gone(child):
        return True
    if child.place == "provision":
        return bool(child.rate) and chance(child.key, "stayed").random() < read(BEFORE)["stayed"]
    return child.joined is None and child.year_group != "R"


def group_before(child: Child) -> str:
    """The class that the child was in: a year lower, where classes are years."""
    names = [group.name for group in _place(child.place).groups if group.year_group]
    return names[names.index(child.group) - 1] if names and not has_gone(child) else child.group


def _place(key: str) -> Place:
    return next(place for place in places() if place.id == key)
