"""What was known, and when: marks at any moment, read from entries that are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session

TRIED_AGAIN = timedelta(minutes=1)
"""A save that was tried again keeps the moment of its first trial, so two may be stored a little out of order."""

Place = tuple[int, Session]
"""A pupil's session: where one run of entries belongs."""


class MarkEntry(NamedTuple):
    """One entry of the attendance register. Versions of a pupil's session run 1, 2, 3; `at` is aware."""

    pupil: int
    session: Session
    version: int
    code: str
    at: datetime

    @property
    def place(self) -> Place:
        """The pupil and session that the entry is about."""
        return self.pupil, self.session


def as_known_on(entries: Iterable[MarkEntry], moment: datetime) -> dict[Place, MarkEntry]:
    """The entry in force at `moment` (aware) for each pupil's session that had one by then.

    Entries may come in any order. Later entries never change what was known before. (Clause M-4.1e.)
    """
    known: dict[Place, MarkEntry] = {}
    for entry in entries:
        if entry.at > moment:
            continue
        held = known.get(entry.place)
        if held is None or entry.version > held.version:
            known[entry.place] = entry
    return known


def problems_in(entries: Iterable[MarkEntry]) -> tuple[str, ...]:
    """What is wrong with a set of entries, in words: versions that do not run 1, 2, 3, or times that go back.

    Empty when every pupil's session can be replayed. (Clauses M-4.1e, M-4.1i: nothing lost, nothing undone.)
    """
    ordered = sorted(entries, key=lambda entry: (entry.place, entry.version))
    return tuple(
        f"Pupil {pupil}, {session.day:%d %B %Y} {session.half}: {complaint}"
        for (pupil, session), run in groupby(ordered, key=lambda entry: entry.place)
        for complaint in _complaints(list(run))
    )


def _complaints(run: list[MarkEntry]) -> Iterator[str]:
    found = [entry.version for entry in run]
    if found != list(range(1, len(run) + 1)):
        yield f"versions {_listed(found)} where {_listed(range(1, len(run) + 1))} were expected."
    for earlier, later in pairwise(run):
        if later.at < earlier.at - TRIED_AGAIN:
            yield f"version {later.version} was entered before version {earlier.version}."


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
