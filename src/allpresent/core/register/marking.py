"""Whether the marks handed in for one register may be entered: all of them, or none and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy
from allpresent.core.register.code_rules import age_fault, detail_fault, find_code, minutes_fault
from allpresent.core.register.problems import Fault, Problem, ProblemKind, Problems, conflict, problem_of
from allpresent.core.register.sheet import Accepted, AcceptedMark, SheetRow, SubmittedMark, fill_blanks
from allpresent.core.register.state import RegisterState, RegisterStatus

__all__ = ["Accepted", "AcceptedMark", "SheetRow", "SubmittedMark", "check_marks", "fill_blanks"]

NOT_DUE_CODES = frozenset({"D", "X", "C2"})
"""Codes that say a pupil on the roll is not due at this session."""


def check_marks(
    rows: Iterable[SheetRow],
    submitted: Sequence[SubmittedMark],
    *,
    session: Session,
    level: EnteredBy,
    status: RegisterStatus,
    codes: CodeSet,
) -> Accepted | Problems:
    """Accept every mark handed in, or none: then each mark's first problem is told, in the order handed in.

    A mark equal to the one in force is unchanged, whoever saved it. A blank leaves a blank, and never
    stands for present. Teachers enter marks while the register is open, and later only if nobody has
    submitted it: then they enter what was so when it should have been taken, in the same codes. After
    the close of a submitted register others may still fill a blank; to change a mark is an amendment.
    (Regs 10(1)-(3); clauses M-4.1d, M-4.1g, O-B-2.1, O-B-27; design, "Taking a register".)
    """
    sheet = {row.pupil: row for row in rows}
    bench = _Bench(session, level, status, codes)
    changes: list[AcceptedMark] = []
    unchanged: list[int] = []
    problems = _stray(submitted, sheet)
    for mark in submitted:
        row = sheet.get(mark.pupil)
        if row is None:
            continue
        if _says_nothing_new(row, mark):
            if row.code is not None:
                unchanged.append(row.pupil)
        elif fault := bench.fault(row, mark):
            problems.append(_problem(row, mark, fault))
        else:
            changes.append(_accepted(row, mark, codes[mark.code]))
    if problems:
        return Problems(tuple(problems))
    marked = {change.pupil for change in changes}
    blanks = tuple(row.pupil for row in sheet.values() if row.wants_a_mark and row.pupil not in marked)
    return Accepted(tuple(changes), tuple(unchanged), blanks)


@dataclass(slots=True)
class _Bench:
    """One hand-in's circumstances. What holds for a code whoever the pupil is, is worked out once a code."""

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


def _stray(submitted: Sequence[SubmittedMark], sheet: Mapping[int, SheetRow]) -> list[Problem]:
    """Marks for pupils who are not on this sheet, and pupils marked twice in one hand-in."""
    problems = [_stranger(mark.pupil) for mark in submitted if mark.pupil not in sheet]
    if len({mark.pupil for mark in submitted}) < len(submitted):
        times = Counter(mark.pupil for mark in submitted)
        problems += [_twice(sheet[pupil]) for pupil, n in times.items() if n > 1 and pupil in sheet]
    return problems


def _stranger(pupil: int) -> Problem:
    return Problem(
        pupil,
        ProblemKind.NOT_IN_GROUP,
        f"Pupil {pupil} is not in this group at this session. Reload the register to see who is.",
    )


def _twice(row: SheetRow) -> Problem:
    return Problem(row.pupil, ProblemKind.TWICE, f"{row.name}: two marks were handed in. Give one.")


def _says_nothing_new(row: SheetRow, mark: SubmittedMark) -> bool:
    """Whether the mark in force stands: the same code, or a blank handed in where none was seen."""
    moved_on = row.version != mark.seen_version
    if not mark.code:
        return row.code is None or moved_on
    if row.code != mark.code:
        return False
    same_minutes = mark.minutes_late is None or mark.minutes_late == row.minutes_late
    return moved_on or (same_minutes and mark.detail in ("", row.detail))


def _cleared(row: SheetRow) -> Fault:
    return Fault(
        ProblemKind.CLEARED,
        f"{row.code} is in the register and cannot be taken back to blank. Choose another mark.",
    )


def _place_fault(row: SheetRow, code: str, level: EnteredBy) -> Fault | None:
    """What is wrong with marking this pupil at this session at all: the roll first, then the timetable."""
    if row.on_roll and row.expected:
        return None
    if not row.on_roll:
        if code == "Z":
            return None
        return Fault(ProblemKind.NOT_ON_ROLL, "not on the roll on this day, so there is no session to mark.")
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


def _problem(row: SheetRow, mark: SubmittedMark, fault: Fault) -> Problem:
    return problem_of(fault, pupil=row.pupil, name=row.name, yours=mark.code, theirs=row.code)


def _accepted(row: SheetRow, mark: SubmittedMark, code: Code) -> AcceptedMark:
    minutes = mark.minutes_late if code.late else None
    return AcceptedMark(row.pupil, mark.code, row.version + 1, minutes, mark.detail.strip(), row.code)


def _clock(instant: datetime) -> str:
    return f"{wall_clock(instant)[1]:%H:%M}"
