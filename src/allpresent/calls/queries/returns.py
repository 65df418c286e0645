"""Who was to be back by now and is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import expected_back
from allpresent.core.calendar.sessions import Session
from allpresent.people.queries import RollPupil
from allpresent.registers.queries import RegisterOfDay, last_here
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


def missed_returns(school: School, registers: tuple[RegisterOfDay, ...], day: date) -> Mapping[int, NoticeLine]:
    """The message that named the day of return, for each pupil of the registers who is not back: two queries.

    On the day itself only once the register that they are expected in is in. (M-3.5b, M-6c)
    """
    return dict(_missed(school, registers, day))


def _missed(school: School, registers: tuple[RegisterOfDay, ...], day: date) -> Iterator[tuple[int, NoticeLine]]:
    pupils = {line.pupil.id: (line.pupil, register.group.id) for register in registers for line in register.lines}
    taken = {(register.group.id, register.session) for register in registers if register.taken}
    awaited = [line for line in expected_back(school, day) if line.pupil_id in pupils]
    here = last_here([line.pupil_id for line in awaited], day)
    for line in awaited:
        pupil, group = pupils[line.pupil_id]
        first = _first_expected(school, pupil, line.expected_back or day, day)
        due = first is not None and (first.day < day or (group, first) in taken)
        if due and here.get(pupil.id, date.min) <= line.day:
            yield pupil.id, line


def _first_expected(school: School, pupil: RollPupil, back: date, day: date) -> Session | None:
    """The first session from the return day to today at which the pupil is expected."""
    sessions = setting_of(school).calendar.sessions_between(back, day)
    return next((session for session in sessions if pupil.expected_at(session)), None)
