"""Proving the register: entries against their seals, current marks against entries, everything against the roll.

Entries, marks and enrolments are read as three streams in the same order and met like sorted decks of cards, so that
millions of entries need no more memory than one pupil's session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register.desk import PROSPECTIVE
from allpresent.core.register.history import MarkEntry, problems_in
from allpresent.people.queries.stretches import Stretches, stretches_on_roll
from allpresent.registers.models import CurrentMark, RegisterEntry, Source, Submission
from allpresent.registers.seal import Sealed, seal
from allpresent.schools.models import School

CHUNK = 2000

Place = tuple[int, date, str]
"""A pupil's session: pupil id, day, half."""
Progress = Callable[[int], None]
"""Told now and then how many entries have been read."""


class Difference(NamedTuple):
    """Something that is not as it was written. `about`: 'mark', 'seal', 'versions', 'roll' or 'submission'."""

    about: str
    pupil: int
    day: date
    half: str
    expected: str
    found: str

    def __str__(self) -> str:
        where = f"pupil {self.pupil}, {self.day} {self.half}"
        return f"{self.about}: {where}: expected {self.expected}, found {self.found}"


class Entry(NamedTuple):
    """One row of the ledger, as it is read."""

    pupil_id: int
    day: date
    half: str
    version: int
    code: str
    minutes_late: int | None
    detail: str
    reason: str
    source: str
    at: object
    by_name: str
    by_position: str
    seal: str
    school_id: int

    @property
    def mark(self) -> tuple:
        """What the current mark of this entry holds."""
        return (self.school_id, self.version, self.code, self.minutes_late, self.detail, self.source)


_MARK = ("pupil_id", "day", "half", "school_id", "version", "code", "minutes_late", "detail", "source")


def verify(school: School | None = None, progress: Progress = lambda count: None) -> Iterator[Difference]:
    """Every difference, of one school or of all, as it is found."""
    roll = stretches_on_roll(school)
    for place, run, mark in _meet(_runs(school, progress), _marks(school)):
        if run:
            yield from _of_entries(place, run, roll)
        yield from _of_mark(place, run, mark)
    yield from _unsent(school)


def marks_astray(school: School | None = None) -> Iterator[Difference]:
    """The current marks that their entries do not bear out."""
    for place, run, mark in _meet(_runs(school, lambda count: None), _marks(school)):
        yield from _of_mark(place, run, mark)


def _runs(school: School | None, progress: Progress) -> Iterator[tuple[Place, list[Entry]]]:
    rows = _of(school, RegisterEntry.objects.all()).order_by("pupil_id", "day", "half", "version")
    entries = (Entry(*row) for row in rows.values_list(*Entry._fields).iterator(CHUNK))
    for place, run in groupby(_counted(entries, progress), key=lambda entry: entry[:3]):
        yield place, list(run)


def _counted(entries: Iterator[Entry], progress: Progress) -> Iterator[Entry]:
    for count, entry in enumerate(entries, start=1):
        if count % CHUNK == 0:
            progress(count)
        yield entry


def _marks(school: School | None) -> Iterator[tuple[Place, tuple]]:
    rows = _of(school, CurrentMark.objects.all()).order_by("pupil_id", "day", "half")
    for row in rows.values_list(*_MARK).iterator(CHUNK):
        yield row[:3], row[3:]


def _of(school: School | None, rows: QuerySet) -> QuerySet:
    """The rows of a school's pupils, by the pupil and not by the row's own word for it."""
    return rows.filter(pupil__school=school) if school else rows


def _meet(runs: Iterator, marks: Iterator) -> Iterator[tuple[Place, list[Entry], tuple | None]]:
    """Each place with its entries and its mark, whichever of the two there is."""
    run, mark = next(runs, None), next(marks, None)
    while run or mark:
        place = min(side[0] for side in (run, mark) if side)
        here, there = run and run[0] == place, mark and mark[0] == place
        yield place, run[1] if here else [], mark[1] if there else None
        if here:
            run = next(runs, None)
        if there:
            mark = next(marks, None)


def _of_entries(place: Place, run: list[Entry], roll: Stretches) -> Iterator[Difference]:
    for entry in run:
        if seal(_sealed(entry)) != entry.seal:
            yield Difference("seal", *place, f"version {entry.version} as it was sealed", f"{entry.code}, altered")
    if len(run) > 1 or run[0].version != 1:
        yield from (Difference("versions", *place, "1, 2, 3 in order of time", says) for says in _out_of_order(run))
    if run[-1].code != PROSPECTIVE and not roll.holds(place[0], place[1]):
        yield Difference("roll", *place, "no entry: not on the roll that day", run[-1].code)


def _sealed(entry: Entry) -> Sealed:
    return Sealed(entry.pupil_id, entry.day.isoformat(), *entry[2:12])


def _out_of_order(run: list[Entry]) -> tuple[str, ...]:
    return problems_in(
        MarkEntry(entry.pupil_id, Session(entry.day, Half(entry.half)), entry.version, entry.code, entry.at)
        for entry in run
    )


def _of_mark(place: Place, run: list[Entry], mark: tuple | None) -> Iterator[Difference]:
    wanted = run[-1].mark if run else None
    if wanted != mark:
        yield Difference("mark", *place, _in_words(wanted), _in_words(mark))


def _in_words(mark: tuple | None) -> str:
    if mark is None:
        return "no mark"
    school_id, version, code, minutes, detail, source = mark
    late = f", {minutes} minutes late" if minutes is not None else ""
    said = f", {detail!r}" if detail else ""
    return f"{code} (version {version}, {source}{late}{said}, school {school_id})"


def _unsent(school: School | None) -> Iterator[Difference]:
    """Entries said to come from a register that nobody sent in at that moment."""
    sent = Submission.objects.filter(
        school_id=OuterRef("school_id"), day=OuterRef("day"), half=OuterRef("half"), at=OuterRef("at"),
        by_name=OuterRef("by_name"),
    )  # fmt: skip
    entries = _of(school, RegisterEntry.objects.filter(~Exists(sent), source=Source.REGISTER))
    for pupil_id, day, half, code, by in entries.values_list("pupil_id", "day", "half", "code", "by_name").iterator(
        CHUNK
    ):
        yield Difference("submission", pupil_id, day, half, "a register sent in with it", f"{code} by {by}, none sent")
