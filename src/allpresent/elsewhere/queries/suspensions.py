"""Suspensions of a school: their runs of days, the sixth day and whether education is arranged for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.elsewhere.suspension import Run, Suspended, runs, sessions_of_e
from allpresent.elsewhere.models import Suspension
from allpresent.elsewhere.queries.arrangements import Arranged, arrangements_on
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.queries import marks_between
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


@dataclass(frozen=True)
class Decided:
    """One suspension as it stands: `suspended` knows its newest end. `rescinded`: taken back whole."""

    id: int
    pupil_id: int
    suspended: Suspended
    rescinded: bool
    category: str
    decided_by: str
    at: datetime


@dataclass(frozen=True)
class SuspensionLine:
    """A run of one pupil's suspensions. `provided` names the arrangement that covers the sixth day, or is "".

    `late_e` are the days after the fifth that hold E all the same.
    """

    pupil: RollPupil
    decided: tuple[Decided, ...]
    run: Run
    provided: str
    late_e: tuple[date, ...]

    def is_overdue(self, today: date) -> bool:
        """Whether education is owed from today or an earlier day and nothing is arranged. (O-B-10.1)"""
        owed = self.run.provision_from
        return owed is not None and not self.provided and owed <= today

    def is_owed(self) -> bool:
        return self.run.provision_from is not None and not self.provided


def suspensions_of(school: School, today: date) -> tuple[SuspensionLine, ...]:
    """The runs of suspension that are not over, soonest first: six queries."""
    calendar = setting_of(school).calendar
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, today)}
    found = [
        (pupil_id, decided, run)
        for pupil_id, decided in by_pupil(school).items()
        for run in _runs(decided, calendar)
        if pupil_id in pupils and run.days[-1] >= today
    ]
    if not found:
        return ()
    arranged = arrangements_on(school, today, found[-1][2].days[-1])
    marks = marks_between({pupil_id for pupil_id, *_ in found}, min(run.days[0] for *_, run in found), today)
    lines = (
        SuspensionLine(
            pupils[pupil_id], tuple(one for one in decided if _within(one, run)), run,
            _provided(run, arranged, pupil_id, calendar), tuple(_late_e(run, marks.get(pupil_id, {}))),
        )
        for pupil_id, decided, run in found
    )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.run.provision_from or line.run.days[-1]))


def suspension_of(school: School, suspension_id: int) -> Suspension | None:
    """One suspension of the school."""
    return Suspension.objects.filter(school=school, id=suspension_id).first()


def by_pupil(school: School) -> dict[int, tuple[Decided, ...]]:
    """Every suspension that was not taken back, by pupil: two queries."""
    rows = Suspension.objects.filter(school=school).order_by("pupil_id", "first_day", "id").prefetch_related("endings")
    standing = (one for one in map(_decided, rows) if not one.rescinded)
    return {pupil_id: tuple(ones) for pupil_id, ones in groupby(standing, key=lambda one: one.pupil_id)}


def e_sessions(decided: Iterable[Decided], calendar: SchoolCalendar) -> Iterator[tuple[Session, Decided]]:
    """The sessions of one pupil that are E, each with the suspension it stands on. (O-B-10.1)"""
    decided = tuple(decided)
    for run in _runs(decided, calendar):
        of_run = [one for one in decided if _within(one, run)]
        for session in sessions_of_e(run, calendar):
            yield session, max((one for one in of_run if one.suspended.first <= session), key=lambda one: one.id)


def _runs(decided: Iterable[Decided], calendar: SchoolCalendar) -> tuple[Run, ...]:
    return runs((one.suspended for one in decided), calendar)


def _within(one: Decided, run: Run) -> bool:
    return run.days[0] <= one.suspended.first.day <= run.days[-1]


def _decided(row: Suspension) -> Decided:
    endings = sorted(row.endings.all(), key=lambda ending: ending.id)
    last = endings[-1].last_day if endings else None
    suspended = Suspended(Session(row.first_day, Half(row.first_half)), row.days, last)
    rescinded = bool(endings) and last is None
    return Decided(row.id, row.pupil_id, suspended, rescinded, row.get_category_display(), row.decided_by, row.at)


def _provided(run: Run, arranged: Iterable[Arranged], pupil_id: int, calendar: SchoolCalendar) -> str:
    """The provider who has the pupil on the sixth day."""
    if run.provision_from is None:
        return ""
    sixth = calendar.sessions_on(run.provision_from)
    mine = (one for one in arranged if one.pupil_id == pupil_id)
    return next((one.provider_name for one in mine if all(one.covers(session) for session in sixth)), "")


def _late_e(run: Run, marks: dict) -> Iterator[date]:
    late = {
        day for (day, _), mark in marks.items() if mark.code == "E" and day > run.sessions_until and day in run.days
    }
    return iter(sorted(late))
