"""The demonstration in the database: registers as they would have been, and what people did left alone."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.absences.models import Mail
from allpresent.core.calendar.sessions import Half, Session
from allpresent.demo.build import build, catch_up, is_demonstration, is_empty, last_act
from allpresent.registers.models import CurrentMark
from allpresent.registers.queries import whole_school_rows
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import read_moment

NOW = "2026-09-11 08:55"
DAY = date(2026, 9, 11)
FACTS = ("pupil__upn", "school__slug", "day", "half", "version", "code", "source", "at", "by_name", "detail", "reason")

pytestmark = pytest.mark.django_db


def quietly(words: str) -> None:
    assert words


def test_an_empty_database_becomes_the_demonstration():
    assert is_empty()
    build(read_moment(NOW), quietly)
    assert is_demonstration()
    assert not is_empty()


def test_catching_up_gives_what_one_start_would_have_given():
    """But for the day that people were left to finish: its registers are taken as on any other day."""
    build(read_moment("2026-09-09 20:00"), quietly)
    catch_up(read_moment(NOW), quietly)
    calendar = setting_of(School.objects.get(slug="thornhedge")).calendar
    for session in calendar.sessions_between(date(2026, 9, 10), date(2026, 9, 10)):
        for school in School.objects.all():
            assert not [row for _, row in whole_school_rows(school, session) if row.wants_a_mark]
    assert last_act() <= read_moment(NOW)


def test_the_whole_closure_is_the_schools_alone():
    build(read_moment("2026-10-09 08:55"), quietly)
    closed = Session(date(2026, 10, 8), Half.AM)
    codes = set(CurrentMark.objects.filter(day=closed.day, school__slug="thornhedge").values_list("code", flat=True))
    elsewhere = CurrentMark.objects.filter(day=closed.day, school__slug="kiln").values_list("code", flat=True)
    assert "Y4" in codes
    assert "/" not in codes
    assert "Y4" not in set(elsewhere)


@pytest.mark.parametrize(
    "moment", ["2026-09-03 08:55", "2026-09-22 13:20", pytest.param("2027-07-21 09:30", marks=pytest.mark.once)]
)
def test_any_school_day_can_be_shown(moment):
    build(read_moment(moment), quietly)
    assert CurrentMark.objects.exists()
    assert Mail.objects.exists()
