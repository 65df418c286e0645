"""A school day at a moment, gathered from the registers: what is in, what is not, who is unaccounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from allpresent.absences.queries import Notices
from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.calls.queries import Board, board_of, facts_of
from allpresent.core.calendar.closures import Closure
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.policy.findings import PolicyProblem
from allpresent.people.queries import RollPupil
from allpresent.registers import queries
from allpresent.registers.models import Source
from allpresent.registers.queries import Line, RegisterOfDay
from allpresent.schools.models import Group, School
from allpresent.schools.queries import Setting, setting_of
from allpresent.shared.clock import LONDON
from allpresent.today.messages import Told
from allpresent.today.waiting import At, Waiting, waiting


class Noted(NamedTuple):
    """A pupil of whom the day has something to say: at which sessions, and the mark of the last of them."""

    pupil: RollPupil
    group: Group
    halves: tuple[Half, ...]
    mark: queries.Mark | None

    @property
    def when(self) -> str:
        return " and ".join(half.word for half in self.halves)


@dataclass(frozen=True)
class SchoolDay:
    """Everything that Today needs, loaded in a handful of queries.

    `meets`: whether there is a session at all. `missing`: what keeps its registers from being taken, in words.
    `messages` are those that hold today, by pupil; `not_back`, those who said they would be back by now and are not.
    `board`: whom to call, for those who call; `waiting`: what else waits for this person.
    """

    day: date
    setting: Setting
    meets: bool
    registers: tuple[RegisterOfDay, ...]
    closures: tuple[Closure, ...]
    next_day: date | None
    missing: str = ""
    messages: Notices = field(default_factory=dict)
    not_back: tuple[Told, ...] = ()
    board: Board | None = None
    waiting: tuple[Waiting, ...] = ()

    def of(self, half: Half) -> tuple[RegisterOfDay, ...]:
        return tuple(register for register in self.registers if register.session.half is half)

    @cached_property
    def unexplained(self) -> tuple[Noted, ...]:
        """Pupils of whom nobody yet knows why they were not here, at some session of the day."""
        return self._noted(lambda register, line: register.leaves_open(line))

    @cached_property
    def unaccounted(self) -> int:
        """Pupils unexplained the last time that their register was taken, and of whom no word came since."""
        if self.board:
            return len(self.board.all) - len(self.board.ended)
        last = {
            line.pupil.id: register.leaves_open(line)
            for register, line in self._lines()
            if register.taken and (line.row.expected or line.mark)
        }
        return sum(last.values())

    @cached_property
    def late(self) -> tuple[Noted, ...]:
        codes = code_set_on(self.day)
        return self._noted(lambda _, line: line.mark is not None and codes[line.mark.code].late)

    @cached_property
    def planned(self) -> tuple[Noted, ...]:
        return self._noted(lambda _, line: line.mark is not None and line.mark.source == Source.PLANNED)

    @cached_property
    def explained(self) -> tuple[Noted, ...]:
        """Pupils who are away, and why is known."""
        return self._noted(lambda _, line: line.mark is not None and _is_explained(line.mark.code, self.day))

    @property
    def told(self) -> tuple[Told, ...]:
        """The messages about the pupils of these registers."""
        known = _pupils(self.registers).items()
        return tuple(Told(*place, line) for id, place in known for line in self.messages.get(id, ()))

    def _lines(self) -> Iterator[tuple[RegisterOfDay, Line]]:
        return ((register, line) for register in self.registers for line in register.lines)

    def _noted(self, says: Callable[[RegisterOfDay, Line], bool]) -> tuple[Noted, ...]:
        """Each pupil once, of whom this is so in some register of the day."""
        found: dict[int, Noted] = {}
        for register, line in self._lines():
            if says(register, line):
                before = found[line.pupil.id].halves if line.pupil.id in found else ()
                halves = (*before, register.session.half)
                found[line.pupil.id] = Noted(line.pupil, register.group, halves, line.mark)
        return tuple(found.values())


def _is_explained(letter: str, day: date) -> bool:
    code = code_set_on(day)[letter]
    return not code.on_site and not code.late and letter != "N"


def school_day(school: School, staff: Staff, *, now: datetime) -> SchoolDay:
    """The day it is in England, for the groups that this person sees: a class teacher her own, others all."""
    setting = setting_of(school)
    day = now.astimezone(LONDON).date()
    missing, registers = "", ()
    try:
        registers = _registers(school, staff, day, now)
    except PolicyProblem as problem:
        missing = str(problem)
    named = registers if staff.may(Right.SEE_REGISTERS, school) else ()
    facts = facts_of(school, day, named) if named else None
    pupils = _pupils(named)
    return SchoolDay(
        day=day,
        setting=setting,
        meets=bool(setting.calendar.sessions_on(day)),
        registers=registers,
        closures=tuple(closure for half in Half if (closure := setting.closure_on(Session(day, half)))),
        next_day=setting.calendar.next_school_day(day),
        missing=missing,
        messages=facts.notices if facts else {},
        not_back=tuple(Told(*pupils[id], line) for id, line in facts.not_back.items()) if facts else (),
        board=board_of(facts, now=now) if facts and staff.reaches_all(Right.LOG_CALL, school) else None,
        waiting=waiting(At(school, day, now, _begun(registers, now), setting.words_on(day)), staff),
    )


def _begun(registers: tuple[RegisterOfDay, ...], now: datetime) -> tuple[Half, ...]:
    return tuple({register.session.half for register in registers if register.status.opens_at <= now})


def _pupils(registers: tuple[RegisterOfDay, ...]) -> dict[int, tuple[RollPupil, Group]]:
    return {line.pupil.id: (line.pupil, register.group) for register in registers for line in register.lines}


def sees_all(staff: Staff, school: School) -> bool:
    """Whether Today is the whole school's: for those who reach every register, or only ever see counts."""
    return staff.reaches_all(Right.SEE_REGISTERS, school) or not staff.may(Right.SEE_REGISTERS, school)


def _registers(school: School, staff: Staff, day: date, now: datetime) -> tuple[RegisterOfDay, ...]:
    """In the order of the day, then of the groups' names."""
    only = None if sees_all(staff, school) else staff.own_groups(school)
    found = queries.registers_of_day(school, day, now=now, only=only)
    return tuple(sorted(found, key=lambda register: register.session))
