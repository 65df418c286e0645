"""Figures: the worked examples, and what must hold for any marks at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.codes import UnknownCode, code_set_on, newest_code_set
from allpresent.core.figures import (
    Figure,
    band_of,
    bands,
    enrolment_weighted_percent,
    one_decimal,
    percent,
    tally,
    tally_dated,
    total,
)
from tests.core.case_data import cases

CODES = newest_code_set()
PERCENTAGES = ("attendance_percent", "absence_percent", "authorised_percent", "unauthorised_percent")
marks = st.lists(st.sampled_from(list(CODES)))
days = st.sampled_from([date(2010, 1, 4), date(2018, 1, 8), date(2023, 9, 11), date(2025, 9, 8)])
dated_marks = st.lists(
    days.flatmap(lambda day: st.sampled_from(list(code_set_on(day))).map(lambda letter: (day, letter)))
)


@pytest.mark.clause("M-4.1d")
@pytest.mark.parametrize("case", cases("figures.toml", "tally"))
def test_marks_give_the_figure(case):
    figure = tally(case["marks"], code_set_on(case["on"]))
    assert figure == Figure(**case["figure"])
    assert figure.attendance_percent == case["attendance_percent"]
    assert figure.persistent == case.get("persistent", figure.persistent)
    assert figure.severe == case.get("severe", figure.severe)


@pytest.mark.clause("O-B-11.1", "O-B-13")
@pytest.mark.parametrize("case", cases("figures.toml", "nothing_possible"))
def test_where_nothing_was_possible_there_is_no_percentage(case):
    figure = tally(case["marks"], code_set_on(case["on"]))
    assert figure == Figure()
    assert [getattr(figure, name) for name in PERCENTAGES] == [None] * 4
    assert (figure.persistent, figure.severe, band_of(figure)) == (None, None, None)
    assert bands([figure]).enrolments == 0


@pytest.mark.parametrize("case", cases("figures.toml", "dated"))
def test_marks_that_span_dates_are_each_read_with_their_own_days_meaning(case):
    assert tally_dated((day, letter) for day, letter in case["marks"]) == Figure(**case["figure"])


@pytest.mark.clause("O-A-5.1", "M-1b")
@pytest.mark.parametrize("case", cases("figures.toml", "absentee"))
def test_persistent_and_severe_absence_are_exact(case):
    figure = tally({"/": case["possible"] - case["absent"], "I": case["absent"]}, CODES)
    assert (figure.persistent, figure.severe) == (case["persistent"], case["severe"])
    assert (bands([figure]).persistent, bands([figure]).severe) == (case["persistent"], case["severe"])
    assert one_decimal(figure.absence, figure.possible) == case["shown"]


@pytest.mark.parametrize("case", cases("figures.toml", "dfe_page"))
def test_the_page_that_dfe_printed(case):
    figure = tally(case["counts"], CODES)
    for name in ("present", "approved_activity", "attendance", "possible"):
        assert getattr(figure, name) == case[name]
    assert f"{figure.attendance_percent:.2f}" == case["attendance_percent"]


@pytest.mark.parametrize("letter", ["J", "", "-", "l"])
def test_what_is_not_a_code_of_the_set_is_never_counted(letter):
    with pytest.raises(UnknownCode):
        tally(["/", letter], CODES)


def test_a_mark_from_before_the_first_codes_is_refused():
    with pytest.raises(UnknownCode, match="No codes are held"):
        tally_dated([(date(2001, 1, 8), "/")])


def test_a_figure_whose_parts_disagree_cannot_be_made():
    with pytest.raises(ValueError, match="do not add up"):
        Figure(present=1, attendance=2, possible=2)


def test_no_possible_sessions_and_no_enrolments_give_no_rate():
    assert percent(0, 0) is None
    assert one_decimal(0, 0) is None
    assert enrolment_weighted_percent([]) is None
    assert (bands([]).persistent_percent, bands([]).severe_percent) == (None, None)


@given(marks)
def test_the_parts_add_up_to_what_was_possible(marks):
    figure = tally(marks, CODES)
    assert figure.possible == sum(CODES[letter].possible for letter in marks)
    assert figure.present + figure.approved_activity == figure.attendance
    assert figure.authorised + figure.unauthorised == figure.absence
    assert figure.attendance + figure.absence == figure.possible
    assert figure.late == marks.count("L") + marks.count("U")


@given(marks, st.randoms())
def test_order_does_not_matter(marks, random):
    shuffled = random.sample(marks, len(marks))
    assert tally(shuffled, CODES) == tally(marks, CODES)


@given(st.lists(marks))
def test_the_figure_of_a_whole_is_the_sum_of_its_groups(groups):
    whole = [letter for group in groups for letter in group]
    assert total(tally(group, CODES) for group in groups) == tally(whole, CODES)


@given(dated_marks)
def test_dated_marks_count_as_each_days_marks_do(marks):
    apart = [tally([letter], code_set_on(day)) for day, letter in marks]
    assert tally_dated(marks) == total(apart)


@given(st.integers(0, 400), st.integers(1, 400))
def test_percentages_lie_between_0_and_100_and_agree(absent, attended):
    figure = tally({"O": absent, "V": attended}, CODES)
    assert 0 <= figure.absence_percent <= 100
    assert figure.absence_percent + figure.attendance_percent == pytest.approx(100, abs=1e-12)
    assert figure.unauthorised_percent == figure.absence_percent
    assert figure.authorised_percent == 0
    assert abs(float(one_decimal(absent, figure.possible)) - figure.absence_percent) <= 0.05 + 1e-12


@given(st.integers(0, 400), st.integers(0, 400))
def test_bands_and_thresholds_never_disagree(absent, attended):
    figure = tally({"O": absent, "/": attended}, CODES)
    counted = bands([figure, figure])
    assert counted.persistent == 2 * bool(figure.persistent)
    assert counted.severe == 2 * bool(figure.severe)
    assert counted.enrolments == 2 * bool(figure.possible)
    assert not figure.severe or figure.persistent


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_band_is_that_of_the_exact_percentage(absent, possible):
    absent = min(absent, possible)
    band = band_of(tally({"O": absent, "/": possible - absent}, CODES))
    assert 5 * band * possible <= 100 * absent
    assert band == 10 or 100 * absent < 5 * (band + 1) * possible
