"""Times, spans, amounts and periods as people write them."""

from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.policy.values import (
    Unit,
    parse_amount,
    parse_date,
    parse_month_day,
    parse_period,
    parse_pounds,
    parse_span,
    parse_time,
)
from allpresent.core.policy.year_groups import YEAR_GROUPS, parse_year_groups
from tests.core.case_data import cases

FILE = "policy_values.toml"
READERS = {
    "time": parse_time,
    "span": parse_span,
    "amount": parse_amount,
    "period": parse_period,
    "month day": parse_month_day,
    "date": parse_date,
    "pounds": parse_pounds,
}


@pytest.mark.parametrize("case", cases(FILE, "time"))
def test_a_time(case):
    assert parse_time(case["text"]) == case["read"]


@pytest.mark.parametrize("case", cases(FILE, "span"))
def test_a_span(case):
    assert parse_span(case["text"]) == (case["read"][0], Unit(case["read"][1]))


@pytest.mark.parametrize("case", cases(FILE, "amount"))
def test_an_amount(case):
    assert parse_amount(case["text"]) == (Decimal(case["read"][0]), case["read"][1])


@pytest.mark.parametrize("case", cases(FILE, "period"))
def test_a_period(case):
    assert str(parse_period(case["text"])) == case["read"]


@pytest.mark.parametrize("case", cases(FILE, "date"))
def test_a_date(case):
    assert parse_date(case["text"]) == case["read"]


@pytest.mark.parametrize("case", cases(FILE, "years"))
def test_year_groups(case):
    assert parse_year_groups(case["text"]) == tuple(case["read"])


@given(st.sampled_from(YEAR_GROUPS), st.sampled_from(YEAR_GROUPS))
def test_a_stretch_of_year_groups_holds_both_its_ends_and_nothing_outside(one, other):
    first, last = sorted((one, other), key=YEAR_GROUPS.index)
    found = parse_year_groups(f"{first} to {last}")
    assert (found[0], found[-1]) == (first, last)
    assert len(found) == YEAR_GROUPS.index(last) - YEAR_GROUPS.index(first) + 1


@pytest.mark.parametrize("case", cases(FILE, "refused"))
def test_what_is_refused_is_quoted(case):
    with pytest.raises(ValueError, match=case["text"].replace("$", r"\$")):
        READERS[case["kind"]](case["text"])


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.sampled_from(["%H:%M", "%H.%M", "%I:%M%p"]))
def test_any_time_reads_back(when: time, way):
    assert parse_time(when.strftime(way)) == when
