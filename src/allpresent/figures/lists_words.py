"""Thresholds, shapes and what is ahead of a pupil, in words."""

from __future__ import annotations

from allpresent.core.policy.model.response import Of, Pattern, Threshold
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.values import Period
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
_LETTERS_ALONE = frozenset({"ehc", "ehcp", "sen", "send", "pa", "sa"})
_WHOM = {
    Circumstance.EHC_PLAN: "with an EHC plan",
    Circumstance.SEND_SUPPORT: "with SEN support",
    Circumstance.IN_CARE: "in care",
    Circumstance.PREVIOUSLY_IN_CARE: "previously in care",
    Circumstance.COMPULSORY_AGE: "of compulsory school age",
    Circumstance.NOT_COMPULSORY_AGE: "not of compulsory school age",
    Circumstance.SOCIAL_WORKER: "with a social worker",
    Circumstance.MEDICAL: "with a medical condition",
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
    """'Below 90', 'Falling EHC': the name that the policy gives it."""
    plain = threshold.id.replace("-", " ").replace("_", " ").split()
    words = " ".join(word.upper() if word.lower() in _LETTERS_ALONE else word for word in plain)
    return words[:1].upper() + words[1:]


def stated(threshold: Threshold) -> str:
    """What the policy states, in a line: 'attendance below 90% in the year to date, of compulsory school age'."""
    parts = (
        f"{_counted(threshold)} {threshold.edges.replace(', ', ' and ')} {_over(threshold.over)}".replace("  ", " "),
        " or ".join(map(whom, threshold.for_)),
        f"in year {', '.join(threshold.year_groups)}" if threshold.year_groups else "",
        f"and also: {', '.join(name.replace('-', ' ') for name in threshold.and_)}" if threshold.and_ else "",
    )
    return ", ".join(filter(None, parts))


def _over(period: Period) -> str:
    return f"in the {period}" if period.named else f"in {period}"


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
    if ahead.leaves is None or ahead.out_on is None:
        return f"It will stay so for the rest of the {threshold.over.named}, even with every session attended."
    days = count_of(-(-ahead.leaves // 2), "full day")
    return f"{days} without a miss would bring the {words.pupil} out of it, on {plain_day(ahead.out_on)}."


def _crossing(threshold: Threshold, ahead: Ahead, until: str) -> str:
    """'9 more sessions missed by 18 December 2026 would make absence at least 10%.'"""
    said = f"{_counted(threshold)} {_line_words(threshold)}"
    if ahead.crosses is None:
        return f"By {until} it can no longer come to {said}."
    if not ahead.crosses:
        return f"At {until} it will be {said} even if every session is attended."
    how = "late" if threshold.of is Of.LATE else "missed"
    return f"{count_of(ahead.crosses, 'more session')} {how} by {until} would make {said}."


def _line_words(threshold: Threshold) -> str:
    """'below 90%', 'at least 10%': the edge that missing sessions crosses."""
    if threshold.of is Of.ATTENDANCE and threshold.ceiling:
        return f"{'at most' if threshold.ceiling[1] else 'below'} {threshold.ceiling[0]}"
    return f"{'at least' if threshold.floor[1] else 'more than'} {threshold.floor[0]}" if threshold.floor else ""
