"""Thresholds, shapes and what is ahead of a pupil, in words."""

from __future__ import annotations

from allpresent.core.policy.model.response import Of, Pattern, Threshold
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.words_of import Words
from allpresent.core.thresholds.ahead import Ahead, line_of
from allpresent.shared.words import count_of, plain_day

SHAPES = {
    Pattern.FALLING: "Attendance falling",
    Pattern.RISING: "Attendance rising",
    Pattern.SAME_WEEKDAY: "The same day of the week",
    Pattern.SAME_HALF: "The same half of the day",
    Pattern.RUN: "A long run of absence",
    Pattern.BESIDE_HOLIDAYS: "Beside holidays",
    Pattern.FIRST_WEEK: "The first week after holidays",
    Pattern.BROKEN_WEEKS: "Broken weeks",
}
_COUNTED = {
    Of.ATTENDANCE: "attendance",
    Of.ABSENCE: "absence",
    Of.AUTHORISED: "authorised absence",
    Of.UNAUTHORISED: "unauthorised absence",
    Of.LATE: "lateness",
    Of.EPISODES: "separate absences",
    Of.POINTS: "points for marks",
}
_WHOM = {
    Circumstance.EHC_PLAN: "an EHC plan",
    Circumstance.SEND_SUPPORT: "SEN support",
    Circumstance.IN_CARE: "children in care",
    Circumstance.PREVIOUSLY_IN_CARE: "previously in care",
    Circumstance.COMPULSORY_AGE: "of compulsory school age",
    Circumstance.NOT_COMPULSORY_AGE: "not of compulsory school age",
}
RESTRICTED = frozenset(
    {
        Circumstance.SOCIAL_WORKER,
        Circumstance.IN_CARE,
        Circumstance.YOUTH_JUSTICE,
        Circumstance.AT_RISK,
        Circumstance.YOUNG_CARER,
    }
)
"""Circumstances that only those may know who see restricted facts: a list of such pupils would tell them."""


def label(threshold: Threshold) -> str:
    """'Below 90', 'Near persistent': the name that the policy gives it."""
    words = threshold.id.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def stated(threshold: Threshold) -> str:
    """What the policy states, in a line: 'attendance below 90%, year to date'."""
    parts = (
        f"{_counted(threshold)} {threshold.edges.replace(', ', ' and ')}".strip(),
        str(threshold.over),
        f"for {', '.join(map(whom, threshold.for_))}" if threshold.for_ else "",
        f"in year {', '.join(threshold.year_groups)}" if threshold.year_groups else "",
        f"and also: {', '.join(name.replace('-', ' ') for name in threshold.and_)}" if threshold.and_ else "",
    )
    return ", ".join(filter(None, parts))


def _counted(threshold: Threshold) -> str:
    if threshold.pattern:
        days = " or ".join(day.value.capitalize() for day in threshold.weekdays)
        return f"pattern: {SHAPES[threshold.pattern].lower()}{f' ({days})' if days else ''}"
    if threshold.codes:
        return f"{_COUNTED.get(threshold.of, 'sessions')} with {', '.join(threshold.codes)}"
    return _COUNTED[threshold.of]


def whom(circumstance: Circumstance) -> str:
    return _WHOM.get(circumstance, circumstance.value.replace("-", " "))


def ahead_words(threshold: Threshold, ahead: Ahead | None, within: bool, words: Words) -> str:
    """What is still to come: '9 more sessions missed by 18 December 2026 would make 10%'; '' where nothing is known."""
    line = line_of(threshold)
    if ahead is None or line is None or not ahead.coming:
        return ""
    until = plain_day(ahead.until)
    if not within:
        return _crossing(threshold, ahead, until)
    if ahead.leaves is None:
        return f"Out of it at the earliest after {until}, even with every session attended."
    if not ahead.leaves:
        return _crossing(threshold, ahead, until)
    days = count_of(-(-ahead.leaves // 2), "full day")
    return f"{days} of school without a miss would bring the {words.pupil} out of it."


def _crossing(threshold: Threshold, ahead: Ahead, until: str) -> str:
    edge = threshold.ceiling if threshold.of is Of.ATTENDANCE else threshold.floor
    how = "late" if threshold.of is Of.LATE else "missed"
    if ahead.crosses is None:
        return f"It cannot come to {edge[0]} by {until}." if edge else ""
    if not ahead.crosses:
        return f"It will be so at {until} even if every session is attended."
    return f"{count_of(ahead.crosses, 'more session')} {how} by {until} would bring it about." if edge else ""
