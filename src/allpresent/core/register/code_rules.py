"""What a code asks for before it may stand: the day, the half, who enters it, the pupil's age, its detail.

Shared by marking and by amendment, so that both refuse the same things in the same words.
"""

from __future__ import annotations

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.core.register.sheet import PRESENT_MARK, SubmittedMark

COMPULSORY_AGE_ONLY = frozenset({"C2", "T"})
"""Leave that exists for a child of compulsory school age alone (reg 11(6); reg 3, mobile child)."""
NOT_COMPULSORY_AGE_ONLY = frozenset({"X"})
"""Never for a child of compulsory school age (reg 10, Table 3)."""
_WHO = {
    EnteredBy.TEACHER: "a teacher",
    EnteredBy.OFFICE: "the office",
    EnteredBy.HEAD: "the head",
    EnteredBy.CALENDAR: "whoever keeps the calendar",
    EnteredBy.ADMISSIONS: "admissions",
}
_ARRIVAL_KEYS = frozenset({"arrived_at", "minutes_late"})


def find_code(letter: str, *, session: Session, level: EnteredBy, codes: CodeSet) -> Code | Fault:
    """The code, if it exists that day, may sit in that half and may be entered by that level; else the fault.

    (Clause M-4.1d; reg 10(2) for the halves; design suggestion for the levels.)
    """
    code = codes.get(letter)
    if code is None:
        return Fault(
            ProblemKind.UNKNOWN_CODE,
            f"“{letter}” is not an attendance code on {session.day:%d %B %Y}. Choose a code from the list.",
        )
    if session.half not in code.halves:
        return _wrong_half(code, session)
    if level not in code.entered_by:
        return _not_yours(code, level, session, codes)
    return code


def age_fault(code: Code, *, compulsory_age: bool) -> Fault | None:
    """What is wrong with a code for a child of that age: X never at compulsory age, C2 and T at no other."""
    if compulsory_age and code.letter in NOT_COMPULSORY_AGE_ONLY:
        wanted = "it is only for pupils who are not of compulsory school age. For a part-time timetable use C2"
    elif not compulsory_age and code.letter in COMPULSORY_AGE_ONLY:
        wanted = "it is only for pupils of compulsory school age. For sessions not required use X"
    else:
        return None
    return Fault(ProblemKind.AGE, f"{code.letter} cannot be used: {wanted}.")


def detail_fault(code: Code, mark: SubmittedMark) -> Fault | None:
    """What the code requires to be said and the mark does not say.

    Which details are required is data of the code. Times of arrival are not asked for here: they have rules
    of their own. (Clauses M-4.1g, M-4.1h.)
    """
    if not code.detail or mark.detail.strip():
        return None
    missing = [item.label for item in code.detail if item.required and item.key not in _ARRIVAL_KEYS]
    if not missing:
        return None
    wanted = "; ".join(missing)
    return Fault(ProblemKind.DETAIL, f"{code.letter} ({code.name}) needs to say: {wanted}.")


def minutes_fault(code: Code, mark: SubmittedMark, limit: int) -> Fault | None:
    """What is wrong with the minutes late: L ends where U begins, `limit` minutes after the expected arrival.

    U is never entered without an arrival after the register closed. (Reg 10, Tables 1 and 3; clause M-4.4a.)
    """
    minutes = mark.minutes_late
    if code.letter == "U":
        return _late_absence_fault(minutes, limit)
    if not code.late or minutes is None or 1 <= minutes < limit:
        return None
    if minutes < 1:
        return Fault(ProblemKind.MINUTES, "L needs at least 1 minute late. A pupil who was on time is present.")
    return Fault(
        ProblemKind.MINUTES,
        f"{minutes} minutes late is after the register closed, so L cannot be used. Tell the office.",
    )


def adds_nothing(mark: SubmittedMark, *, late: bool, minutes_late: int | None, detail: str) -> bool:
    """Whether a mark of the same code says nothing that is not held with it already.

    `late`: the code counts minutes late; `minutes_late` and `detail` are what is held.
    """
    same_minutes = not late or mark.minutes_late in (None, minutes_late)
    return same_minutes and mark.detail.strip() in ("", detail)


def _late_absence_fault(minutes: int | None, limit: int) -> Fault | None:
    if minutes is None:
        return Fault(
            ProblemKind.NEEDS_ARRIVAL,
            "U needs a time of arrival after the register closed. Record the late arrival instead.",
        )
    if minutes < limit:
        return Fault(
            ProblemKind.MINUTES,
            f"{minutes} minutes late is before the register closed, so the mark is L and not U.",
        )
    return None


def _wrong_half(code: Code, session: Session) -> Fault:
    instead = f" Use {PRESENT_MARK[session.half]} instead." if code.letter in PRESENT_MARK.values() else ""
    return Fault(ProblemKind.WRONG_HALF, f"{code.letter} is not a mark for the {session.half.word}.{instead}")


def _not_yours(code: Code, level: EnteredBy, session: Session, codes: CodeSet) -> Fault:
    open_to = " ".join(c.letter for c in codes.values() if level in c.entered_by and session.half in c.halves)
    mend = f"Codes open to {_WHO[level]}: {open_to}." if open_to else "Ask the office."
    return Fault(ProblemKind.NOT_YOURS, f"{code.letter} ({code.name}) cannot be entered by {_WHO[level]}. {mend}")
