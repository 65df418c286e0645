"""Entries are only added: what was known stays known, and gaps are found."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register import MarkEntry, as_known_on, problems_in
from tests.core.register.cases import MONDAY, instant

NINE = instant(MONDAY, "09:00")
MORNING = Session(MONDAY, Half.AM)
AFTERNOON = Session(MONDAY, Half.PM)


def entry(version, code, minutes, *, pupil=1, session=MORNING):
    return MarkEntry(pupil, session, version, code, NINE + timedelta(minutes=minutes))


@st.composite
def ledgers(draw):
    """Entries as a register writes them: for each place versions 1, 2, 3 at times that never go back."""
    entries = []
    for pupil in (1, 2):
        for session in (MORNING, AFTERNOON):
            minutes = sorted(draw(st.lists(st.integers(0, 300), max_size=4)))
            codes = draw(st.lists(st.sampled_from("/LNIO"), min_size=4, max_size=4))
            entries += [
                entry(n, code, at, pupil=pupil, session=session)
                for n, (at, code) in enumerate(zip(minutes, codes, strict=False), start=1)
            ]
    return draw(st.permutations(entries))


@pytest.mark.clause("M-4.1e")
def test_the_mark_as_it_was_known_at_any_moment():
    entries = [entry(1, "N", 20), entry(2, "L", 25), entry(3, "I", 200)]
    known = [as_known_on(entries, NINE + timedelta(minutes=at)) for at in (19, 20, 199, 200)]
    assert [{place: e.code for place, e in moment.items()} for moment in known] == [
        {},
        {(1, MORNING): "N"},
        {(1, MORNING): "L"},
        {(1, MORNING): "I"},
    ]


@pytest.mark.clause("M-4.1e")
@given(ledger=ledgers(), at=st.integers(0, 300))
def test_adding_entries_never_changes_what_was_known_before(ledger, at):
    moment = NINE + timedelta(minutes=at)
    by_then = [e for e in ledger if e.at <= moment]
    assert as_known_on(by_then, moment) == as_known_on(ledger, moment)


@pytest.mark.clause("M-4.1e")
@given(ledger=ledgers())
def test_the_first_entry_is_never_lost(ledger):
    """Replayed at the time of each first entry, it is there, whatever was entered after it."""
    for first in (e for e in ledger if e.version == 1):
        tied = [e for e in ledger if e.place == first.place and e.at == first.at]
        assert as_known_on(ledger, first.at)[first.place] == max(tied, key=lambda e: e.version)


@given(ledger=ledgers())
def test_a_ledger_as_registers_write_it_has_no_problems(ledger):
    assert problems_in(ledger) == ()


@given(ledger=ledgers().filter(lambda entries: any(e.version > 1 for e in entries)), data=st.data())
def test_taking_out_an_entry_that_others_follow_is_found(ledger, data):
    followed = [e for e in ledger if any(o.place == e.place and o.version > e.version for o in ledger)]
    gone = data.draw(st.sampled_from(followed))
    (problem,) = problems_in([e for e in ledger if e != gone])
    assert problem.startswith(f"Pupil {gone.pupil}, 14 September 2026 {gone.session.half}: versions ")


def test_times_that_go_back_and_versions_used_twice_are_found():
    assert problems_in([entry(1, "N", 30), entry(2, "I", 20)]) == (
        "Pupil 1, 14 September 2026 AM: version 2 was entered before version 1.",
    )
    assert problems_in([entry(1, "N", 20), entry(1, "/", 20)]) == (
        "Pupil 1, 14 September 2026 AM: versions 1, 1 where 1, 2 were expected.",
    )
