"""The grounds for deleting a name from the admission register, as dated data in `grounds.toml`.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, reg 9(1) and 9(3).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.core.calendar.words import day_words


class NeedKind(StrEnum):
    """The kind of thing that must be in hand: an answer, two dated records, or a rule worked out."""

    YES = "yes"
    NO = "no"
    DATE = "date"
    TEXT = "text"
    JOINT = "joint"
    COMPUTED = "computed"


class Need(NamedTuple):
    """One precondition of a ground, put as a question in plain words. YES and NO are the answer needed."""

    key: str
    kind: NeedKind
    question: str


class Ground(NamedTuple):
    """One ground. `unconfirmed` says what in it was not checked against the regulation; empty if nothing."""

    letter: str
    title: str
    needs: tuple[Need, ...]
    source: str
    unconfirmed: str


class GroundsList(NamedTuple):
    """A list of grounds, for pupils of compulsory age or for others, from the day it came into force."""

    regulation: str
    for_compulsory_age: bool
    in_force_from: date
    grounds: tuple[Ground, ...]

    def ground(self, letter: str) -> Ground | None:
        """The ground with this letter, or None if the list has none."""
        return next((ground for ground in self.grounds if ground.letter == letter), None)


def grounds_for(born: date, on: date) -> GroundsList:
    """The list that applies to a pupil born on `born` whose name is deleted on `on`.

    Reg 9(1) for a pupil of compulsory school age on that day, reg 9(3) for any other. Raises ValueError for a
    day before 19 August 2024, when other regulations were in force.
    """
    compulsory = is_compulsory_age(born, on)
    in_force = [held for held in _lists() if held.in_force_from <= on and held.for_compulsory_age == compulsory]
    if not in_force:
        raise ValueError(f"Grounds for deletion are known from 19 August 2024, but {day_words(on)} was asked for.")
    return max(in_force, key=lambda held: held.in_force_from)


@cache
def _lists() -> tuple[GroundsList, ...]:
    text = files(__package__).joinpath("grounds.toml").read_text("utf-8")
    return tuple(_grounds_list(row) for row in tomllib.loads(text)["lists"])


def _grounds_list(row: Mapping[str, Any]) -> GroundsList:
    grounds = tuple(_ground(ground, row) for ground in row["grounds"])
    return GroundsList(row["regulation"], row["age"] == "compulsory", row["in_force_from"], grounds)


def _ground(row: Mapping[str, Any], held_in: Mapping[str, Any]) -> Ground:
    """One ground; what it does not say of its own source or doubts, its list says."""
    needs = tuple(Need(need["key"], NeedKind(need["kind"]), need["question"]) for need in row["needs"])
    source = "; ".join(filter(None, (held_in["source"], row.get("source"))))
    return Ground(row["letter"], row["title"], needs, source, row.get("unconfirmed", held_in["unconfirmed"]))
