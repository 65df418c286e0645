"""The registers of a day and what was said about it: what a board is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import Notices
from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.calls.queries.returns import missed_returns, told_by
from allpresent.registers.queries import RegisterOfDay, registers_of_day
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON


@dataclass(frozen=True)
class DayFacts:
    """What a board is made of and other pages have loaded already: the registers of a day and what was said about it.

    `not_back`: the message that named the day of return, by pupil who has not come.
    """

    school: School
    day: date
    registers: tuple[RegisterOfDay, ...]
    notices: Notices
    not_back: Mapping[int, NoticeLine]


def day_facts(school: School, staff: Staff, *, now: datetime) -> DayFacts:
    """The registers and messages of today: four queries."""
    only = None if staff.reaches_all(Right.LOG_CALL, school) else staff.own_groups(school)
    day = now.astimezone(LONDON).date()
    return facts_of(school, day, registers_of_day(school, day, now=now, only=only))


def facts_of(school: School, day: date, registers: tuple[RegisterOfDay, ...]) -> DayFacts:
    """The facts of a day whose registers are loaded: one query more."""
    told = told_by(school, day)
    return DayFacts(school, day, registers, told.holding, missed_returns(school, registers, day, told.awaited))
