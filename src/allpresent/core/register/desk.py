"""Whether one mark may be entered: what the register's state and the pupil's row allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy
from allpresent.core.register.code_rules import age_fault, detail_fault, find_code, minutes_fault
from allpresent.core.register.problems import Fault, ProblemKind, conflict
from allpresent.core.register.sheet import SheetRow, SubmittedMark
from allpresent.core.register.state import RegisterState, RegisterStatus

NOT_DUE_CODES = frozenset({"D", "X", "C2"})
"""Codes that say a pupil on the roll is not due at this session."""

PROSPECTIVE = "Z"
"""The code of a pupil who is not on the roll yet (guidance; in no table of reg 10)."""


@dataclass(slots=True)
class Desk:
    """The circumstances of one hand-in. What holds of a code for every pupil is worked out once a code."""

    session: Session
    level: EnteredBy
    status: RegisterStatus
    codes: CodeSet
    found: dict[str, Code | Fault] = field(default_factory=dict)

    def fault(self, row: SheetRow, mark: SubmittedMark) -> Fault | None:
        """The first thing wrong with a mark that differs from the one in force."""
        if not mark.code:
            return _cleared(row)
        code = self.found.get(mark.code) or self._find(mark.code)
        return (
            _place_fault(row, mark.code, self.level)
            or (code if isinstance(code, Fault) else None)
            or self._change_fault(row)
            or _conflict(row, mark)
            or (self._rule_fault(code, row, mark) if isinstance(code, Code) else None)
        )

    def _find(self, letter: str) -> Code | Fault:
        found = find_code(letter, session=self.session, level=self.level, codes=self.codes)
        self.found[letter] = self._state_fault(found) or found
        return self.found[letter]

    def _state_fault(self, found: Code | Fault) -> Fault | None:
        """What the register's state forbids for this code, whoever the pupil is."""
        state, opens = self.status.state, self.status.opens_at
        teacher = self.level is EnteredBy.TEACHER
        if state is RegisterState.CLOSED and teacher:
            return Fault(ProblemKind.CLOSED, "the register has closed. Ask the office to amend the mark.")
        if state is not RegisterState.BEFORE or isinstance(found, Fault):
            return None
        if teacher:
            return Fault(ProblemKind.NOT_OPEN, f"the register is not open yet: it opens at {_clock(opens)}.")
        if found.on_site or found.letter == "N":
            return Fault(
                ProblemKind.NOT_OPEN,
                f"{found.letter} cannot be entered ahead: the register opens at {_clock(opens)}.",
            )
        return None

    def _change_fault(self, row: SheetRow) -> Fault | None:
        """Whether the mark in force may be changed here at all."""
        if row.locked and self.level is EnteredBy.TEACHER:
            return Fault(
                ProblemKind.LOCKED,
                f"{row.code} was entered ahead by the office, which alone can change it. Tell the office.",
            )
        if row.code is not None and self.status.state is RegisterState.CLOSED:
            return Fault(
                ProblemKind.CLOSED,
                f"the register has closed with {row.code}. Amend the mark and give the reason.",
            )
        return None

    def _rule_fault(self, code: Code, row: SheetRow, mark: SubmittedMark) -> Fault | None:
        return (
            age_fault(code, compulsory_age=row.compulsory_age)
            or minutes_fault(code, mark, self.status.minutes_late_limit)
            or detail_fault(code, mark)
        )


def _cleared(row: SheetRow) -> Fault:
    return Fault(
        ProblemKind.CLEARED,
        f"{row.code} is in the register and cannot be taken back to blank. Choose another mark.",
    )


def _place_fault(row: SheetRow, code: str, level: EnteredBy) -> Fault | None:
    """What is wrong with marking this pupil at this session at all: the roll first, then the timetable."""
    if code == PROSPECTIVE and row.on_roll:
        return Fault(ProblemKind.ON_ROLL, f"on the roll on this day, so {code} cannot be used.")
    if code != PROSPECTIVE and not row.on_roll:
        return Fault(ProblemKind.NOT_ON_ROLL, "not on the roll on this day, so there is no session to mark.")
    if row.expected or code == PROSPECTIVE:
        return None
    if code in NOT_DUE_CODES and level is not EnteredBy.TEACHER:
        return None
    return Fault(
        ProblemKind.NOT_EXPECTED,
        "not expected at this session. If that is wrong, ask the office to mend the timetable.",
    )


def _conflict(row: SheetRow, mark: SubmittedMark) -> Fault | None:
    if row.version == mark.seen_version:
        return None
    return conflict(yours=mark.code, theirs=row.code)


def _clock(instant: datetime) -> str:
    return f"{wall_clock(instant)[1]:%H:%M}"
