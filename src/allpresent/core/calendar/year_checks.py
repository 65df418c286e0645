"""What a school should be warned of in one year's calendar. Warnings only: none of them stops a calendar."""

from __future__ import annotations

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.closures import ClosureKind
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session

SESSIONS_IN_A_YEAR = 380
"""School Day and School Year Regulations 1999 reg 3(2): maintained and special schools, no nursery class."""

MOST_STAFF_DAYS = 5
"""Absence methodology: up to five staff-training days are marked #."""


def sessions_towards_year(calendar: SchoolCalendar, year: AcademicYear) -> int:
    """Sessions that count towards the year's 380: those met, and those an unexpected closure took out.

    Source: 1999 Regulations reg 3(3): a session lost because the school was prevented from meeting counts as
    met. The law adds "and not reasonably replaceable", which only a person can judge.
    """
    lost = {
        session
        for closure in calendar.closures
        if closure.kind is ClosureKind.UNEXPECTED
        for session in closure.sessions()
        if year.holds(session.day) and calendar.closure_on(session) is closure
    }
    return len(calendar.sessions_between(year.starts, year.ends)) + len(lost)


def staff_days(calendar: SchoolCalendar, year: AcademicYear) -> float:
    """Staff days of the whole school in `year`, in days: a half day is 0.5. Days out of term count too."""
    return len(_staff_sessions(calendar, year)) / len(Half)


def year_warnings(calendar: SchoolCalendar, year: AcademicYear) -> tuple[str, ...]:
    """Plain warnings about one year: too many staff days, or too few sessions for a maintained school.

    The 380 of other years differ (376 in 2022/23) and academies follow their funding agreement.
    """
    days, sessions = staff_days(calendar, year), sessions_towards_year(calendar, year)
    warnings = []
    if days > MOST_STAFF_DAYS:
        warnings.append(f"{year.label} has {days:g} staff days; {MOST_STAFF_DAYS} is the most. Check that each is one.")
    if sessions < SESSIONS_IN_A_YEAR:
        warnings.append(
            f"{year.label} has {sessions} sessions; a maintained school meets for at least "
            f"{SESSIONS_IN_A_YEAR}. Check the terms and closures."
        )
    return tuple(warnings)


def _staff_sessions(calendar: SchoolCalendar, year: AcademicYear) -> set[Session]:
    return {
        session
        for closure in calendar.closures
        if closure.kind is ClosureKind.STAFF_DAY and not closure.year_groups
        for session in closure.sessions()
        if year.holds(session.day) and session.day.weekday() in calendar.weekdays
    }
