"""What was said about today, and who was to be back by now and is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from allpresent.absences.actions.notices import LONGEST
from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.absences.queries import Notices, holding_on, lines_in, standing
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.people.queries import RollPupil
from allpresent.registers.models import CurrentMark
from allpresent.registers.queries import RegisterOfDay
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.grouping import by_pupil


class Told(NamedTuple):
    """The messages that hold today, by pupil; and those whose day of return has come, the pupil not seen since."""

    holding: Notices
    awaited: tuple[NoticeLine, ...]


def told_by(school: School, day: date) -> Told:
    """What was said about a day and what is still waited for: one query. (M-3.5b, M-6c)

    A later message about an absence takes the place of an earlier one, whether it names a day of return or none.
    """
    notices = standing(school.id).filter(day__gte=day - LONGEST, day__lte=day)
    absences = notices.filter(about=Notice.About.ABSENCE, day__gte=academic_year_of(day).starts, day__lte=day)
    told_later = Q(told_at__gt=OuterRef("told_at")) | Q(told_at=OuterRef("told_at"), id__gt=OuterRef("id"))
    later = Notice.objects.filter(told_later, pupil=OuterRef("pupil"), replaced_by__isnull=True)
    superseded = Exists(later.filter(about=Notice.About.ABSENCE, day__gte=academic_year_of(day).starts, day__lte=day))
    awaited = Q(id__in=absences.filter(expected_back__lte=day).values("id")) & ~superseded & ~_here_since(day)
    lines = tuple(lines_in(notices.filter(holding_on(day) | awaited)))
    passed = tuple(line for line in lines if line.expected_back and line.expected_back <= day)
    return Told(by_pupil(line for line in lines if line not in passed), passed)


def _here_since(day: date) -> Exists:
    """Whether the pupil was here, or where the school sent them, on a day after the message's first."""
    here = [letter for letter, code in code_set_on(day).items() if code.on_site or code.attendance]
    later = Q(day__gt=OuterRef("day"), day__lte=day, code__in=here)
    return Exists(CurrentMark.objects.filter(later, pupil=OuterRef("pupil")))


def missed_returns(
    school: School, registers: tuple[RegisterOfDay, ...], day: date, awaited: Iterable[NoticeLine]
) -> dict[int, NoticeLine]:
    """The message that named the day of return, for each pupil of the registers who is not back.

    On the day itself only once the register that they are expected in is in. (M-3.5b, M-6c)
    """
    return dict(_missed(school, registers, day, awaited))


def _missed(
    school: School, registers: tuple[RegisterOfDay, ...], day: date, awaited: Iterable[NoticeLine]
) -> Iterator[tuple[int, NoticeLine]]:
    pupils = {line.pupil.id: (line.pupil, register.group.id) for register in registers for line in register.lines}
    taken = {(register.group.id, register.session) for register in registers if register.taken}
    for line in awaited:
        pupil, group = pupils.get(line.pupil_id, (None, 0))
        first = _first_expected(school, pupil, line.expected_back or day, day) if pupil else None
        if first is not None and (first.day < day or (group, first) in taken):
            yield line.pupil_id, line


def _first_expected(school: School, pupil: RollPupil, back: date, day: date) -> Session | None:
    """The first session from the return day to today at which the pupil is expected."""
    sessions = setting_of(school).calendar.sessions_between(back, day)
    return next((session for session in sessions if pupil.expected_at(session)), None)
