"""When a name goes on the roll, and when the authority must be told.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regs 3, 8(1) and 13(1)-(3).
"""

from __future__ import annotations

from datetime import date, timedelta

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Session

RETURN_DAYS = 5
"""Days, not school days, after the name is entered (reg 13(1)-(3))."""


def starting_day(expected_on: date | None, first_attended: date | None) -> date | None:
    """The pupil's starting day, or None while there is neither date.

    `expected_on` is the day agreed with the person who controls the pupil's attendance or, where the school
    has a duty to admit, the day that person said the pupil will attend. The earlier of it and the first day
    attended: a child who does not come on the agreed day is on roll all the same, and absent (reg 3).
    """
    return min((day for day in (expected_on, first_attended) if day), default=None)


def enter_name_by(starts: date, calendar: SchoolCalendar) -> Session | None:
    """The session before or at whose beginning the name goes in: the first of the starting day (reg 8(1)).

    None if the school does not meet on that day, which is then no starting day.
    """
    return next(iter(calendar.sessions_on(starts)), None)


def is_standard_start(starts: date, year_starts: date, *, most_junior_class: bool) -> bool:
    """Whether no return is owed unless asked for: most junior class, first day of the year (reg 13(2))."""
    return most_junior_class and starts == year_starts


def new_pupil_return_due(
    entered_on: date, *, standard_start: bool = False, asked_on: date | None = None
) -> date | None:
    """The day by whose end the authority must have the new pupil return; None if none is owed.

    The fifth day after the name was entered, weekends and holidays counted. A standard start owes one only if
    the authority asks; five days then run from the request, or from the entry if that is later (unconfirmed:
    the regulation says "within five days" and the text was seen in summary).
    """
    if not standard_start:
        return entered_on + timedelta(days=RETURN_DAYS)
    return None if asked_on is None else max(asked_on, entered_on) + timedelta(days=RETURN_DAYS)
