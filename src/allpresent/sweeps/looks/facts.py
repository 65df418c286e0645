"""What the looks share, each read once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from allpresent.core.calendar.london import at
from allpresent.core.policy.policy import Policy
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.queries import RegisterOfDay, registers_of_day
from allpresent.schools.models import Group, School
from allpresent.schools.queries import Setting, setting_of
from allpresent.shared.clock import LONDON


@dataclass(frozen=True)
class Facts:
    """A school at a moment (UTC)."""

    school: School
    now: datetime

    @cached_property
    def today(self) -> date:
        """The day it is in England."""
        return self.now.astimezone(LONDON).date()

    @property
    def setting(self) -> Setting:
        return setting_of(self.school)

    @cached_property
    def policy(self) -> Policy:
        """The policy of today. Raises PolicyProblem."""
        return self.setting.policy_on(self.today)

    @cached_property
    def registers(self) -> tuple[RegisterOfDay, ...]:
        """The registers of today: three queries. Raises PolicyProblem."""
        return registers_of_day(self.school, self.today, now=self.now)

    @cached_property
    def roll(self) -> Mapping[int, RollPupil]:
        """The pupils on the roll today, by number: one query."""
        return {pupil.id: pupil for pupil in pupils_on_roll(self.school, self.today)}

    @cached_property
    def groups(self) -> Mapping[int | None, str]:
        """The names of the classes: one query."""
        return dict(Group.objects.filter(school=self.school).values_list("id", "name"))

    def group_of(self, pupil: RollPupil | None) -> str:
        return self.groups.get(pupil.group_id, "") if pupil else ""

    def why(self, *paths: str) -> tuple[str, ...]:
        """The clauses of some parts of the policy; none for a part of which no layer speaks."""
        return tuple(dict.fromkeys(clause for path in paths for clause in self._why(path)))

    def _why(self, path: str) -> tuple[str, ...]:
        try:
            return self.policy.why(path)
        except LookupError:
            return ()


def begins(day: date) -> datetime:
    """The instant (UTC) at which a day begins in England."""
    return at(day, time())
