"""Whether registers were taken by the time that the policy gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Min

from allpresent.core.calendar.sessions import Session
from allpresent.core.practice import Case, Clock, Subject
from allpresent.practice.expecting import Places
from allpresent.practice.reading import Period, Reading
from allpresent.registers.models import Submission
from allpresent.schools.models import School


def registers_taken(school: School, period: Period, places: Places) -> Reading:
    """Each group's register of each session at which somebody of the group was expected: one query."""
    window = period.policy.complete_within()
    asks = (
        f"A register is in within {window} minutes of its opening." if window else "A register is in before it closes."
    )
    clauses = period.setting.window(_any_session(period)).clauses
    return Reading(Clock("registers", "Registers taken", asks, clauses), tuple(_cases(school, period, places)))


def _any_session(period: Period) -> Session:
    sessions = period.calendar.sessions_between(period.first, period.last)
    return sessions[-1]


def _cases(school: School, period: Period, places: Places) -> Iterator[Case]:
    sent = _sent(school, period)
    for group in places.groups:
        for session in period.calendar.sessions_between(period.first, period.last):
            if places.expects_anybody(group.id, session):
                due = period.setting.window(session, group.year_group).due_at(session.day)
                subject = Subject("group", group.id, session.day, session.half)
                yield Case(subject, due, sent.get((group.id, session.day, session.half.value)))


def _sent(school: School, period: Period) -> dict[tuple[int, date, str], datetime]:
    rows = Submission.objects.filter(school=school, day__gte=period.first, day__lte=period.last)
    firsts = rows.values_list("group", "day", "half").annotate(Min("at"))
    return {(group, day, half): at for group, day, half, at in firsts}
