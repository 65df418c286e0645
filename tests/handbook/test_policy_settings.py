"""Where the two founding policies differ (clauses.md part 3): each setting is on the page of the school that has it."""

from __future__ import annotations

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.clauses import differences
from tests import world
from tests.registers.pages import get, text

# setting: what the alternative provision's page says, what the primary's says; None where the document is silent
SETTINGS = {
    "type of setting / reports to": ("answers to commissioner, authority", "answers to authority, trust"),
    "day, AM open-close, PM open-close": ("AM: opens 9:30; closes 10:00", "PM: opens 13:10; closes 13:40"),
    "mark-completion deadline": ("within 10 minutes; from expected arrival", None),
    "parent notify-by": ("on each day; by 9:00", "on each day; in the morning"),
    "first-day contact trigger": ("first day: starts unexplained absence", "first day: starts no contact"),
    "contact order": ("contact emergency contact; through phone", "contact emergency contact; after parent"),
    "contact channels": ("contact parent; through phone", "through email, phone, letter"),
    "unresolved reason limit": ("within 5 school days; becomes O", "within 5 school days; becomes O"),
    "emergency contacts": ("at least 2; counting numbers", "at least 2; ideally 3; counting people"),
    "medical evidence trigger": ("illness: after 5 days; when doubted", "illness: when doubted; when frequent"),
    "appointment proof": ("appointment: notice in advance", "appointment: notice in advance; document seen"),
    "leave decider": ("decided by education director", "decided by principal; prepared by attendance officer"),
    "leave lead time": ("ahead 2 weeks; where possible", "ahead 2 weeks; where possible"),
    "R days": ("Observance days 1; further days leave", "Observance days 1; further days leave"),
    "intervention thresholds": (None, "below-90: below 90%"),
    "penalty notices": (None, "first low 80; first low within 21 days; first high 160"),
    "parent reporting": ("of attendance and absence of their child; how often regularly", "how often twice a year"),
    "retention": ("years 6; from entry made M-4.1i", "years 6; from entry made O-B-2.2"),
    "vocabulary": ("school provision; head Education Director", "pupil student; school school; head Principal"),
    "area contacts": ("Children Missing Education team, Norfolk", "Children Missing Education officer, Wiltshire"),
}


@pytest.fixture
def pages(db, at, client):
    at("2026-09-15 09:00")
    found = {}
    for policy in ("magnum", "ogbourne"):
        school = world.a_school(policy=policy)
        found[policy] = text(get(world.sign_in(client, world.staff(role=Role.HEAD, school=school)), school, "policy/"))
    return found


def test_the_list_is_the_whole_of_part_three():
    assert set(SETTINGS) == {difference.id for difference in differences()}


@pytest.mark.clause(*SETTINGS)
def test_each_setting_is_on_the_page_of_the_school_that_has_it(pages):
    missing = [
        (setting, policy)
        for setting, words in SETTINGS.items()
        for policy, said in zip(("magnum", "ogbourne"), words, strict=True)
        if said and said not in pages[policy]
    ]

    assert missing == []
