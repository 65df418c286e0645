"""The invented year: each child's own, and all of them together beside the published proportions."""

from __future__ import annotations

from collections import Counter

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.figures import tally
from allpresent.core.register.sheet import PRESENT_MARK
from allpresent.core.roll.expected import parse_halves
from allpresent.demo.absence import How, year_of
from allpresent.demo.children import children
from allpresent.demo.places import places, planned_year
from allpresent.demo.reading import read

CODES = code_set_on(planned_year().pupil_days[0])


def test_the_year_has_190_days_for_pupils():
    assert len(planned_year().pupil_days) == 190


def test_a_year_is_the_same_each_time():
    assert [year_of(child) for child in children()[:40]] == [year_of(child) for child in children()[:40]]


def test_nobody_is_away_from_a_session_that_they_are_not_due_at():
    for child in children():
        halves = parse_halves(child.pattern)
        for session in year_of(child):
            assert planned_year().is_session(session)
            assert not halves or (session.day.weekday(), session.half) in halves
            assert not child.left or session.day <= child.left["on"]
            assert not child.joined or session.day >= child.joined


def test_each_account_is_whole():
    """A code of the day, with the words it needs; a settled absence says why and when; an arrival says how late."""
    for child in children():
        for session, away in year_of(child).items():
            code = CODES[away.code]
            if any(detail.required for detail in code.detail) and not code.late:
                assert away.detail
            if away.how is How.LATER:
                assert away.said
                assert away.settled >= session.day
            if away.how is How.ARRIVES:
                assert code.late
                assert (away.minutes > 30) == (away.code == "U")


@pytest.mark.parametrize("place", ["primary", "provision"])
def test_the_year_looks_like_a_year(place):
    """Absence within two points of the published share, and each reason within a factor of two and a bit."""
    proportions = next(each.proportions for each in places() if each.id == place)
    published = read("proportions")[proportions]["reasons"]
    counts = Counter(code for child in children() if child.place == place for code in _codes(child))
    figure = tally(counts, CODES)
    assert figure.absence_percent == pytest.approx(sum(published.values()), abs=2.2)
    for code, share in published.items():
        assert 0.45 < 100 * counts[code] / figure.possible / share < 2.2, code


def _codes(child):
    halves = parse_halves(child.pattern)
    year = year_of(child)
    for session in planned_year().sessions_between(planned_year().pupil_days[0], planned_year().pupil_days[-1]):
        if not halves or (session.day.weekday(), session.half) in halves:
            yield year[session].code if session in year else PRESENT_MARK[Half(session.half)]
