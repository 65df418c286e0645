"""Checks of single facts that admitting and amending share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from allpresent.core.calendar.ages import age_on
from allpresent.core.calendar.words import day_words
from allpresent.core.roll.starting_day import enter_name_by
from allpresent.core.roll.upn import UpnProblem, check_upn
from allpresent.people.models import Pupil
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Problem

OLDEST = 25
"""An age that no registered pupil reaches: more is a year of birth mistyped."""


def birth_problems(born: date, starts: date) -> Iterator[Problem]:
    if born >= starts:
        yield Problem("born", f"The date of birth, {day_words(born)}, is not before the starting day.")
    elif age_on(born, starts) > OLDEST:
        yield Problem("born", f"Born on {day_words(born)}, the pupil would be over {OLDEST}. Check the year.")


def start_problems(school: School, starts: date, year_group: str) -> Iterator[Problem]:
    calendar = setting_of(school).calendar.for_year_group(year_group)
    if enter_name_by(starts, calendar) is None:
        yield Problem(
            "begins",
            f"The school does not meet on {day_words(starts)}, so nobody starts then. "
            "Give a day on which it does, or mend the calendar first.",
        )


def number_problems(school: School, *, upn: str, admission_number: str, except_id: int = 0) -> Iterator[Problem]:
    """Wrong numbers, and numbers that another pupil of the school already has."""
    others = Pupil.objects.filter(school=school).exclude(id=except_id)
    if upn and isinstance(wrong := check_upn(upn), UpnProblem):
        yield Problem("upn", wrong.message)
    elif upn and (holder := others.filter(upn=upn).first()):
        yield Problem("upn", f"{holder} already has this number. One of the two is wrong.")
    if admission_number and (holder := others.filter(admission_number=admission_number).first()):
        yield Problem("admission_number", f"{holder} already has this number. Give the next free one.")


def group_problems(school: School, group: Group | None) -> Iterator[Problem]:
    if group and (group.school_id != school.id or group.closed_on):
        yield Problem("group", "There is no such group at this school. Choose one from the list.")


def plain_upn(text: str) -> str:
    return "".join(text.split()).upper()
