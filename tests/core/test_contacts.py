"""Emergency contacts against the law and the two policies' rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.roll.contacts import Contact, ContactRule, contacts_shortfall
from tests.core.case_data import cases

numbers = st.text("0123456789 ", max_size=6)
contacts = st.lists(
    st.builds(Contact, st.sampled_from("ABCD"), st.lists(numbers, max_size=2).map(tuple), st.booleans())
)


def check(case):
    held = [Contact(person, tuple(numbers), parent) for person, numbers, parent in case["contacts"]]
    found = contacts_shortfall(held, ContactRule(**case["rule"]))
    assert [shortfall.message for shortfall in found if shortfall.needed] == case["needed"]
    assert [shortfall.message for shortfall in found if not shortfall.needed] == case["liked"]


@pytest.mark.clause("M-3.5c")
@pytest.mark.parametrize("case", cases("contacts.toml", "numbers"))
def test_more_than_one_number(case):
    check(case)


@pytest.mark.clause("O-B-14.4")
@pytest.mark.parametrize("case", cases("contacts.toml", "people"))
def test_at_least_two_people_ideally_three(case):
    check(case)


@pytest.mark.parametrize("case", cases("contacts.toml", "parents"))
def test_a_number_for_each_parent_the_pupil_lives_with(case):
    check(case)


@given(contacts, numbers.filter(str.strip))
def test_one_more_person_with_a_number_never_adds_a_shortfall(held, number):
    rule = ContactRule(numbers=2, people=2, ideal_people=3)
    before = [s for s in contacts_shortfall(held, rule) if s.needed]
    after = [s for s in contacts_shortfall([*held, Contact("E", (number,))], rule) if s.needed]
    assert len(after) <= len(before)
