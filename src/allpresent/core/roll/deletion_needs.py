"""Whether each need of a ground is met: by the answer given, or by a rule worked out from the facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from allpresent.core.calendar.compulsory_age import compulsory_until
from allpresent.core.calendar.words import day_words
from allpresent.core.roll.deletion_case import Deletion, JointEnquiry
from allpresent.core.roll.grounds import Need, NeedKind

DAYS_AFTER_LEAVE = 10
"""School days in which the pupil may still return (ground h; the number is from the 2006 Regulations)."""

DAYS_ABSENT = 20
"""School days of unbroken absence (ground i)."""

RUN_CODES = frozenset({"G", "N", "O"})
"""The only codes that keep the run of ground i unbroken. U breaks it: the pupil came. Not the penalty set."""

_WANTED = {
    NeedKind.YES: "The answer must be yes.",
    NeedKind.NO: "The answer must be no.",
    NeedKind.DATE: "Give a day, no later than the deletion.",
    NeedKind.TEXT: "Write the answer in words.",
    NeedKind.JOINT: "Record both days, no later than the deletion: one side alone is not enough.",
}


def missing(need: Need, deletion: Deletion) -> str:
    """What is missing of one need, in plain words; '' if it is met."""
    if need.kind is NeedKind.COMPUTED:
        return _RULES[need.key](deletion)
    return "" if _answered(need, deletion) else f"{need.question} {_WANTED[need.kind]}"


def _answered(need: Need, deletion: Deletion) -> bool:
    match need.kind, deletion.answers.get(need.key):
        case (NeedKind.YES, True) | (NeedKind.NO, False):
            return True
        case NeedKind.DATE, date() as day:
            return day <= deletion.on
        case NeedKind.TEXT, str(text):
            return bool(text.strip())
        case NeedKind.JOINT, JointEnquiry(date() as school_on, date() as authority_on):
            return max(school_on, authority_on) <= deletion.on
    return False


def _ten_school_days(deletion: Deletion) -> str:
    """Ground h: the tenth school day after the leave ended has gone by."""
    ended = deletion.answers.get("leave_ended_on")
    if not isinstance(ended, date):
        return "The ten school days cannot be counted until the day the leave ended is known."
    tenth = deletion.calendar.school_days_after(ended, DAYS_AFTER_LEAVE)
    if tenth is None:
        return "The ten school days after the leave run past the terms entered. Enter the next term."
    if deletion.on <= tenth:
        return f"The pupil may still return until the end of {day_words(tenth)}, the tenth school day."
    return ""


def _twenty_school_days(deletion: Deletion) -> str:
    """Ground i: every session of the last twenty school days before the deletion is coded G, N or O.

    A session without a mark breaks the proof as any other code does. Days the school did not meet neither
    count nor break the run, an unexpected closure among them (unconfirmed).
    """
    days = deletion.calendar.previous_school_days(deletion.on, DAYS_ABSENT)
    if len(days) < DAYS_ABSENT:
        return f"The calendar holds {len(days)} school days before the deletion, but {DAYS_ABSENT} are needed."
    codes = dict(deletion.marks)
    for session in reversed(deletion.calendar.sessions_between(days[0], days[-1])):
        if codes.get(session) not in RUN_CODES:
            mark = f"coded {codes[session]}" if session in codes else "without a mark"
            return (
                f"The {session.half.word} of {day_words(session.day)} is {mark}. Every session of the "
                f"{DAYS_ABSENT} school days from {day_words(days[0])} must be G, N or O."
            )
    return ""


def _over_age_when_school_meets(deletion: Deletion) -> str:
    """Ground l: compulsory age ends before the next school day after the deletion."""
    until = compulsory_until(deletion.born)
    meets = deletion.calendar.next_school_day(deletion.on)
    if meets is None:
        return "It is not known when the school next meets. Enter the next term."
    if meets <= until:
        return f"The school meets on {day_words(meets)}; compulsory age ends after {day_words(until)}."
    return ""


_RULES: Mapping[str, Callable[[Deletion], str]] = {
    "ten_school_days": _ten_school_days,
    "twenty_school_days": _twenty_school_days,
    "over_age_when_school_meets": _over_age_when_school_meets,
}
