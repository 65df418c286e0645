"""A pupil's place in the week: the group they belong to and the sessions they are expected at, each with its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from allpresent.core.calendar.sessions import Half
from allpresent.core.calendar.words import day_words
from allpresent.core.roll.expected import (
    ExpectedPattern,
    WeekdayHalf,
    halves_text,
    parse_halves,
    pattern_problems,
)
from allpresent.people.actions import checks
from allpresent.people.actions.entering import day_of, held, newest_enrolment
from allpresent.people.models import ExpectedSessions, GroupMembership, Pupil
from allpresent.schools.models import Group
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer

WHOLE_WEEK: frozenset[WeekdayHalf] = frozenset((day, half) for day in range(5) for half in Half)


def move_group(*, pupil: Pupil, group: Group, begins: date, by: Signer, now: datetime) -> GroupMembership | Refused:
    """Put a pupil in a group from a day on. Registers of earlier days stay as they were."""
    with transaction.atomic():
        pupil = held(pupil)
        problems = [*_day_problems(pupil, begins, now), *checks.group_problems(pupil.school, group)]
        before = GroupMembership.objects.filter(_reaches(begins), pupil=pupil).select_related("group")
        names = ", ".join(row.group.name for row in before)
        if not problems and [row.group_id for row in before] == [group.id]:
            problems = [Problem("group", f"The pupil is in {group.name} already.")]
        if problems:
            return Refused(tuple(problems))
        _end_before(before, begins)
        moved = GroupMembership.objects.create(pupil=pupil, group=group, begins=begins)
        _tell(Kind.GROUP_CHANGED, pupil, by, now, **{"from": names, "to": group.name, "begins": str(begins)})
    return moved


def set_expected_sessions(
    *,
    pupil: Pupil,
    halves: frozenset[WeekdayHalf],
    begins: date,
    ends: date | None = None,
    by: Signer,
    now: datetime,
) -> ExpectedSessions | Refused | None:
    """From a day on, expect the pupil at these halves of the week only (M-3.6a); the whole week ends a pattern.

    What was expected on earlier days stays as it was.
    """
    with transaction.atomic():
        pupil = held(pupil)
        rows = ExpectedSessions.objects.filter(pupil=pupil)
        later = [_pattern(row) for row in rows if row.begins > begins]
        problems = [*_day_problems(pupil, begins, now)]
        if not halves:
            problems.append(Problem("halves", "Choose at least one session of the week."))
        new = ExpectedPattern(begins, ends, halves)
        problems += [Problem("ends", message) for message in pattern_problems([new, *later])]
        if problems:
            return Refused(tuple(problems))
        _end_before(rows.filter(_reaches(begins), begins__lte=begins), begins)
        _tell(Kind.ROLL_AMENDED, pupil, by, now, what="expected sessions", begins=str(begins))
        if halves == WHOLE_WEEK:
            return None
        return ExpectedSessions.objects.create(pupil=pupil, begins=begins, ends=ends, pattern=halves_text(halves))


def _reaches(day: date) -> Q:
    return Q(ends__isnull=True) | Q(ends__gte=day)


def _end_before(rows, begins: date) -> None:
    """End what reaches `begins` on the day before; what would only have begun by then never does."""
    rows.filter(begins__gte=begins).delete()
    rows.filter(begins__lt=begins).update(ends=begins - timedelta(days=1))


def _pattern(row: ExpectedSessions) -> ExpectedPattern:
    return ExpectedPattern(row.begins, row.ends, parse_halves(row.pattern))


def _day_problems(pupil: Pupil, begins: date, now: datetime) -> Iterator[Problem]:
    """Registers already taken stay as they are: a change begins today or later, on a day on the roll."""
    enrolment = newest_enrolment(pupil)
    if enrolment is None or begins < enrolment.begins or (enrolment.ends and begins > enrolment.ends):
        yield Problem("begins", f"The pupil is not on the roll on {day_words(begins)}.")
    elif begins < day_of(now):
        yield Problem("begins", "Registers of days gone by stay as they were. Give today or a later day.")


def _tell(kind: Kind, pupil: Pupil, by: Signer, now: datetime, **facts: str) -> None:
    record_event(kind, by=by, at=now, school_id=pupil.school_id, subject=f"pupil:{pupil.id}", **facts)
