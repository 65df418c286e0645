"""The published table of an unexpected closure, and a year laid out as a paper register."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Statistical, code_set_on
from allpresent.core.register import closure_table, overwritten_by_closure, year_grid
from tests.core.register.cases import MONDAY

CODES = code_set_on(MONDAY)


def test_every_code_has_one_rule():
    assert set(closure_table()) == set(CODES)


@pytest.mark.parametrize("code", ["D", "X", "C2", "Z", "#", "Y4"])
def test_a_closure_never_overwrites_a_pupil_who_was_not_due(code):
    assert not overwritten_by_closure(code)


def test_a_closure_never_overwrites_a_pupil_who_was_in_school_or_at_an_activity():
    kept = [code.letter for code in CODES.values() if code.on_site or code.statistical is Statistical.AEA]
    assert len(kept) == 9
    assert not any(overwritten_by_closure(code) for code in kept)


@pytest.mark.parametrize("code", [None, "N", "O", "G", "I", "C"])
def test_a_closure_overwrites_blanks_and_ordinary_absences(code):
    assert overwritten_by_closure(code)


def test_a_judgement_is_marked_unconfirmed():
    assert "planned leave" in closure_table()["C"].unconfirmed
    assert closure_table()["D"].unconfirmed == ""


def test_a_code_without_a_rule_is_refused():
    with pytest.raises(LookupError, match="“J” has no rule"):
        overwritten_by_closure("J")


def both(day):
    return [Session(day, Half.AM), Session(day, Half.PM)]


def term_of(day):
    return "Autumn" if day < date(2027, 1, 1) else "Spring"


def test_a_year_is_terms_of_weeks_of_days_of_two_squares():
    friday, next_monday, spring = date(2026, 12, 18), date(2026, 12, 21), date(2027, 1, 5)
    sessions = [*both(next_monday), Session(friday, Half.PM), *both(spring)]
    marks = {Session(friday, Half.PM): "\\", Session(spring, Half.AM): "I"}
    autumn, later = year_grid(sessions, marks, term_of)
    assert [week.monday for week in autumn.weeks] == [date(2026, 12, 14), next_monday]
    ((last_friday,), (monday,)) = (week.days for week in autumn.weeks)
    assert last_friday.am is None
    assert last_friday.pm.code == "\\"
    assert (monday.am.code, monday.pm.code) == (None, None)
    assert later.term == "Spring"
    assert [(pair.day, pair.am.code) for pair in later.weeks[0].days] == [(spring, "I")]


offsets = st.lists(st.tuples(st.integers(0, 300), st.sampled_from(list(Half))), unique=True)


@given(offsets=offsets)
def test_every_session_has_one_square_in_order_and_none_is_made_up(offsets):
    sessions = [Session(date(2026, 9, 1) + timedelta(days=n), half) for n, half in offsets]
    marks = dict.fromkeys(sessions[::2], "/")
    boxes = [
        box
        for term in year_grid(sessions, marks, term_of)
        for week in term.weeks
        for pair in week.days
        for box in (pair.am, pair.pm)
        if box
    ]
    assert [box.session for box in boxes] == sorted(sessions)
    assert {box.session: box.code for box in boxes if box.code} == marks
