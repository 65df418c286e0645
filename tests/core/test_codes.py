"""The national codes: which are in force, what each means, how they are read and refused."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import (
    EnteredBy,
    Statistical,
    UnknownCode,
    all_codes,
    code_set_on,
    newest_code_set,
    read_code,
)
from tests.core.case_data import cases

DAY = timedelta(days=1)
FIRST = date(2006, 9, 1)
EDGES = sorted({row.begins for row in all_codes()} | {row.ends for row in all_codes() if row.ends})
any_day = st.dates(FIRST, date(2100, 1, 1)) | st.sampled_from(EDGES)


@pytest.mark.clause("M-App1", "O-App1")
@pytest.mark.parametrize("case", cases("codes.toml", "in_force"))
def test_the_34_codes_are_those_of_the_appendix_in_its_order(case):
    assert list(code_set_on(case["on"])) == case["letters"]
    assert list(newest_code_set()) == case["letters"]


@pytest.mark.clause("M-4.1d", "M-4.1f", "M-5.1g", "O-B-6.5.1", "O-B-11.1", "O-B-12.4")
@pytest.mark.parametrize("case", cases("codes.toml", "classes"))
def test_every_code_counts_in_its_class(case):
    codes = code_set_on(case["on"])
    assert {kind: sorted(codes.by_class(kind)) for kind in Statistical} == {
        kind: sorted(case[kind]) for kind in Statistical
    }


@pytest.mark.parametrize("case", cases("codes.toml", "meaning"))
def test_law_premises_and_lateness_are_apart_from_statistics(case):
    codes = newest_code_set()
    assert _letters(codes, lambda code: code.on_site) == case["on_site"]
    assert _letters(codes, lambda code: code.late) == case["late"]
    assert _letters(codes, lambda code: code.halves == {Half.AM}) == case["morning_only"]
    assert _letters(codes, lambda code: code.halves == {Half.PM}) == case["afternoon_only"]
    assert _letters(codes, lambda code: code.table == 1) == case["table_1"]
    assert _letters(codes, lambda code: code.table == 2) == case["table_2"]
    assert _letters(codes, lambda code: code.table is None) == case["no_table"]
    assert _letters(codes, lambda code: ("nature", True) in _details(code)) == case["needs_nature"]


def test_an_arrival_after_the_register_closed_needs_its_time():
    assert ("arrived_at", True) in _details(newest_code_set()["U"])


@pytest.mark.parametrize("case", cases("codes.toml", "offered"))
@pytest.mark.parametrize("half", Half)
def test_codes_offered_to_a_level_of_right(case, half):
    offered = newest_code_set().offered_to(EnteredBy[case["level"]], half)
    assert [code.letter for code in offered] == case[half]


@pytest.mark.parametrize("case", cases("codes.toml", "head_only"))
def test_the_office_may_enter_all_but_leave_and_what_the_calendar_and_admissions_enter(case):
    offered = {
        level: {code.letter for half in Half for code in newest_code_set().offered_to(level, half)}
        for level in EnteredBy
    }
    assert offered[EnteredBy.HEAD] - offered[EnteredBy.OFFICE] == set(case["letters"])
    assert offered[EnteredBy.OFFICE] < offered[EnteredBy.HEAD]
    assert set(newest_code_set()) - offered[EnteredBy.HEAD] == {"Y4", "#", "Z"}


@pytest.mark.parametrize("case", cases("codes.toml", "read"))
def test_a_code_is_read_with_its_own_days_meaning(case):
    code = read_code(case["text"], case["on"])
    assert code.letter == case["text"].strip().upper()
    assert code.statistical == case["statistical"]


@pytest.mark.parametrize("case", cases("codes.toml", "refused"))
def test_what_is_not_a_code_is_refused_in_words(case):
    with pytest.raises(UnknownCode) as refusal:
        read_code(case["text"], case["on"])
    assert [words for words in case["says"] if words not in str(refusal.value)] == []


def test_a_code_set_refuses_like_a_mapping_and_in_words():
    codes = newest_code_set()
    assert "J" not in codes
    assert codes.get("J") is None
    with pytest.raises(KeyError) as refusal:
        codes["J"]
    assert "J was retired on 19 August 2024; use J1" in str(refusal.value)


def test_extended_holiday_is_still_read_after_2014_but_offered_to_nobody():
    half_offered = [code_set_on(date(2014, 10, 1)).offered_to(level, Half.AM) for level in EnteredBy]
    assert "F" not in {code.letter for offered in half_offered for code in offered}
    assert read_code("F", date(2023, 9, 11)).statistical is Statistical.AUTH


def test_no_letter_has_two_meanings_on_one_day_and_every_row_cites_its_source():
    for code in all_codes():
        others = [row for row in all_codes() if row.letter == code.letter and row is not code]
        assert not any(row.in_force_on(code.begins) for row in others), code
        assert code.ends is None or code.begins <= code.ends, code
        assert code.source, code


@given(any_day)
def test_a_set_holds_exactly_the_rows_in_force_and_is_shared_until_they_change(day):
    codes = code_set_on(day)
    assert set(codes.values()) == {row for row in all_codes() if row.in_force_on(day)}
    tomorrow = code_set_on(day + DAY)
    assert (tomorrow is codes) == (tomorrow.day != day + DAY)
    assert codes.day <= day


def test_a_code_is_in_force_on_its_first_and_last_day_and_no_further():
    for code in all_codes():
        assert code_set_on(code.begins)[code.letter] is code
        assert not code.in_force_on(code.begins - DAY)
        if code.ends:
            assert code_set_on(code.ends)[code.letter] is code
            assert code.in_force_on(code.ends)
            assert not code.in_force_on(code.ends + DAY)


def test_sets_change_only_where_their_codes_do():
    """Over every day of twenty years, a new set begins only when its rows are not those of the day before."""
    days = [FIRST + DAY * number for number in range(7500)]
    for before, after in pairwise(map(code_set_on, days)):
        assert (before is after) == (list(before.values()) == list(after.values()))


@given(any_day)
def test_the_three_questions_of_a_code_agree(day):
    for code in code_set_on(day).values():
        assert code.possible == (code.attendance != code.absence)
        assert not (code.attendance and code.absence)
        assert not code.present or code.attendance


@given(st.text(max_size=4), any_day)
def test_reading_gives_a_code_of_the_day_or_refuses(text, day):
    letter = text.strip().upper()
    if letter in code_set_on(day):
        assert read_code(text, day).letter == letter
    else:
        with pytest.raises(UnknownCode, match=r"\w+"):
            read_code(text, day)


def _letters(codes, wanted):
    return [code.letter for code in codes.values() if wanted(code)]


def _details(code):
    return {(detail.key, detail.required) for detail in code.detail}
