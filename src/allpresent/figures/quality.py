"""How sound the registers of a period are: in on time, complete, amended how, and what is still not known (M-3.1b)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.practice import Judged, Practice, Verdict, judge
from allpresent.figures.queries.sheets import sheet_of
from allpresent.figures.sheet import Sheet
from allpresent.practice.absences import unexplained
from allpresent.practice.expecting import Places, places_in
from allpresent.practice.reading import Period
from allpresent.practice.settled import settled
from allpresent.practice.taken import registers_taken
from allpresent.registers.models import RegisterEntry, Source
from allpresent.schools.models import School


class Blank(NamedTuple):
    """A pupil who was expected and has no mark, though the register's time has gone."""

    pupil_id: int
    group_id: int
    session: Session


class Amended(NamedTuple):
    """One amendment: which code became which, when (UTC), by somebody in which position, and for what reason."""

    pupil_id: int
    group_id: int | None
    session: Session
    before: str
    after: str
    at: datetime
    by_position: str
    reason: str


@dataclass(frozen=True)
class Quality:
    """Everything the page counts, as cases. `names`: of groups. `settling`: the clock of marks not known yet."""

    registers: Practice
    settling: Practice
    blanks: tuple[Blank, ...]
    amendments: tuple[Amended, ...]
    names: dict[int, str]

    @cached_property
    def unsettled(self) -> tuple[Judged, ...]:
        """Marks of N that stand still, past the policy's number of school days."""
        return tuple(judged for judged in self.settling.cases if judged.verdict is Verdict.NOT_DONE)

    @property
    def corrections(self) -> int:
        """Amendments that did more than say why a pupil was away."""
        return sum(one.before != "N" for one in self.amendments)


def quality(school: School, period: Period, *, now: datetime) -> Quality | None:
    """The registers of a period: eight queries, and two for each further academic year. None without a session."""
    if not period.calendar.sessions_between(period.first, period.last):
        return None
    places = places_in(school, period)
    registers = judge(*registers_taken(school, period, places), now=now)
    waiting = settled(period, unexplained(school, period.first, period.last))
    gone = [judged for judged in registers.cases if judged.verdict is not Verdict.OPEN]
    return Quality(
        registers=registers,
        settling=judge(*waiting, now=now),
        blanks=tuple(_blanks(school, places, gone)),
        amendments=tuple(_amendments(school, period, places)),
        names={group.id: group.name for group in places.groups},
    )


def _blanks(school: School, places: Places, gone: Iterable[Judged]) -> Iterator[Blank]:
    @cache
    def sheet(year: AcademicYear) -> Sheet:
        return sheet_of(school, year)

    @cache
    def marked(session: Session) -> frozenset[int]:
        return _marked(sheet(academic_year_of(session.day)), session)

    for _, group_id, day, half in (judged.case.subject for judged in gone):
        session = Session(day, Half(half))
        without = (one for one in places.expected(group_id, session) if one not in marked(session))
        yield from (Blank(pupil_id, group_id, session) for pupil_id in without)


def _marked(sheet: Sheet, session: Session) -> frozenset[int]:
    """The pupils who have a mark in a session."""
    return frozenset(sheet.pupil_ids[sheet.cells[:, sheet.slot(session)] > 0].tolist())


def _amendments(school: School, period: Period, places: Places) -> Iterator[Amended]:
    same = {name: OuterRef(name) for name in ("pupil", "day", "half")}
    before = RegisterEntry.objects.filter(**same, version__lt=OuterRef("version")).order_by("-version").values("code")
    rows = RegisterEntry.objects.filter(
        pupil__school=school, day__gte=period.first, day__lte=period.last, source=Source.AMENDMENT
    ).annotate(before=Subquery(before[:1]))
    group_of = _groups_of(places)
    columns = ("pupil_id", "day", "half", "before", "code", "at", "by_position", "reason")
    for pupil_id, day, half, *rest in rows.order_by("day", "half", "at").values_list(*columns):
        yield Amended(pupil_id, _held(group_of.get(pupil_id, ()), day), Session(day, Half(half)), *rest)


Held = list[tuple[int, date, date]]


def _groups_of(places: Places) -> dict[int, Held]:
    found: dict[int, Held] = {}
    for group_id, members in places.members.items():
        for pupil_id, begins, ends in members:
            found.setdefault(pupil_id, []).append((group_id, begins, ends))
    return found


def _held(held: Iterable[tuple[int, date, date]], day: date) -> int | None:
    return next((group_id for group_id, begins, ends in held if begins <= day <= ends), None)
