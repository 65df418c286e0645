"""What a policy has passed on about a session: to whom, on which clause, and never to somebody restricted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.codes import code_set_on
from allpresent.core.policy.layers import policy_on
from allpresent.core.policy.library import packaged_versions, with_followed
from allpresent.core.response import Person
from allpresent.core.sharing import Told, What, bodies, tellings

DAY = date(2026, 9, 15)
CODES = code_set_on(DAY)
MAGNUM = policy_on(DAY, with_followed(packaged_versions("magnum-opus")[-1]))
OGBOURNE = policy_on(DAY, with_followed(packaged_versions("ogbourne")[-1]))
MOTHER = Person("contact:1", "parent", "Grace", ("07700 900123",), "grace@example.org", lives_with=True)
FATHER = Person("contact:2", "parent", "Ivo", (), "ivo@example.org", restriction="No contact")
PLACE = Person("placement:3", "commissioner", "Thorn Edge", ("01603 555 020",), "desk@example.org")


def told(code: str | None, *, register_in: bool = True, people=(MOTHER, FATHER, PLACE), passed=None) -> Told:
    return Told(
        code=CODES[code] if code else None, register_in=register_in, year_group="9", circumstances=frozenset(),
        people=tuple(people), others=bodies(MAGNUM), passed=passed or {},
    )  # fmt: skip


def named(found) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(one.what.value, one.person.name): one.clauses for one in found}


@pytest.mark.clause("M-3.3b", "M-3.3c", "M-3.4b")
def test_a_commissioner_gets_the_marks_and_an_absence_is_said_by_them():
    assert named(tellings(MAGNUM, told("N"))) == {("marks", "Thorn Edge"): ("M-3.3c", "M-3.3b", "M-3.4b")}


@pytest.mark.clause("M-3.3e")
def test_a_late_arrival_goes_to_the_parent_and_the_inclusion_team_apart():
    found = named(tellings(MAGNUM, told("L")))
    assert found[("late arrival", "Grace")] == ("M-3.3e",)
    assert found[("late arrival", "inclusion team")] == ("M-3.3e",)
    assert ("late arrival", "Thorn Edge") not in found
    assert "M-3.3e" in found[("marks", "Thorn Edge")]


@pytest.mark.clause("M-3.3e")
def test_a_late_arrival_after_the_marks_went_is_told_apart():
    found = named(tellings(MAGNUM, told("L", passed={PLACE.ref: CODES["N"]})))
    assert ("late arrival", "Thorn Edge") in found
    assert ("marks", "Thorn Edge") not in found


@pytest.mark.clause("M-3.3c")
def test_marks_wait_for_their_register():
    [one] = tellings(MAGNUM, told(None, register_in=False))
    assert (one.what, one.ready) == (What.MARKS, False)


def test_a_pupil_whom_nobody_placed_has_no_marks_to_pass_on():
    assert tellings(MAGNUM, told("N", people=[MOTHER])) == ()


@given(st.sampled_from(sorted(CODES)), st.booleans(), st.sampled_from([MAGNUM, OGBOURNE]))
def test_nobody_restricted_is_told_and_each_telling_names_its_clause(code, register_in, policy):
    found = tellings(policy, told(code, register_in=register_in))
    assert not any(one.person.restriction for one in found)
    assert all(one.clauses for one in found)
    keys = [(one.what, one.person.ref) for one in found]
    assert len(keys) == len(set(keys))
