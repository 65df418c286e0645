"""What was said about today, and who said they would be back and is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from allpresent.absences.lines import SOON, NoticeLine
from allpresent.people.queries import RollPupil
from allpresent.schools.models import Group
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
