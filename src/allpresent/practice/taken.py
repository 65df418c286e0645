"""Whether registers were taken by the time that the policy gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Min

from allpresent.core.calendar.sessions import Session
from allpresent.core.practice import Case, Clock, Subject
from allpresent.people.models import GroupMembership
from allpresent.practice.expecting import Patterns, is_expected, patterns_in
from allpresent.practice.reading import Period, Reading
from allpresent.registers.models import Submission
from allpresent.schools.models import Group, School


def registers_taken(school: School, period: Period) -> Reading:
    """Each group's register of each session at which somebody of the group was expected: four queries."""
    window = period.policy.complete_within()
    asks = (
        f"A register is in within {window} minutes of its opening." if window else "A register is in before it closes."
    )
    clauses = period.setting.window(_any_session(period)).clauses
    return Reading(Clock("registers", "Registers taken", asks, clauses), tuple(_cases(school, period)))


def _any_session(period: Period) -> Session:
    sessions = period.calendar.sessions_between(period.first, period.last)
    return sessions[-1]


def _cases(school: School, period: Period) -> Iterator[Case]:
    sent, members = _sent(school, period), _members(school, period)
    patterns = patterns_in(school, period)
    for group in Group.objects.filter(school=school):
        for session in period.calendar.sessions_between(period.first, period.last):
            if _somebody(members.get(group.id, []), patterns, session):
                due = period.setting.window(session, group.year_group).due_at(session.day)
                subject = Subject("group", group.id, session.day, session.half)
                yield Case(subject, due, sent.get((group.id, session.day, session.half.value)))


def _sent(school: School, period: Period) -> dict[tuple[int, date, str], datetime]:
    rows = Submission.objects.filter(school=school, day__gte=period.first, day__lte=period.last)
    firsts = rows.values_list("group", "day", "half").annotate(Min("at"))
    return {(group, day, half): at for group, day, half, at in firsts}


def _members(school: School, period: Period) -> dict[int, list[tuple[int, date, date]]]:
    """Who was in each group from when to when: dated places, within the dates on the roll."""
    rows = GroupMembership.objects.filter(pupil__school=school, begins__lte=period.last).values_list(
        "group", "pupil", "begins", "ends", "pupil__enrolments__begins", "pupil__enrolments__ends"
    )
    found: dict[int, list[tuple[int, date, date]]] = {}
    for group, pupil, begins, ends, on_from, on_until in rows:
        if on_from:
            until = min(ends or date.max, on_until or date.max)
            found.setdefault(group, []).append((pupil, max(begins, on_from), until))
    return found


def _somebody(members: list[tuple[int, date, date]], patterns: Patterns, session: Session) -> bool:
    """Whether somebody of a group was expected at a session."""
    return any(
        begins <= session.day <= ends and is_expected(pupil, patterns, session) for pupil, begins, ends in members
    )
