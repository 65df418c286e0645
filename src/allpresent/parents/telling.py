"""Until when a parent tells the school of a day by these pages: as long as the reason may still be entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.settle.clock import countdown
from allpresent.core.settle.reasons import Reason
from allpresent.parents.family import Child
from allpresent.parents.lines import school_lines
from allpresent.schools.queries import Setting, setting_of
from allpresent.shared.problems import Problem
from allpresent.shared.words import long_day

IN_PARENTS_WORDS = {
    Reason.ILLNESS: "Ill",
    Reason.APPOINTMENT: "Doctor, dentist or hospital",
    Reason.FAMILY: "Family emergency or funeral",
    Reason.TRANSPORT: "School transport did not come",
    Reason.DISRUPTION: "Travel is disrupted for everybody",
    Reason.OBSERVANCE: "A religious day",
    Reason.INTERVIEW: "An interview",
    Reason.TRAVELLING: "Travelling with a parent for their work",
    Reason.HOLIDAY: "Holiday",
    Reason.OTHER: "Something else",
}
"""The reasons in the order in which parents give them."""


@dataclass(frozen=True)
class Told:
    """What a parent tells of one or several children at once."""

    about: str
    day: date
    half: Half
    reason: Reason
    says: str = ""
    expected_back: date | None = None
    appointment_at: time | None = None

    def is_kept_as(self, notice: Notice) -> bool:
        """Whether a message holds exactly this, whenever it was told."""
        return all(getattr(notice, field) == getattr(self, field) for field in Told.__dataclass_fields__)


def too_late(setting: Setting, day: date, today: date) -> bool:
    """Whether the time to enter a reason for a day is over (the policy's `settle`); then the school is rung."""
    try:
        policy = setting.policy_on(day)
    except PolicyProblem:
        return False
    return day < today and countdown(setting.calendar, day, policy, today).over


def day_problems(child: Child, told: Told, today: date) -> Iterator[Problem]:
    """What is wrong with the day: too long ago, or no school day."""
    setting = setting_of(child.school)
    if too_late(setting, told.day, today):
        line = school_lines(setting, today).absence
        number = f" on {line.phone}" if line and line.phone else ""
        yield Problem("day", f"{long_day(told.day)} is too long ago to tell us here. Ring {child.school.name}{number}.")
    days = setting.calendar.for_year_group(child.year_group).pupil_days
    if days and days[0] <= told.day <= days[-1] and told.day not in days:
        yield Problem("day", f"{child.school.name} does not meet on {long_day(told.day)}. Check the day.")
