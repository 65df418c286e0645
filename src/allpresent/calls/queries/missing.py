"""The facts of each missing pupil, gathered for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple

from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.calls.lines import TryLine
from allpresent.calls.models import Try
from allpresent.calls.queries.facts import DayFacts
from allpresent.calls.queries.tries import tries_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.response import Missing, Result, TryMade, days_of_absence
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import RollPupil
from allpresent.people.queries.around import Around, around
from allpresent.registers.models import Source
from allpresent.registers.queries import Line, Mark, RegisterOfDay, marks_between
from allpresent.schools.models import Group
from allpresent.schools.queries import setting_of

DAYS_BACK = 20
"""School days looked back on to count how long an absence has gone on: four weeks, after which it is no first call."""
NOON = time(12)


class Found(NamedTuple):
    """A pupil whom some register of the day leaves open. `here`: a later register has them in school."""

    pupil: RollPupil
    group: Group
    halves: tuple[Half, ...]
    here: bool


def missing_pupils(registers: Iterable[RegisterOfDay]) -> tuple[Found, ...]:
    """Each pupil once, whom a register that was taken leaves open, or whose mark says that nobody knows why."""
    found: dict[int, Found] = {}
    for register in sorted(registers, key=lambda register: register.session):
        for line in register.lines:
            before = found.get(line.pupil.id)
            if register.leaves_open(line) or _is_unknown(line):
                halves = (*(before.halves if before else ()), register.session.half)
                found[line.pupil.id] = Found(line.pupil, register.group, halves, here=False)
            elif before and _is_here(register, line):
                found[line.pupil.id] = before._replace(here=True)
    return tuple(found.values())


def _is_unknown(line: Line) -> bool:
    """O entered as the register was taken, before anybody could ask. An O decided later has its reason beside it."""
    return line.mark is not None and line.mark.code == "O" and line.mark.source == Source.REGISTER


def _is_here(register: RegisterOfDay, line: Line) -> bool:
    """Whether somebody saw them: what was entered ahead, such as an afternoon elsewhere, says where they should be."""
    if line.mark is None or line.mark.source == Source.PLANNED:
        return False
    code = code_set_on(register.session.day).get(line.mark.code)
    return code is not None and (code.on_site or code.attendance)


def missing_of(facts: DayFacts, found: tuple[Found, ...]) -> dict[int, tuple[Missing, tuple[TryLine, ...]]]:
    """The facts of each pupil with the tries of their absence: four queries, however many pupils."""
    ids = [one.pupil.id for one in found]
    days = setting_of(facts.school).calendar.previous_school_days(facts.day, DAYS_BACK)[::-1]
    first = days[-1] if days else facts.day
    people = around(ids, facts.day)
    marks = marks_between(ids, first, facts.day)
    tries = tries_of(ids, first, facts.day)
    return {
        one.pupil.id: _missing(one, facts, people[one.pupil.id], _by_day(marks[one.pupil.id]), days,
                               tries.get(one.pupil.id, ()))
        for one in found
    }  # fmt: skip


def _by_day(marks: dict[tuple[date, str], Mark]) -> dict[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for (day, _), mark in marks.items():
        found[day] = (*found.get(day, ()), mark.code)
    return found


def _missing(
    one: Found, facts: DayFacts, known: Around, marks: dict[date, tuple[str, ...]], days: tuple[date, ...],
    tries: tuple[TryLine, ...],
) -> tuple[Missing, tuple[TryLine, ...]]:  # fmt: skip
    before = days_of_absence(marks, days)
    since = before[-1] if before else facts.day
    lines = facts.notices.get(one.pupil.id, ())
    unexplained = tuple(
        half for half in one.halves if not any(explains(line, Session(facts.day, half)) for line in lines)
    )
    told = None if unexplained else next(line for line in lines if explains(line, Session(facts.day, one.halves[0])))
    about = tuple(line for line in tries if line.about == Try.About.ABSENCE and line.day >= since)
    missing = Missing(
        day=facts.day,
        halves=unexplained or one.halves,
        day_number=len(before) + 1,
        year_group=one.pupil.year_group or one.group.year_group,
        circumstances=frozenset(known.circumstances),
        people=tuple(known.people),
        tries=tuple(_as_it_stands(line.made) for line in about if line.day == facts.day),
        earlier=tuple(line.made for line in about if line.day < facts.day),
        explained=f"{told.in_words(facts.day)}." if told else "",
        here=one.here,
        not_back=one.pupil.id in facts.not_back,
    )
    return missing, about


def _as_it_stands(made: TryMade) -> TryMade:
    """What is known stands in the message, which can be corrected: the call itself reached somebody and no more."""
    return made._replace(result=Result.REACHED) if made.result is Result.EXPLAINED else made


def explains(line: NoticeLine, session: Session) -> bool:
    """Whether a message gives a reason for a session: one about an absence that had begun by it, with its reason.

    That somebody is coming late explains no absence, nor does a message without a reason, nor the word of an adult
    who had a restriction when they gave it. An appointment of the morning does not explain the afternoon.
    """
    absence = line.about != Notice.About.LATENESS and line.reason != Reason.NOT_SAID and not line.restriction
    over = line.appointment_at is not None and line.appointment_at < NOON and session.half is Half.PM
    return absence and line.begun_by(session) and not over
