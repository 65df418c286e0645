"""Whether leave was asked for as long before as the policy asks, and decided before it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.leave.notice import latest_day_before
from allpresent.core.practice import Case, Clock, Subject
from allpresent.core.practice.contact import day_ends
from allpresent.leave.models import Request
from allpresent.practice.reading import Period, Reading
from allpresent.schools.models import School

Asked = tuple[int, date, datetime, datetime | None]
"""Pupil, first day, asked at, decided at."""


def leave_asked(school: School, period: Period) -> Iterator[Reading]:
    """Requests for leave that was to begin in the period: one query."""
    rows: list[Asked] = list(
        Request.objects.filter(
            school=school, first_day__gte=period.first, first_day__lte=period.last, withdrawal__isnull=True
        ).values_list("pupil", "first_day", "asked_at", "decision__at")
    )
    leave = period.policy.content.leave
    ahead = leave.ahead if leave else None
    asks = f"Leave is asked for {ahead} before, where that is possible." if ahead else ""
    asked = Clock("asked", "Leave asked for ahead", asks, period.policy.why("leave.ahead") if ahead else ())
    yield Reading(asked, tuple(_ahead(period, rows)))
    decided = "Leave is decided before it begins: none can be given afterwards."
    clauses = period.policy.why("leave.in-advance") if leave and leave.in_advance else period.policy.why("leave")
    yield Reading(Clock("decided", "Leave decided in time", decided, clauses), tuple(map(_decided, rows)))


def _ahead(period: Period, rows: list[Asked]) -> Iterator[Case]:
    for pupil, first, asked, _ in rows:
        leave = period.policy_on(first).content.leave
        last = latest_day_before(first, leave.ahead, period.calendar) if leave and leave.ahead else None
        if last:
            yield Case(Subject("pupil", pupil, first), day_ends(last), asked)


def _decided(row: Asked) -> Case:
    pupil, first, _, decided = row
    return Case(Subject("pupil", pupil, first), london_instant(first, time()), decided)
