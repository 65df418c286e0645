"""Whether a mark may be amended, and the amendment that keeps both marks and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy
from allpresent.core.register.code_rules import (
    adds_nothing,
    age_fault,
    detail_fault,
    find_code,
    minutes_fault,
)
from allpresent.core.register.problems import Fault, ProblemKind, Problems, conflict, problem_of
from allpresent.core.register.sheet import SubmittedMark

SETTLE_SCHOOL_DAYS = 5
"""N must be settled within this many school days of its session.

(Reg 10(7)-(9) and Working Together 408, both seen only at second hand.)
"""


class CurrentMark(NamedTuple):
    """The mark in force: its pupil, the pupil's name, its code and version, and what is held with it."""

    pupil: int
    name: str
    code: str
    version: int
    minutes_late: int | None = None
    detail: str = ""


class DayFacts(NamedTuple):
    """What the session's day and its records say.

    `school_days_since` counts the school days after the session's own. `begun`: the session has begun.
    `reason_known`: a reason for the absence stands on record. `minutes_late_limit`: the minutes late from
    which a pupil missed the register (Window.minutes_late_limit).
    """

    compulsory_age: bool
    school_days_since: int
    begun: bool
    reason_known: bool
    minutes_late_limit: int


class Amendment(NamedTuple):
    """An amendment to enter. The writer adds the date, and the person's name and position (clause M-4.1e)."""

    pupil: int
    session: Session
    original: str
    amended: str
    reason: str
    version: int
    minutes_late: int | None
    detail: str


def check_amendment(
    current: CurrentMark,
    new: SubmittedMark,
    reason: str,
    *,
    session: Session,
    level: EnteredBy,
    codes: CodeSet,
    facts: DayFacts,
) -> Amendment | Problems:
    """The amendment, or everything that is wrong with it at once.

    Settling an N, whatever with, is an amendment like any other; so is a change of the minutes late or
    the detail of the same code. Marks of a submitted register are amended by the office or the head, not
    by a teacher. U needs the minutes late of an arrival after the close. (Reg 6 as carried by clause
    M-4.1e; clauses M-4.4a, O-B-28.)
    """
    code = find_code(new.code, session=session, level=level, codes=codes)
    late = isinstance(code, Code) and code.late
    faults = [*_faults_of_the_change(current, new, reason, level, late)]
    faults += [code] if isinstance(code, Fault) else _faults_of_the_code(code, new, session.day, facts)
    if faults:
        return _refused(current, new, faults)
    return Amendment(
        pupil=current.pupil,
        session=session,
        original=current.code,
        amended=new.code,
        reason=reason.strip(),
        version=current.version + 1,
        minutes_late=new.minutes_late if late else None,
        detail=new.detail.strip(),
    )


def _refused(current: CurrentMark, new: SubmittedMark, faults: Iterable[Fault]) -> Problems:
    return Problems(
        tuple(
            problem_of(fault, pupil=current.pupil, name=current.name, yours=new.code, theirs=current.code)
            for fault in faults
        )
    )


def _faults_of_the_change(
    current: CurrentMark, new: SubmittedMark, reason: str, level: EnteredBy, late: bool
) -> Iterator[Fault]:
    if level is EnteredBy.TEACHER:
        yield Fault(ProblemKind.NOT_YOURS, "a teacher cannot amend a mark. Ask the office.")
    if not any(character.isalnum() for character in reason):
        yield Fault(ProblemKind.REASON, "say why the mark is being changed, in a few words.")
    if new.code == current.code and adds_nothing(
        new, late=late, minutes_late=current.minutes_late, detail=current.detail
    ):
        yield Fault(ProblemKind.SAME_CODE, f"the mark is {current.code} already. Choose a different code.")
    elif new.seen_version != current.version:
        yield conflict(yours=new.code, theirs=current.code)


def _faults_of_the_code(code: Code, new: SubmittedMark, day: date, facts: DayFacts) -> list[Fault]:
    rules = (
        age_fault(code, compulsory_age=facts.compulsory_age),
        detail_fault(code, new),
        _not_begun_fault(code, day, facts),
        _unexplained_fault(code, facts),
        minutes_fault(code, new, facts.minutes_late_limit),
    )
    return [fault for fault in rules if fault]


def _not_begun_fault(code: Code, day: date, facts: DayFacts) -> Fault | None:
    if facts.begun or not (code.on_site or code.letter == "N"):
        return None
    return Fault(
        ProblemKind.NOT_OPEN,
        f"the session of {day:%d %B %Y} has not begun, so {code.letter} cannot be known.",
    )


def _unexplained_fault(code: Code, facts: DayFacts) -> Fault | None:
    if code.letter != "N":
        return None
    if facts.reason_known:
        return Fault(ProblemKind.REASON_KNOWN, "a reason is on record, so N cannot be used. Choose that reason's code.")
    if facts.school_days_since > SETTLE_SCHOOL_DAYS:
        return Fault(
            ProblemKind.TOO_OLD,
            f"N must be settled within {SETTLE_SCHOOL_DAYS} school days, and {facts.school_days_since} have "
            "passed. If no reason is known, use O.",
        )
    return None
