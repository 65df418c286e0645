"""Who was expected where and when, read for a whole period at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.expected import WeekdayHalf, parse_halves
from allpresent.people.models import ExpectedSessions, GroupMembership
from allpresent.practice.reading import Period
from allpresent.schools.models import Group, School

Patterns = dict[int, list[tuple[date, date, frozenset[WeekdayHalf]]]]
"""By pupil: from when to when, and on which halves of the week."""


class Member(NamedTuple):
    """A pupil in a group, both days included, within the dates on the roll."""

    pupil_id: int
    begins: date
    ends: date


@dataclass(frozen=True)
class Places:
    """Every group of a school, who was in it from when to when, and the patterns of those not always expected."""

    groups: tuple[Group, ...]
    members: dict[int, list[Member]]
    patterns: Patterns

    def expected(self, group_id: int, session: Session) -> list[int]:
        """The pupils of a group who were expected at a session."""
        return [member.pupil_id for member in self.members.get(group_id, ()) if self._expects(member, session)]

    def expects_anybody(self, group_id: int, session: Session) -> bool:
        return any(self._expects(member, session) for member in self.members.get(group_id, ()))

    def _expects(self, member: Member, session: Session) -> bool:
        pupil_id, begins, ends = member
        if not begins <= session.day <= ends:
            return False
        return pupil_id not in self.patterns or is_expected(pupil_id, self.patterns, session)


def places_in(school: School, period: Period) -> Places:
    """The places of a period: three queries."""
    groups = tuple(Group.objects.filter(school=school))
    return Places(groups, _members(school, period), patterns_in(school, period))


def _members(school: School, period: Period) -> dict[int, list[Member]]:
    rows = GroupMembership.objects.filter(pupil__school=school, begins__lte=period.last).values_list(
        "group", "pupil", "begins", "ends", "pupil__enrolments__begins", "pupil__enrolments__ends"
    )
    found: dict[int, list[Member]] = {}
    for group, pupil, begins, ends, on_from, on_until in rows:
        if on_from:
            until = min(ends or date.max, on_until or date.max)
            found.setdefault(group, []).append(Member(pupil, max(begins, on_from), until))
    return found


def patterns_in(school: School, period: Period) -> Patterns:
    """The patterns of pupils who are not expected at every session: one query."""
    rows = ExpectedSessions.objects.filter(pupil__school=school, begins__lte=period.last)
    found: Patterns = {}
    for pupil, begins, ends, pattern in rows.values_list("pupil", "begins", "ends", "pattern"):
        found.setdefault(pupil, []).append((begins, ends or date.max, parse_halves(pattern)))
    return found


def is_expected(pupil: int, patterns: Patterns, session: Session) -> bool:
    """Whether a pupil's pattern, if one is in force, has the session."""
    halves = (session.day.weekday(), session.half)
    return all(halves in own for first, last, own in patterns.get(pupil, ()) if first <= session.day <= last)
