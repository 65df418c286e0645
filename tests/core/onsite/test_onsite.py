"""Who is in the building: case by case, and what always holds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.onsite import (
    OUTWARD,
    Adult,
    Confirmation,
    Crossing,
    CrossingKind,
    Leaving,
    Place,
    Seen,
    Voice,
    fault_in,
    release_fault,
    standing,
    where_is,
)
from tests.core.case_data import cases

TUESDAY = date(2026, 9, 15)
CODES = code_set_on(TUESDAY)
OPEN = {Half.AM: ("08:50", "09:20"), Half.PM: ("13:10", "13:40")}
RESTRICTED = ("Carl Dean",)


def instant(clock: str) -> datetime:
    return london_instant(TUESDAY, time.fromisoformat(clock))


def seen(half: Half, letter: str | None, arrived: str = "") -> Seen:
    opens, closes = map(instant, OPEN[half])
    here = instant(arrived) if arrived else opens if letter and CODES[letter].on_site else None
    return Seen(Session(TUESDAY, half), opens, closes, letter is not None, letter or None, here)


def went(told: list[str]) -> tuple[Crossing, ...]:
    """'11:40 signed out' and the like, recorded in the order given."""
    parts = (one.split(" ", 1) for one in told)
    return tuple(Crossing(n, CrossingKind(kind), instant(at)) for n, (at, kind) in enumerate(parts, 1))


@pytest.mark.clause("O-B-3.1.1", "O-B-10.2")
@pytest.mark.parametrize("case", cases("onsite.toml", "where"))
def test_where_a_pupil_is(case):
    day = (seen(Half.AM, case.get("am"), case.get("arrived", "")), seen(Half.PM, case.get("pm")))
    found = where_is(day, went(case.get("went", [])), codes=CODES, now=instant(case["at"]))
    assert found.place == case["where"]


@pytest.mark.parametrize("case", cases("onsite.toml", "day"))
def test_what_cannot_be_at_the_gate(case):
    fault = fault_in(standing(went(case["went"])), now=instant("15:00"))
    assert (fault.about if fault else "") == case["fault"]


ADULTS = {
    "listed": Adult("Grace Adeyemi", listed=True, may_collect=True),
    "known": Adult("Ben Adeyemi", listed=True),
    "restricted": Adult("Carl Dean", listed=True, may_collect=True, restriction="must not collect"),
    "stranger": Adult("Mrs Penn"),
    "nobody": None,
}
VOICES = {"parent": (Voice.PARENT, "Grace Adeyemi"), "staff": (Voice.STAFF, "Jo Marsh")}


@pytest.mark.clause("O-B-6.2.2", "O-B-9")
@pytest.mark.parametrize("case", cases("onsite.toml", "leaving"))
def test_with_whom_a_child_may_leave(case):
    adult = ADULTS.get(case["adult"], Adult(case["adult"])) if case["adult"] != "nobody" else None
    voice = VOICES.get(case.get("confirmed", ""))
    confirmation = Confirmation(*voice, case["how"]) if voice else None
    fault = release_fault(Leaving(adult, confirmation), RESTRICTED)
    assert (fault.about if fault else "") == case["about"]


def test_a_restricted_parent_confirms_nothing():
    given_by_him = Confirmation(Voice.PARENT, "Carl Dean", "he rang")
    fault = release_fault(Leaving(Adult("Mrs Penn"), given_by_him), RESTRICTED)
    assert fault is not None
    assert (fault.about, fault.fetch) == ("confirmed", True)


# What always holds.

kinds = st.sampled_from([kind for kind in CrossingKind if kind is not CrossingKind.MISTAKE])
minutes = st.integers(0, 600).map(lambda minute: instant("08:00") + timedelta(minutes=minute))
letters = st.sampled_from([None, "", *[letter for letter in CODES if CODES[letter].halves != {Half.PM}]])


@st.composite
def days(draw) -> tuple[Seen, ...]:
    return tuple(seen(half, draw(letters)) for half in Half)


@st.composite
def recorded(draw) -> tuple[Crossing, ...]:
    """Crossings as people record them, some correcting others."""
    rows: list[Crossing] = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        free = {row.number for row in rows} - {row.replaces for row in rows}
        replaces = draw(st.sampled_from([None, *sorted(free)]))
        kind = draw(st.sampled_from(CrossingKind)) if replaces else draw(kinds)
        rows.append(Crossing(number, kind, draw(minutes), replaces))
    return tuple(rows)


@given(day=days(), rows=recorded(), now=minutes, order=st.randoms())
def test_it_depends_on_marks_and_crossings_alone_and_not_on_the_order_they_are_read_in(day, rows, now, order):
    shuffled = list(rows)
    order.shuffle(shuffled)
    found = where_is(day, rows, codes=CODES, now=now)
    assert found == where_is(day, shuffled, codes=CODES, now=now)
    assert found.place in Place


@given(day=days(), rows=recorded(), now=minutes)
def test_what_has_not_happened_yet_changes_nothing(day, rows, now):
    later = Crossing(len(rows) + 1, CrossingKind.SIGNED_OUT, now + timedelta(minutes=1), None)
    assert where_is(day, rows, codes=CODES, now=now) == where_is(day, (*rows, later), codes=CODES, now=now)


@given(day=days(), rows=recorded(), now=minutes)
def test_the_last_crossing_after_the_registers_decides(day, rows, now):
    at = max(instant("13:10"), now)
    out = Crossing(len(rows) + 1, CrossingKind.SIGNED_OUT, at)
    later = [row for row in standing(rows) if row.at > at]
    if not later:
        found = where_is(day, (*rows, out), codes=CODES, now=at)
        assert found.place is Place.OUT
        assert found.crossing == out


@given(rows=recorded())
def test_a_mistake_takes_back_what_it_names_and_nothing_else(rows):
    for row in standing(rows):
        taken_back = Crossing(len(rows) + 1, CrossingKind.MISTAKE, row.at, row.number)
        assert standing((*rows, taken_back)) == tuple(one for one in standing(rows) if one != row)


@given(rows=recorded())
def test_where_nothing_is_wrong_nobody_is_out_twice(rows):
    held = standing(rows)
    if fault_in(held, now=instant("23:00")) is None:
        outs = [row.kind in OUTWARD for row in held]
        assert not any(first and second for first, second in pairwise(outs))


@given(name=st.text(min_size=1, max_size=20), how=st.text(max_size=20), voice=st.sampled_from(Voice))
def test_a_restriction_is_never_talked_round(name, how, voice):
    restricted = Adult(name, listed=True, may_collect=True, restriction="by order of the court")
    fault = release_fault(Leaving(restricted, Confirmation(voice, "Jo Marsh", how)))
    assert fault is not None
    assert fault.fetch
