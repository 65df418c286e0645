"""Whether the marks handed in for one register may be entered: all of them, or none and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy
from allpresent.core.register.code_rules import adds_nothing
from allpresent.core.register.desk import Desk
from allpresent.core.register.problems import Fault, Problem, ProblemKind, Problems, problem_of
from allpresent.core.register.sheet import Accepted, AcceptedMark, SheetRow, SubmittedMark, fill_blanks
from allpresent.core.register.state import RegisterStatus

__all__ = ["Accepted", "AcceptedMark", "SheetRow", "SubmittedMark", "check_marks", "fill_blanks"]


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
    desk = Desk(session, level, status, codes)
    changes: list[AcceptedMark] = []
    unchanged: list[int] = []
    problems = _stray(submitted, sheet)
    for mark in submitted:
        row = sheet.get(mark.pupil)
        if row is None:
            continue
        if _says_nothing_new(row, mark, codes):
            if row.code is not None:
                unchanged.append(row.pupil)
        elif fault := desk.fault(row, mark):
            problems.append(_problem(row, mark, fault))
        else:
            changes.append(_accepted(row, mark, codes[mark.code]))
    if problems:
        return Problems(tuple(problems))
    marked = {change.pupil for change in changes}
    blanks = tuple(row.pupil for row in sheet.values() if row.wants_a_mark and row.pupil not in marked)
    return Accepted(tuple(changes), tuple(unchanged), blanks)


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


def _says_nothing_new(row: SheetRow, mark: SubmittedMark, codes: CodeSet) -> bool:
    """Whether the mark in force stands: the same was handed in, or a blank by somebody who saw no mark."""
    moved_on = row.version != mark.seen_version
    if not mark.code:
        return row.code is None or moved_on
    if row.code != mark.code:
        return False
    held = codes.get(row.code)
    late = held is not None and held.late
    return moved_on or adds_nothing(mark, late=late, minutes_late=row.minutes_late, detail=row.detail)


def _problem(row: SheetRow, mark: SubmittedMark, fault: Fault) -> Problem:
    return problem_of(fault, pupil=row.pupil, name=row.name, yours=mark.code, theirs=row.code)


def _accepted(row: SheetRow, mark: SubmittedMark, code: Code) -> AcceptedMark:
    minutes = mark.minutes_late if code.late else None
    return AcceptedMark(row.pupil, mark.code, row.version + 1, minutes, mark.detail.strip(), row.code)
