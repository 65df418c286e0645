"""Amending a mark: what it needs, and that the first entry stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register import (
    Amendment,
    CurrentMark,
    DayFacts,
    Problems,
    SubmittedMark,
    check_amendment,
)
from tests.core.register.cases import MONDAY, cases, named

CODES = code_set_on(MONDAY)
FACTS = DayFacts(compulsory_age=True, school_days_since=1, begun=True, reason_known=False, minutes_late_limit=30)


def amend(current, new, reason="Mother rang at 11", *, level=EnteredBy.OFFICE, facts=FACTS):
    session = Session(MONDAY, Half.AM)
    return check_amendment(current, new, reason, session=session, level=level, codes=CODES, facts=facts)


def facts_of(case):
    known = {key: case[key] for key in DayFacts._fields if key in case}
    return FACTS._replace(school_days_since=case.get("days", 1), **known)


@pytest.mark.clause("M-4.1e", "M-4.1g")
@pytest.mark.parametrize("case", cases("amendments"), ids=named)
def test_amendment(case):
    current = CurrentMark(7, "Sam Bright", case.get("current", "N"), 2, case.get("current_minutes"))
    new = SubmittedMark(7, case["new"], case.get("seen", 2), case.get("minutes"), case.get("detail", ""))
    level = EnteredBy[case.get("level", "office").upper()]
    found = amend(current, new, case.get("reason", "Mother rang at 11"), level=level, facts=facts_of(case))
    kinds = [problem.kind for problem in found.problems] if isinstance(found, Problems) else []
    assert kinds == case["problems"]


@pytest.mark.clause("M-4.1e")
def test_an_amendment_keeps_both_marks_and_the_reason():
    found = amend(CurrentMark(7, "Sam Bright", "N", 1), SubmittedMark(7, "I", 1, detail=" a cold "), " rang ")
    assert found == Amendment(7, Session(MONDAY, Half.AM), "N", "I", "rang", 2, None, "a cold")


def test_a_conflict_carries_both_marks():
    found = amend(CurrentMark(7, "Sam Bright", "I", 3), SubmittedMark(7, "O", 2))
    assert [(problem.yours, problem.theirs) for problem in found.problems] == [("O", "I")]


@given(
    code=st.sampled_from(sorted(CODES)),
    new=st.sampled_from(sorted(CODES)),
    version=st.integers(1, 5),
    seen=st.integers(1, 5),
    reason=st.text(max_size=8),
    level=st.sampled_from(list(EnteredBy)),
)
def test_what_is_amended_follows_its_original_and_says_why(code, new, version, seen, reason, level):
    """The version seen is the one amended, to another code, with a reason, and never by a teacher."""
    found = amend(CurrentMark(7, "Sam", code, version), SubmittedMark(7, new, seen), reason, level=level)
    if isinstance(found, Amendment):
        assert (found.original, found.amended, found.version) == (code, new, version + 1)
        assert new != code
        assert seen == version
        assert found.reason
        assert level is not EnteredBy.TEACHER
    else:
        assert found.problems
        assert all(problem.pupil == 7 and problem.message.startswith("Sam: ") for problem in found.problems)
