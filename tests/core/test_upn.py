"""Pupil numbers, against public test vectors and python-stdnum."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as stdnum_upn

from allpresent.core.roll.upn import LETTERS, Upn, UpnPart, authority_codes, check_letter, check_upn
from tests.shared_data import shared

authorities = st.sampled_from(sorted(authority_codes()))
digits = st.text("0123456789", min_size=8, max_size=8)
last = st.sampled_from(LETTERS + "0123456789")
tails = st.builds(lambda authority, middle, end: authority + middle[:8] + end, authorities, digits, last)
valid_upns = tails.map(lambda tail: check_letter(tail) + tail)

with shared("data", "upn_vectors.csv").open(encoding="utf-8", newline="") as lines:
    VECTORS = list(csv.DictReader(lines))

WORKED = {
    "201100018042": "R",
    "20110001804V": "T",
    "801200001001": "H",
    "999199900001": "N",
    "865300025001": "N",
    "926500024017": "E",
    "92650002401A": "F",
}
"""Check letters worked from DfE's test service and its tests (data standards facts, section 1)."""


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["upn"])
def test_every_public_vector(row):
    found = check_upn(row["upn"])
    if row["expected"] == "invalid":
        assert found.part == row["failing_part"]
        return
    assert isinstance(found, Upn)
    assert found.text == row["upn"]
    assert found.authority_known == (row["expected"] == "valid")
    assert bool(found.warning) == (row["expected"] == "valid_check_letter")


@pytest.mark.parametrize(("tail", "letter"), WORKED.items())
def test_worked_check_letters(tail, letter):
    assert check_letter(tail) == letter


@given(valid_upns)
def test_agrees_with_stdnum_on_good_numbers(upn):
    in_stdnum = int(upn[1:4]) in stdnum_upn._la_numbers
    found = check_upn(upn)
    assert isinstance(found, Upn)
    assert found.authority_known
    assert stdnum_upn.is_valid(upn) == in_stdnum


@given(st.text("ABIOSVZ0129", min_size=11, max_size=14) | tails.map(lambda tail: "A" + tail))
def test_agrees_with_stdnum_on_any_text(text):
    ours = check_upn(text)
    allowed = isinstance(ours, Upn) and int(ours.authority) in stdnum_upn._la_numbers
    assert allowed == stdnum_upn.is_valid(text)


def test_the_authority_list_holds_all_of_stdnum_and_the_authorities_since():
    codes = {int(code) for code in authority_codes()}
    assert codes - stdnum_upn._la_numbers == {838, 839, 940, 941, 942, 943}
    assert stdnum_upn._la_numbers <= codes


@given(valid_upns, st.integers(1, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_seen(upn, place, digit):
    changed = upn[:place] + digit + upn[place + 1 :]
    found = check_upn(changed)
    assert (isinstance(found, Upn)) == (changed == upn)


@given(valid_upns)
def test_case_and_spaces_are_forgiven(upn):
    assert check_upn(f" {upn[:4].lower()} {upn[4:].lower()} ") == check_upn(upn)


@given(valid_upns)
def test_a_temporary_number_ends_in_a_letter(upn):
    assert check_upn(upn).temporary == upn[-1].isalpha()


def test_a_wrong_letter_names_the_one_expected():
    problem = check_upn("A201100018042")
    assert (problem.part, problem.expected_letter) == (UpnPart.CHECK_LETTER, "R")
    assert problem.message == "A201100018042 should start with R: check every character."


@pytest.mark.parametrize("upn", ["R20110001804", "R2011000180422", ""])
def test_thirteen_characters(upn):
    assert check_upn(upn).part is UpnPart.LENGTH


@pytest.mark.parametrize("letter", "IOS7")
def test_a_number_starts_with_a_check_letter(letter):
    assert check_upn(letter + "201100018042").expected_letter == "R"


def test_authorities_may_be_handed_in():
    assert not check_upn("R201100018042", frozenset({"865"})).authority_known
    assert check_upn("R201100018042", frozenset({"201"})).authority_known


def test_no_check_letter_without_twelve_good_characters():
    with pytest.raises(ValueError, match="eleven digits"):
        check_letter("2011000180")
