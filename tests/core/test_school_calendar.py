"""School days, weeks, sessions and closures."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.calendar_checks import CalendarError
from allpresent.core.calendar.closures import Closure, ClosureKind, Term
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.calendar.year_checks import sessions_towards_year, staff_days, year_warnings
from tests.core.calendars import TERMS_2026_27, calendar_2026_27
from tests.core.case_data import cases

DAY = timedelta(days=1)
YEAR = AcademicYear(2026)
MON, TUE = date(2026, 11, 9), date(2026, 11, 10)


def closed(starts, ends=None, kind=ClosureKind.PLANNED, **more):
    return Closure(starts, ends or starts, kind, "Polling station", **more)


days = st.dates(date(2026, 8, 1), date(2027, 8, 31))
closures = st.builds(
    lambda starts, length, kind, half: Closure(starts, starts + length * DAY, kind, "Closed", half),
    days,
    st.integers(0, 12),
    st.sampled_from(ClosureKind),
    st.sampled_from([None, *Half]),
)
calendars = st.lists(closures, max_size=5).map(lambda found: calendar_2026_27(*found))


@pytest.mark.parametrize("case", cases("school_days.toml", "after"))
def test_school_days_after(case):
    assert calendar_2026_27().school_days_after(case["day"], case["n"]) == case["is"]


@pytest.mark.parametrize("case", cases("school_days.toml", "windows"))
def test_school_week_window(case):
    window = calendar_2026_27().school_week_window(case["day"], case["weeks"])
    assert window == tuple(case["mondays"])


def test_past_the_last_term_the_calendar_does_not_guess():
    calendar = calendar_2026_27()
    assert calendar.school_days_after(date(2027, 7, 20), 1) == date(2027, 7, 21)
    assert calendar.school_days_after(date(2027, 7, 20), 2) is None
    assert calendar.next_school_day(date(2027, 7, 21)) is None
    with pytest.raises(ValueError, match="forward from 1"):
        calendar.school_days_after(date(2027, 7, 20), 0)


@given(calendars, days, days, st.integers(1, 30), st.integers(1, 30))
def test_school_days_after_grows_with_the_day_and_the_count(calendar, one, other, n, m):
    (early, late), (few, many) = sorted((one, other)), sorted((n, m))
    first, last = calendar.school_days_after(early, few), calendar.school_days_after(late, many)
    assume(last is not None)
    assert early < first <= last
    assert calendar.meets(first)


@given(calendars, days, st.integers(1, 30))
def test_school_days_after_counts_exactly_n_school_days(calendar, day, n):
    last = calendar.school_days_after(day, n)
    rest = calendar.school_days_between(day + DAY, date(2027, 12, 31))
    assert last == (rest[n - 1] if len(rest) >= n else None)


@given(calendars, days, st.integers(1, 12))
def test_the_window_has_n_school_weeks_or_runs_out(calendar, day, n):
    window = calendar.school_week_window(day, n)
    before = [monday for monday in calendar.school_weeks if monday <= day]
    assert len(window) == min(n, len(before))
    assert list(window) == before[-len(window) :] if window else not before
    for monday in window:
        assert monday.weekday() == 0
        assert calendar.sessions_between(monday, monday + 6 * DAY)


@given(calendars)
def test_every_session_is_in_term_on_a_weekday_and_not_closed(calendar):
    for session in calendar.sessions_between(date.min, date.max):
        assert calendar.is_session(session)
        assert calendar.term_of(session.day)
        assert session.day.weekday() < 5
        assert session.day not in calendar.bank_holidays
        assert calendar.closure_on(session) is None


@given(calendars, days, st.sampled_from(Half))
def test_a_session_due_is_either_met_or_closed(calendar, day, half):
    session = Session(day, half)
    due = day.weekday() < 5 and calendar.term_of(day) is not None
    assert due == (calendar.is_session(session) or calendar.closure_on(session) is not None)


@given(calendars, days, st.integers(1, 40))
def test_previous_sessions_and_days_end_just_before_the_day(calendar, day, n):
    sessions, school_days = calendar.previous_sessions(day, n), calendar.previous_school_days(day, n)
    earlier = calendar.sessions_between(date.min, day - DAY)
    assert sessions == earlier[-n:]
    assert school_days == tuple(sorted({session.day for session in earlier}))[-n:]


def test_a_planned_closure_of_one_half_leaves_a_school_day():
    calendar = calendar_2026_27(closed(TUE, half=Half.AM))
    assert calendar.sessions_on(TUE) == (Session(TUE, Half.PM),)
    assert calendar.meets(TUE)
    assert calendar.closure_on(Session(TUE, Half.AM)).kind.code == "#"
    assert calendar.closure_on(Session(TUE, Half.PM)) is None


def test_a_bank_holiday_in_term_is_a_planned_closure():
    holiday = calendar_2026_27().closure_on(Session(date(2027, 5, 3), Half.AM))
    assert (holiday.kind.code, holiday.reason) == ("#", "Bank holiday")


def test_a_day_never_due_has_no_closure():
    calendar = calendar_2026_27(closed(date(2026, 10, 24), date(2026, 11, 1)))
    assert calendar.closure_on(Session(date(2026, 10, 28), Half.AM)) is None
    assert calendar.closure_on(Session(date(2026, 11, 14), Half.AM)) is None


def test_a_snow_day_is_y4_and_no_school_day_but_counts_towards_the_year():
    open_all_year = calendar_2026_27()
    snow = calendar_2026_27(closed(MON, kind=ClosureKind.UNEXPECTED))
    assert snow.closure_on(Session(MON, Half.AM)).kind.code == "Y4"
    assert not snow.meets(MON)
    assert snow.school_days_after(date(2026, 11, 6), 1) == TUE
    assert sessions_towards_year(snow, YEAR) == sessions_towards_year(open_all_year, YEAR)
    assert len(snow.sessions_between(YEAR.starts, YEAR.ends)) == sessions_towards_year(snow, YEAR) - 2


def test_where_planned_and_unexpected_fall_together_the_planned_one_stands():
    both = [closed(MON), closed(MON, kind=ClosureKind.UNEXPECTED)]
    for closures in (both, both[::-1]):
        calendar = calendar_2026_27(*closures)
        assert calendar.closure_on(Session(MON, Half.PM)).kind is ClosureKind.PLANNED
        assert sessions_towards_year(calendar, YEAR) == sessions_towards_year(calendar_2026_27(closed(MON)), YEAR)


def test_a_week_closed_throughout_neither_counts_nor_breaks():
    calendar = calendar_2026_27(closed(MON, MON + 4 * DAY, ClosureKind.UNEXPECTED))
    assert calendar.school_week_window(date(2026, 11, 20), 2) == (date(2026, 11, 2), date(2026, 11, 16))


def test_a_week_with_one_session_counts():
    """Legal example SW1."""
    calendar = calendar_2026_27(closed(MON, half=Half.AM), closed(TUE, MON + 4 * DAY))
    assert calendar.sessions_between(MON, MON + 6 * DAY) == (Session(MON, Half.PM),)
    assert MON in calendar.school_weeks


def test_a_staggered_start_closes_its_year_group_alone():
    late = closed(date(2026, 9, 1), date(2026, 9, 2), year_groups=frozenset({"R"}))
    calendar = calendar_2026_27(late)
    assert calendar.meets(date(2026, 9, 1))
    assert calendar.for_year_group("1").meets(date(2026, 9, 1))
    assert not calendar.for_year_group("R").meets(date(2026, 9, 1))
    assert calendar.for_year_group("R").pupil_days[0] == date(2026, 9, 3)


def test_a_setting_may_meet_on_other_days():
    calendar = SchoolCalendar(TERMS_2026_27, weekdays=frozenset({1, 5}))
    assert {day.weekday() for day in calendar.pupil_days} == {1, 5}


def test_terms_that_overlap_or_run_backwards_are_refused_in_plain_words():
    terms = (
        Term("Autumn", date(2026, 9, 1), date(2026, 12, 18)),
        Term("Spring", date(2026, 12, 18), date(2027, 3, 25)),
        Term("Summer", date(2027, 7, 21), date(2027, 4, 12)),
    )
    with pytest.raises(CalendarError) as refused:
        SchoolCalendar(terms)
    assert [(problem.where, problem.message) for problem in refused.value.problems] == [
        ("Summer", "Summer ends on 12 April 2027, before it starts on 21 July 2027. Correct one date."),
        (
            "Spring",
            "Spring starts on 18 December 2026, but Autumn runs to 18 December 2026. "
            "Terms may not overlap: correct one date.",
        ),
    ]


def test_a_closure_may_lie_outside_term_but_not_run_backwards():
    assert calendar_2026_27(closed(date(2027, 8, 2))).pupil_days == calendar_2026_27().pupil_days
    with pytest.raises(CalendarError, match="Polling station ends on"):
        calendar_2026_27(closed(TUE, MON))


def test_more_than_five_staff_days_or_fewer_than_380_sessions_is_a_warning():
    week = closed(MON, MON + 7 * DAY, ClosureKind.STAFF_DAY)
    calendar = calendar_2026_27(week, closed(date(2027, 7, 22), kind=ClosureKind.STAFF_DAY, half=Half.AM))
    assert staff_days(calendar, YEAR) == 6.5
    staff, sessions = year_warnings(calendar, YEAR)
    assert staff == "2026/27 has 6.5 staff days; 5 is the most. Check that each is one."
    assert f"{len(calendar.pupil_days) * 2} sessions" in sessions
    assert staff_days(calendar, AcademicYear(2027)) == 0


def test_a_full_year_draws_no_warning():
    longer = Term("Longer summer", date(2027, 7, 22), date(2027, 7, 30))
    calendar = SchoolCalendar((*TERMS_2026_27, longer), bank_holidays=calendar_2026_27().bank_holidays)
    assert sessions_towards_year(calendar, YEAR) >= 380
    assert year_warnings(calendar, YEAR) == ()


@given(days)
def test_a_week_begins_on_monday(day):
    assert monday_of(day).weekday() == 0
    assert timedelta(0) <= day - monday_of(day) < timedelta(days=7)
