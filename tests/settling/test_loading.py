"""Who is looked at when absences are to be settled: nobody whose message was there before the register was taken."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.settling.loading import load_open, load_unexplained
from allpresent.shared.clock import read_moment
from tests import world
from tests.absences.saying import says

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)
NOW = read_moment("2026-09-16 09:25")


def test_a_message_that_was_there_before_the_register_opens_nothing():
    school = world.a_school()
    _, (unexplained, told_after, told_before) = world.a_class(school=school)
    says(told_before, "flu", day=TUESDAY, at="16:00")
    says(told_after, "flu", day=TUESDAY, at="16:00")
    for pupil, day, codes in ((unexplained, "15", "N/"), (told_after, "15", "C/"), (told_before, "16", "I/")):
        world.marks(pupil, {f"2026-09-{day}": codes})
    assert ids(load_open(school, now=NOW)) == {unexplained.id, told_after.id}
    assert ids(load_unexplained(school, now=NOW)) == {unexplained.id}


def ids(loaded) -> set[int]:
    return {child.pupil.id for child in loaded.children}
