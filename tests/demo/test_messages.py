"""What the demonstration's parents have said: only what was said by the moment shown, written down once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from allpresent.absences.models import Notice
from allpresent.absences.queries import notices_for
from allpresent.demo.build import build, catch_up
from allpresent.registers.models import CurrentMark
from allpresent.schools.models import School
from allpresent.shared.clock import read_moment

NOW = "2026-09-15 08:30"
DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made once for this file, and undone after it; each test's own changes are undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(read_moment(NOW), lambda words: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def made(demonstration, db) -> School:
    return School.objects.get(slug="thornhedge")


def told() -> list[tuple]:
    return list(Notice.objects.order_by("id").values_list("pupil", "day", "half", "says", "told_at", "expected_back"))


def test_nothing_is_told_after_the_moment_shown(made):
    moments = [moment for pair in Notice.objects.values_list("told_at", "at") for moment in pair]
    assert moments
    assert max(moments) <= read_moment(NOW)


def test_a_later_start_adds_the_day_and_repeats_nothing(made):
    before = told()
    catch_up(read_moment(NOW), lambda words: None)
    assert told() == before
    catch_up(read_moment("2026-09-15 09:00"), lambda words: None)
    assert told()[: len(before)] == before
    assert len(told()) > len(before)


def test_whoever_rang_about_today_has_a_mark_of_their_own(made):
    catch_up(read_moment("2026-09-15 09:00"), lambda words: None)
    rang = {pupil for pupil, lines in notices_for(made, DAY).items() if lines[0].about == "absence"}
    ill = CurrentMark.objects.filter(day=DAY, half="AM", code="I", school=made).values_list("pupil", flat=True)
    assert rang
    assert rang <= set(ill)
