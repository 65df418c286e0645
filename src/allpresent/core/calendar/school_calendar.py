"""When a setting meets: its terms less weekends, bank holidays and closures.

A *school day* is a day with at least one session that the school met, or is due to meet. Planned closures and
staff days (#) are not sessions. An unexpected closure (Y4) is not a session either: the school was prevented
from meeting, and time limits run in days on which the school meets (school year fact sheet section 5; the
penalty window too counts only weeks with a session met, enforcement section 2). So a whole Y4 day is no
school day, and a day with one session left still is one (both unconfirmed). Y4 sessions count towards the 380
of the year all the same (`year_checks.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from allpresent.core.calendar.calendar_checks import CalendarError, calendar_problems
from allpresent.core.calendar.closures import Closure, ClosureKind, Term, days_from
from allpresent.core.calendar.sessions import Half, Session

MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class SchoolCalendar:
    """A setting's calendar over any number of years. Raises CalendarError if the terms or closures are wrong.

    `weekdays` are the days of the week the setting meets, Monday 0 to Sunday 6. Questions that look past the
    last term entered answer None, or a shorter tuple: the calendar does not guess.
    """

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...] = ()
    bank_holidays: frozenset[date] = frozenset()
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY

    def __post_init__(self) -> None:
        if problems := calendar_problems(self.terms, self.closures):
            raise CalendarError(problems)

    def for_year_group(self, group: str) -> SchoolCalendar:
        """The calendar as it is for one year group: closures for that group alone close it too.

        The calendar of the whole school leaves them out, since the school meets.
        """
        closures = tuple(c for c in self.closures if not c.year_groups or group in c.year_groups)
        return replace(self, closures=tuple(replace(c, year_groups=frozenset()) for c in closures))

    @cached_property
    def pupil_days(self) -> tuple[date, ...]:
        """Every school day, in order: the days with at least one session."""
        return tuple(dict.fromkeys(session.day for session in self._sessions))

    @cached_property
    def school_weeks(self) -> tuple[date, ...]:
        """The Monday of every school week, in order: a Monday-to-Sunday week with at least one session.

        Source: enforcement fact sheet section 2. A week with no session neither counts nor breaks a run of
        weeks. That the week starts on Monday is unconfirmed.
        """
        return tuple(dict.fromkeys(monday_of(day) for day in self.pupil_days))

    def meets(self, day: date) -> bool:
        """Whether `day` is a school day."""
        return bool(self.sessions_on(day))

    def is_session(self, session: Session) -> bool:
        """Whether the school meets, or is due to meet, for `session`."""
        return session in self._session_set

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The sessions of one day: none, one or two, morning first."""
        return tuple(session for half in Half if (session := Session(day, half)) in self._session_set)

    def sessions_between(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions from `first` to `last`, both included, in order."""
        lower = bisect_left(self._sessions, Session(first, Half.AM))
        return self._sessions[lower : bisect_right(self._sessions, Session(last, Half.PM))]

    def previous_sessions(self, day: date, n: int) -> tuple[Session, ...]:
        """The last `n` sessions before `day`, oldest first; fewer where the calendar begins later."""
        end = bisect_left(self._sessions, Session(day, Half.AM))
        return self._sessions[max(0, end - n) : end]

    def school_days_between(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from `first` to `last`, both included, in order."""
        return self.pupil_days[bisect_left(self.pupil_days, first) : bisect_right(self.pupil_days, last)]

    def school_days_after(self, day: date, n: int) -> date | None:
        """The `n`th school day after `day`, which itself does not count; None past the last term entered.

        So a reason for Friday 23 October 2026, before a half-term week, settles by Friday 6 November
        (regulation 10(7)-(9): five school days). Raises ValueError if `n` is less than 1.
        """
        if n < 1:
            raise ValueError(f"School days are counted forward from 1, but {n} was asked for.")
        place = bisect_right(self.pupil_days, day) + n - 1
        return self.pupil_days[place] if place < len(self.pupil_days) else None

    def next_school_day(self, day: date) -> date | None:
        """The first school day after `day`; None past the last term entered."""
        return self.school_days_after(day, 1)

    def previous_school_days(self, day: date, n: int) -> tuple[date, ...]:
        """The last `n` school days before `day`, oldest first; fewer where the calendar begins later."""
        end = bisect_left(self.pupil_days, day)
        return self.pupil_days[max(0, end - n) : end]

    def school_week_window(self, day: date, weeks: int = 10) -> tuple[date, ...]:
        """The Mondays of the last `weeks` school weeks up to and including the week of `day`, oldest first.

        If the week of `day` has no session the window ends with the school week before it. Fewer weeks come
        back where the calendar begins later. Source: penalty framework, ten school weeks, which may span
        terms and years (enforcement fact sheet section 2).
        """
        end = bisect_right(self.school_weeks, day)
        return self.school_weeks[max(0, end - weeks) : end]

    def term_of(self, day: date) -> Term | None:
        """The term that holds `day`, weekends and closures inside it included."""
        return next((term for term in self.terms if term.starts <= day <= term.ends), None)

    def closure_on(self, session: Session) -> Closure | None:
        """The closure that takes out a session otherwise due: its `kind.code` is every pupil's code.

        A bank holiday in term comes back as a planned closure. None if the session is met, or was never due
        (outside term, or on a day of the week the setting does not meet). Where two closures fall together
        the planned one is given, since the session was then never due.
        """
        if not self._due(session.day):
            return None
        if session.day in self.bank_holidays:
            return Closure(session.day, session.day, ClosureKind.PLANNED, "Bank holiday")
        return self._closed.get(session)

    def _due(self, day: date) -> bool:
        return day.weekday() in self.weekdays and self.term_of(day) is not None

    @cached_property
    def _closed(self) -> dict[Session, Closure]:
        whole = [closure for closure in self.closures if not closure.year_groups]
        planned_last = sorted(whole, key=lambda closure: closure.kind is not ClosureKind.UNEXPECTED)
        return {session: closure for closure in planned_last for session in closure.sessions()}

    @cached_property
    def _sessions(self) -> tuple[Session, ...]:
        in_term = {day for term in self.terms for day in days_from(term.starts, term.ends)}
        days = sorted(day for day in in_term - self.bank_holidays if day.weekday() in self.weekdays)
        due = (Session(day, half) for day in days for half in Half)
        return tuple(session for session in due if session not in self._closed)

    @cached_property
    def _session_set(self) -> frozenset[Session]:
        return frozenset(self._sessions)


def monday_of(day: date) -> date:
    """The Monday of the Monday-to-Sunday week that holds `day`."""
    return day - timedelta(days=day.weekday())
