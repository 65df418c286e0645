"""What the response is worked out from: one pupil who is missing, and the people around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.words import Circumstance, Party
from allpresent.core.response.tries import Result, TryMade

UNKNOWN = frozenset({"N", "O"})
"""Marks that say that nobody knows why: not yet, or not any more (reg 10(7) to (9))."""


class Person(NamedTuple):
    """Somebody who can be reached about a pupil. `party` is a Party's value or a role's key.

    `ref` is theirs alone ('contact:12'). `numbers` are telephone numbers, best first. A person with a `restriction` is
    never among those to be contacted.
    """

    ref: str
    party: str
    name: str
    numbers: tuple[str, ...] = ()
    email: str = ""
    relation: str = ""
    lives_with: bool = False
    restriction: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One pupil of whom nobody knows why they are not here.

    `halves` are the sessions of `day` that are unexplained, in order, at least one. `day_number` counts the school days
    of the absence, this one included. `people` stand in calling order. `explained` says in words what is known since,
    or is ''. `here`: they have come since. `not_back`: a day of return was named and has passed (M-6c).
    """

    day: date
    halves: tuple[Half, ...]
    day_number: int = 1
    year_group: str = ""
    circumstances: frozenset[Circumstance] = frozenset()
    people: tuple[Person, ...] = ()
    tries: tuple[TryMade, ...] = ()
    earlier: tuple[TryMade, ...] = ()
    explained: str = ""
    here: bool = False
    not_back: bool = False

    @property
    def counted(self) -> tuple[TryMade, ...]:
        """The tries of the day that count: about a session still unexplained. Steps begin anew each day (M-4.5d)."""
        return tuple(made for made in self.tries if made.half in self.halves)

    @property
    def ended(self) -> str:
        """Why nobody need be called any more, in words; '' while somebody has to be."""
        if self.here:
            return "They are here now."
        told = any(made.result is Result.EXPLAINED for made in self.counted)
        return self.explained or ("A reason was given." if told else "")

    def of(self, parties: Iterable[str]) -> tuple[Person, ...]:
        """The people of some parties, those with a restriction among them, in calling order."""
        wanted = set(parties)
        return tuple(person for person in self.people if _is_one_of(person, wanted))


PROFESSIONALS = frozenset({Party.SOCIAL_WORKER, Party.YOUTH_JUSTICE, Party.VIRTUAL_SCHOOL, Party.PROFESSIONALS})
"""The parties who work with a child and belong to no school."""
PARENTS = frozenset({Party.PARENT, Party.EACH_PARENT, Party.LIVES_WITH})
"""The ways in which a policy speaks of parents."""


def _is_one_of(person: Person, wanted: set[str]) -> bool:
    if person.party in wanted:
        return True
    if person.party == Party.PARENT:
        return Party.EACH_PARENT in wanted or (Party.LIVES_WITH in wanted and person.lives_with)
    if person.party == Party.AUTHORITY:
        return Party.COMMISSIONER in wanted  # an authority that placed the pupil
    return person.party in PROFESSIONALS and Party.PROFESSIONALS in wanted


def days_of_absence(marks: Mapping[date, tuple[str, ...]], school_days: Iterable[date]) -> tuple[date, ...]:
    """The earlier school days of an absence that goes on today, newest first; none on its first day (M-4.5a, M-4.5d).

    `marks` are the codes of the days before, `school_days` those days, newest first. A day without a mark (the pupil
    was not expected) neither counts nor ends the absence; one known session ends it.
    """
    found: list[date] = []
    for day in school_days:
        codes = marks.get(day, ())
        if codes and not set(codes) <= UNKNOWN:
            break
        found += [day] if codes else []
    return tuple(found)
