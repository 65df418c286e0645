"""What follows from a line crossed, as a head of year would count it; and when a pupil was over it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.policy.model.response import Ladder
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.replay import Facts, Spell, first_days, following, spells
from allpresent.core.thresholds import Whom
from tests.core.calendars import calendar_2026_27
from tests.core.case_data import cases
from tests.core.thresholds.marked import threshold

BELOW = threshold(of="attendance", below="90%", over="year to date")
THURSDAYS = [date(2026, 9, 3) + timedelta(weeks=n) for n in range(24)]
TERMS = calendar_2026_27().terms
STEPS = [
    {"id": "first", "label": "First letter", "does": "letter", "threshold": "it"},
    {"id": "second", "label": "Second letter", "does": "letter", "threshold": "it", "after": "first", "in-next": "term",
     "unless-improved": "first"},
    {"id": "meet", "label": "Meeting", "does": "meeting", "after": "first", "through": ["letter", "meeting"]},
    {"id": "again", "label": "Another meeting", "does": "meeting", "after": "meet"},
]  # fmt: skip


def ladder(**facts) -> Ladder:
    return Ladder.model_validate({"id": "graduated", "label": "Graduated response", "steps": STEPS, **facts})


def seen(days: list[str], percent: dict[str, int] | None = None, whom: Whom | None = None) -> Facts:
    below = {date.fromisoformat(day) for day in days}
    assert below <= set(THURSDAYS)
    held = {date.fromisoformat(day): Fraction(number) for day, number in (percent or {}).items()}
    return Facts(
        BELOW,
        spells((day, [1] if day in below else []) for day in THURSDAYS),
        TERMS,
        lambda pupil, day: held.get(day, Fraction(85)),
        {1: whom or Whom()},
    )


@pytest.mark.clause("O-App2-2")
@pytest.mark.parametrize("case", cases("replay.toml", "cases"))
def test_letters_and_meetings(case):
    first, second, meeting = following([ladder()], seen(case["below"], case.get("percent")))
    assert [str(act.on) for act in first.acts] == case["first"]
    assert [str(act.on) for act in second.acts] == case["second"]
    assert (meeting.acts, meeting.at_most) == ((), case["meetings"])
    assert (first.is_letter, meeting.is_letter, meeting.is_meeting) == (True, True, True)


def test_a_ladder_for_some_pupils_is_for_them_alone():
    days = ["2026-10-01"]
    some = ladder(**{"for": "ehc-plan"})
    assert following([some], seen(days))[0].acts == ()
    assert len(following([some], seen(days, whom=Whom(frozenset({Circumstance.EHC_PLAN}))))[0].acts) == 1
    assert following([ladder(**{"year-groups": "4"})], seen(days, whom=Whom(year_group="5")))[0].acts == ()


def test_a_ladder_that_begins_at_another_line_is_not_set_going():
    other = [{"id": "first", "label": "First letter", "does": "letter", "threshold": "another"}]
    assert following([ladder(steps=other)], seen(["2026-10-01"])) == ()


DAYS = st.lists(st.sets(st.integers(1, 3)), min_size=1, max_size=20)


@given(DAYS)
def test_spells_hold_exactly_the_days_over_the_line(days):
    looked = [date(2027, 7, 26) + timedelta(days=n) for n in range(len(days))]
    found = spells(zip(looked, days, strict=True))
    for pupil in (1, 2, 3):
        over = {day for day, pupils in zip(looked, days, strict=True) if pupil in pupils}
        held = found.get(pupil, ())
        assert {day for day in looked if any(spell.first <= day <= spell.last for spell in held)} == over
        assert all(academic_year_of(spell.first) == academic_year_of(spell.last) for spell in held)


def test_a_year_begins_anew():
    found = {1: (Spell(date(2026, 7, 1), date(2026, 7, 20)), Spell(date(2026, 9, 3), date(2026, 9, 4)))}
    assert list(first_days(found).values()) == [{1: date(2026, 7, 1)}, {1: date(2026, 9, 3)}]
