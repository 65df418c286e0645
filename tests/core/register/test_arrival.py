"""The mark an arrival earns, minute by minute."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.codes import code_set_on
from allpresent.core.register import ArrivalCode, Fault, RegisterState, code_for_arrival, register_state
from tests.core.register.cases import MONDAY, cases, half_of, instant, named, window

CODES = code_set_on(MONDAY)
WINDOWS = ("magnum_opus_morning", "magnum_opus_afternoon", "ogbourne_morning", "ogbourne_afternoon")
clocks = st.times(time(6), time(16))


def arrival(name, at, *, day=MONDAY, better=None, current=None):
    return code_for_arrival(
        window(name),
        MONDAY,
        instant(day, at),
        half=half_of(name),
        better_reason=better,
        codes=CODES,
        current=current,
    )


@pytest.mark.clause("M-4.1c", "M-4.4a", "O-B-3.1.4", "O-B-3.1.8", "O-B-3.1.9")
@pytest.mark.parametrize("case", cases("arrivals"), ids=named)
def test_arrival(case):
    day = case.get("arrived_on", MONDAY)
    found = arrival(case["window"], case["at"], day=day, better=case.get("better"), current=case.get("current"))
    if "fault" in case:
        assert isinstance(found, Fault)
        assert found.kind == case["fault"]
    else:
        assert isinstance(found, ArrivalCode)
        assert (found.letter, found.minutes_late) == (case["code"], case.get("minutes"))


def test_the_mark_names_its_clause_and_its_paragraph():
    found = arrival("ogbourne_morning", "09:05")
    assert found.sources == ("O-B-3.1.5", "R24 reg 10(2)")
    assert "09:05" in found.why


@given(one=clocks, other=clocks, name=st.sampled_from(WINDOWS))
def test_a_later_arrival_never_earns_a_better_mark(one, other, name):
    order = {"/": 0, "\\": 0, "L": 1, "U": 2}
    earlier, later = (arrival(name, clock.isoformat()) for clock in sorted((one, other)))
    if isinstance(earlier, Fault):
        assert isinstance(later, Fault)
    elif isinstance(later, ArrivalCode):
        assert order[earlier.letter] <= order[later.letter]
        assert (earlier.minutes_late or 0) <= (later.minutes_late or 0)


@given(clock=clocks, name=st.sampled_from(WINDOWS))
def test_the_state_of_the_register_and_the_mark_of_an_arrival_agree(clock, name):
    """Open while an arrival is on time, late while it earns L: the page never says one and does the other."""
    now = instant(MONDAY, clock.isoformat())
    taken = datetime.combine(MONDAY, time(5), now.tzinfo)
    state = register_state(window(name), MONDAY, now=now, submitted_at=taken).state
    found = arrival(name, clock.isoformat())
    letter = found.letter if isinstance(found, ArrivalCode) else None
    assert (state is RegisterState.LATE) == (letter == "L")
    assert (state in (RegisterState.BEFORE, RegisterState.OPEN)) == (letter in ("/", "\\"))
