"""Small numbers: what is withheld cannot be worked out from what is shown."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allpresent.core.figures.small import limit_on, shown_line, shown_table
from tests.core.case_data import cases

BELOW = 5
few = st.one_of(st.integers(0, 6), st.integers(0, 60))
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(few, min_size=width, max_size=width), min_size=1, max_size=3)
)


@pytest.mark.parametrize("case", cases("small_numbers.toml", "line"))
def test_a_line_with_its_total(case):
    shown = shown_line(case["counts"], case["below"])
    assert ["-" if count is None else count for count in shown] == case["shown"]


@pytest.mark.parametrize("case", cases("small_numbers.toml", "table"))
def test_a_table_with_its_totals(case):
    shown = shown_table(case["counts"], case["below"])
    assert [["-" if count is None else count for count in row] for row in shown] == case["shown"]


@settings(deadline=None)
@given(tables)
def test_what_is_shown_is_true_and_no_small_count_is_among_it(counts):
    whole = with_totals(counts)
    for row, line in enumerate(shown_table(counts, BELOW)):
        for column, count in enumerate(line):
            assert count in (None, whole[row][column])
            assert count is None or count == 0 or count >= BELOW


@settings(deadline=None)
@given(tables)
def test_no_withheld_count_can_be_worked_out(counts):
    """Each could be another number: some other table with the same shown counts has another in its place."""
    shown = shown_table(counts, BELOW)
    others = tuple(tables_that_look_so(shown, with_totals(counts)))
    for row, column in places(shown):
        if shown[row][column] is None:
            assert len({other[row][column] for other in others}) > 1


@settings(deadline=None)
@given(st.lists(few, min_size=1, max_size=6))
def test_nor_one_of_a_single_line(counts):
    shown, whole = shown_line(counts, BELOW), [*counts, sum(counts)]
    others = tuple(other[0] for other in tables_that_look_so([shown], [whole]))
    for place, count in enumerate(shown):
        assert count is not None or len({other[place] for other in others}) > 1


@settings(deadline=None)
@given(tables)
def test_nothing_is_withheld_where_nothing_is_small(counts):
    plenty = [[count * BELOW for count in row] for row in counts]
    assert shown_table(plenty, BELOW) == with_totals(plenty)


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[6, -1]]])
def test_what_is_no_table_is_refused(counts):
    with pytest.raises(ValueError, match="rows of one length"):
        shown_table(counts, BELOW)


def test_the_limit_is_dated():
    assert limit_on(date(2026, 9, 15)) == 5
    with pytest.raises(ValueError, match="first is of 2024"):
        limit_on(date(2020, 1, 1))


def with_totals(counts):
    rows = [(*row, sum(row)) for row in counts]
    return (*rows, tuple(map(sum, zip(*rows, strict=True))))


def places(table):
    return [(row, column) for row, line in enumerate(table) for column in range(len(line))]


def tables_that_look_so(shown, whole):
    """Tables within 1 of the true one in every count that add up, look the same, and withhold no nought."""
    inner = [row[:-1] for row in whole[:-1]] or [whole[0][:-1]]
    free = [(row, column) for row, column in places(inner) if shown[row][column] is None]
    for steps in product((-1, 0, 1), repeat=len(free)):
        step = dict(zip(free, steps, strict=True))
        counts = [[n + step.get((row, column), 0) for column, n in enumerate(line)] for row, line in enumerate(inner)]
        other = with_totals(counts)[: len(shown)]
        if all(_looks(shown[row][column], other[row][column]) for row, column in places(shown)):
            yield other


def _looks(shown, count):
    return count >= 1 if shown is None else count == shown
