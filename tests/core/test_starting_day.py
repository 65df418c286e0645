"""Starting days and the new pupil return (2024 Regulations, regs 3, 8(1), 13(1)-(3))."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.closures import Closure, ClosureKind
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.roll.starting_day import (
    enter_name_by,
    is_standard_start,
    new_pupil_return_due,
    starting_day,
)
from tests.core.calendars import calendar_2026_27

MON = date(2026, 11, 9)
DAY = timedelta(days=1)


@pytest.mark.clause("O-B-1.1")
@pytest.mark.parametrize(
    ("expected_on", "attended", "starts"),
    [
        (MON, MON, MON),
        (MON, None, MON),  # did not come on the agreed day: on roll all the same
        (MON, MON + DAY, MON),
        (MON, MON - DAY, MON - DAY),
        (None, MON, MON),  # no day agreed: not before the pupil attends
        (None, None, None),
    ],
)
def test_the_starting_day_is_the_agreed_day_or_the_first_attended(expected_on, attended, starts):
    assert starting_day(expected_on, attended) == starts


@pytest.mark.clause("O-B-1.1")
def test_the_name_goes_in_before_the_first_session_of_the_starting_day():
    calendar = calendar_2026_27(Closure(MON, MON, ClosureKind.PLANNED, "Boiler", Half.AM))
    assert enter_name_by(MON, calendar) == Session(MON, Half.PM)
    assert enter_name_by(MON + DAY, calendar) == Session(MON + DAY, Half.AM)
    assert enter_name_by(MON - DAY, calendar) is None


def test_the_return_is_due_five_days_after_entry_weekends_and_holidays_counted():
    assert new_pupil_return_due(date(2026, 10, 22)) == date(2026, 10, 27)


def test_a_standard_start_owes_a_return_only_if_asked():
    year_starts = date(2026, 9, 1)
    assert is_standard_start(year_starts, year_starts, most_junior_class=True)
    assert not is_standard_start(year_starts, year_starts, most_junior_class=False)
    assert not is_standard_start(year_starts + DAY, year_starts, most_junior_class=True)
    assert new_pupil_return_due(year_starts, standard_start=True) is None
    asked = new_pupil_return_due(year_starts, standard_start=True, asked_on=date(2026, 9, 10))
    assert asked == date(2026, 9, 15)
    before = new_pupil_return_due(year_starts, standard_start=True, asked_on=date(2026, 8, 20))
    assert before == date(2026, 9, 6)


@given(st.dates(date(2024, 8, 19), date(2040, 1, 1)))
def test_the_return_is_always_five_days_on(entered_on):
    assert new_pupil_return_due(entered_on) - entered_on == timedelta(days=5)
