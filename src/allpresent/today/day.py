"""A school day at a moment, gathered from the registers: what is in, what is not, who is unaccounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allpresent.accounts.staff import Staff
from allpresent.core.calendar.closures import Closure
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.sheet import SheetRow
from allpresent.core.register.state import RegisterState, RegisterStatus, register_state
from allpresent.core.register.window import Window
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers import queries
from allpresent.registers.models import Source
from allpresent.schools.models import Group, School
from allpresent.schools.queries import Setting, groups_of, setting_of
from allpresent.shared.clock import LONDON


@dataclass(frozen=True)
class RegisterOfDay:
    """One group's register of one session: its state and who took it."""

    group: Group
    session: Session
    window: Window
    status: RegisterStatus
    taken: queries.Taken | None
    rows: tuple[tuple[RollPupil, SheetRow, queries.Mark | None], ...]

    @property
    def expected(self) -> int:
        return sum(row.expected for _, row, _ in self.rows)

    @property
    def blanks(self) -> int:
        return sum(row.wants_a_mark for _, row, _ in self.rows)

    @property
    def is_owed(self) -> bool:
        return self.taken is None and self.status.state is not RegisterState.BEFORE


@dataclass(frozen=True)
class SchoolDay:
    """Everything that Today needs, loaded in a handful of queries."""

    day: date
    setting: Setting
    registers: tuple[RegisterOfDay, ...]
    closures: tuple[Closure, ...]
    next_day: date | None

    def of(self, half: Half) -> tuple[RegisterOfDay, ...]:
        return tuple(register for register in self.registers if register.session.half is half)

    @property
    def unexplained(self) -> Iterator[tuple[RegisterOfDay, RollPupil, queries.Mark | None]]:
        """Pupils marked N, and blanks of a register that was taken: nobody yet knows why they are not here."""
        for register in self.registers:
            for pupil, row, mark in register.rows:
                if row.code == "N" or (register.taken and row.wants_a_mark):
                    yield register, pupil, mark

    @property
    def late(self) -> Iterator[tuple[RegisterOfDay, RollPupil, queries.Mark]]:
        codes = code_set_on(self.day)
        for register in self.registers:
            for pupil, _, mark in register.rows:
                if mark and codes[mark.code].late:
                    yield register, pupil, mark

    @property
    def planned(self) -> Iterator[tuple[RegisterOfDay, RollPupil, queries.Mark]]:
        for register in self.registers:
            for pupil, _, mark in register.rows:
                if mark and mark.source == Source.PLANNED:
                    yield register, pupil, mark


def school_day(school: School, staff: Staff, *, now: datetime) -> SchoolDay:
    """The day it is in England, for the groups that this person sees: a class teacher her own, others all."""
    setting = setting_of(school)
    day = now.astimezone(LONDON).date()
    sessions = setting.calendar.sessions_on(day)
    return SchoolDay(
        day=day,
        setting=setting,
        registers=tuple(_registers(school, staff, setting, sessions, now)) if sessions else (),
        closures=tuple(closure for half in Half if (closure := setting.closure_on(Session(day, half)))),
        next_day=setting.calendar.next_school_day(day),
    )


def _registers(
    school: School, staff: Staff, setting: Setting, sessions: tuple[Session, ...], now: datetime
) -> Iterator[RegisterOfDay]:
    day = sessions[0].day
    taken = queries.taken_on(school, day, now)
    members: dict[int | None, list[RollPupil]] = {}
    for pupil in pupils_on_roll(school, day):
        members.setdefault(pupil.group_id, []).append(pupil)
    whole, own = staff.sees_whole_school(school), staff.own_groups(school)
    groups = [group for group in groups_of(school) if members.get(group.id) and (whole or group.id in own)]
    for session in sessions:
        marks = queries.school_marks(school, session)
        for group in groups:
            sent = taken.get((group.id, session.half.value))
            window = setting.window(session, group.year_group)
            status = register_state(window, day, now=now, submitted_at=sent.at if sent else None)
            rows = tuple(
                (pupil, queries.sheet_row(pupil, session, marks.get(pupil.id)), marks.get(pupil.id))
                for pupil in members[group.id]
            )
            yield RegisterOfDay(group, session, window, status, sent, rows)
