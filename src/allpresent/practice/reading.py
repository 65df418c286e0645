"""A period looked at, and what one clock says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.policy.policy import Policy
from allpresent.core.practice import Case, Clock
from allpresent.schools.queries import Setting


@dataclass(frozen=True)
class Period:
    """The days looked at, both ends included, with the school's calendar and policies."""

    first: date
    last: date
    setting: Setting

    @property
    def calendar(self) -> SchoolCalendar:
        return self.setting.calendar

    @property
    def policy(self) -> Policy:
        """The policy that names the clocks: the one in force at the end. Each case is held to its own day's."""
        return self.setting.policy_on(self.last)

    def policy_on(self, day: date) -> Policy:
        return self.setting.policy_on(day)


class Reading(NamedTuple):
    """One clock and the cases it ran on. No clause: the policy gives no such time, and nothing is judged."""

    clock: Clock
    cases: tuple[Case, ...] = ()
