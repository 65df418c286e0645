"""How a child attends, in the words of the message to a parent."""

from __future__ import annotations

from allpresent.core.figures import Figure, one_decimal
from allpresent.core.figures.meaning import missed_in_a_year
from allpresent.messages.queries import Recipient
from allpresent.schools.models import School
from allpresent.shared.signer import Signer
from allpresent.shared.words import count_of, plain_day
from allpresent.sharing.levels import Family, Period

ENOUGH = 20
"""Sessions, two weeks of school, from which on a figure is carried over to a year: fewer would only frighten."""


def fields_of(school: School, family: Family, to: Recipient, period: Period, by: Signer) -> dict[str, str]:
    """The fields of the template `levels`, for one parent. `by` is who to talk to."""
    pupil, figure = family.pupil, family.figure
    return {
        "name": to.name, "pupil": pupil.called, "school": school.name, "first": plain_day(period.first),
        "last": plain_day(period.last), "attended": attended(pupil.called, figure), "absent": absent(figure),
        "means": means(figure), "sender": ", ".join(part for part in (by.name, by.position) if part),
    }  # fmt: skip


def attended(called: str, figure: Figure) -> str:
    """'Tolu attended 27 of 30 possible sessions: 90.0%.'"""
    share = one_decimal(figure.attendance, figure.possible)
    return f"{called} attended {figure.attendance} of {count_of(figure.possible, 'possible session')}: {share}%."


def absent(figure: Figure) -> str:
    """The absences in sessions and days, and which of them were authorised."""
    if not figure.absence:
        return "No session was missed."
    parts = [(figure.authorised, "authorised"), (figure.unauthorised, "not authorised")]
    of = ", ".join(f"{number} {kind} ({in_days(number)})" for number, kind in parts if number)
    return f"Absent for {count_of(figure.absence, 'session')} ({in_days(figure.absence)}): {of}."


def means(figure: Figure) -> str:
    """What it would come to over a year (O-A-2.10); thanks where nothing was missed."""
    if not figure.absence:
        return "Thank you for making sure of every one of them."
    if figure.possible < ENOUGH:
        return "The year has only begun, so each session still weighs heavily in this figure."
    year = missed_in_a_year(figure.attendance, figure.possible)
    weeks = count_of(round(year.weeks), "week")
    return f"Over a whole year that would come to about {_days(float(year.days))} of 190, or about {weeks}."


def in_days(sessions: int) -> str:
    """Sessions as days: two are a day. '1 day', '1.5 days'."""
    return _days(sessions / 2)


def _days(number: float) -> str:
    half = round(number * 2) / 2
    return f"{half:g} {'day' if half == 1 else 'days'}"
