"""Merge fields: what is declared and given, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.messages.merge import MergeProblem, fields_in, merged
from allpresent.core.messages.wording import BadWording, read_wordings

WORDS = "((pupil)) is not in school on (( day )). (Ring ((pupil))'s office.)"


def test_fields_are_found_once_each_in_order():
    assert fields_in(WORDS) == ("pupil", "day")


@pytest.mark.clause("M-3.2c")
def test_values_take_their_places():
    said = merged(WORDS, {"pupil": "Tolu", "day": "Tuesday"}, ("pupil", "day"))
    assert said == "Tolu is not in school on Tuesday. (Ring Tolu's office.)"


@pytest.mark.parametrize(
    ("values", "declared", "field"),
    [
        ({"pupil": "Tolu"}, ("pupil", "day"), "day"),
        ({"pupil": "Tolu", "day": " "}, ("pupil", "day"), "day"),
        ({"pupil": "Tolu", "day": "Tuesday", "upn": "A1"}, ("pupil", "day"), "upn"),
        ({"pupil": "Tolu"}, ("pupil",), "day"),
    ],
)
def test_a_field_missing_or_not_declared_is_named(values, declared, field):
    with pytest.raises(MergeProblem, match=rf"\(\({field}\)\)") as problem:
        merged(WORDS, values, declared)
    assert problem.value.field == field


@given(st.text(min_size=1).filter(str.strip))
def test_a_value_is_plain_text_and_never_merged_again(value):
    assert merged("<((a))>", {"a": value}, ("a",)) == f"<{value}>"


GOOD = 'key="a"\ntitle="A"\nchannels=["email"]\nsubject="S"\nbody="((b))"\nfields=["b"]\n'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key="a"', "", "missing or not known: key"),
        ('["b"]', '["b"]\ncolour="red"', "missing or not known: colour"),
        ('["email"]', '["pigeon"]', "'pigeon' is not a valid Channel; expected email, text, post"),
        ('fields=["b"]', 'fields=["c"]', r"\(\(b\)\) is not a field of this message. Its fields are: \(\(c\)\)"),
        ("((b))", "((b)", "Double brackets do not close"),
        ('subject="S"', 'subject=" "', "The subject needs some words"),
        ('["b"]', '["b", "Ü"]', "not a field's name: Ü"),
        ('title="A"', "title=", "messages.toml: "),
    ],
)
def test_a_wording_that_cannot_be_used_is_refused_with_its_place(old, new, says):
    assert read_wordings("[[template]]\n" + GOOD, "messages.toml")[0].fields == ("b",)
    with pytest.raises(BadWording, match=says):
        read_wordings("[[template]]\n" + GOOD.replace(old, new), "messages.toml")
