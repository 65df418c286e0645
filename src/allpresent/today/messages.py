"""What was said about today, and who said they would be back and is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from allpresent.absences.lines import SOON, NoticeLine
from allpresent.absences.queries import expected_back
from allpresent.core.calendar.sessions import Session
from allpresent.people.queries import RollPupil
from allpresent.registers.queries import last_here
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared.words import short_day


class Told(NamedTuple):
    """A message with whom it is about."""

    pupil: RollPupil
    group: Group
    line: NoticeLine

    def expected_back_on(self, day: date) -> str:
        """'Expected back on Tuesday', 'Expected back today'."""
        back = self.line.expected_back or day
        if back == day:
            return "Expected back today"
        return (
            f"Expected back on {back:%A}" if timedelta() < day - back < SOON else f"Expected back on {short_day(back)}"
        )


def not_back(
    school: School, pupils: dict[int, tuple[RollPupil, Group]], day: date, taken: frozenset[tuple[int, Session]]
) -> Iterator[Told]:
    """Those whose return day has come and who have not been here since they went: two queries.

    On the day itself only once the register that they are expected in is in. `taken` are (group, session) of today.
    (M-3.5b, M-6c)
    """
    awaited = [line for line in expected_back(school, day) if line.pupil_id in pupils]
    here = last_here([line.pupil_id for line in awaited], day)
    for line in awaited:
        pupil, group = pupils[line.pupil_id]
        first = _first_expected(school, pupil, line.expected_back or day, day)
        missed = first is not None and (first.day < day or (group.id, first) in taken)
        if missed and here.get(pupil.id, date.min) <= line.day:
            yield Told(pupil, group, line)


def _first_expected(school: School, pupil: RollPupil, back: date, day: date) -> Session | None:
    """The first session from the return day to today at which the pupil is expected."""
    sessions = setting_of(school).calendar.sessions_between(back, day)
    return next((session for session in sessions if pupil.expected_at(session)), None)
