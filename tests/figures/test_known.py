"""Figures as they were known on an evening: what was corrected later is not in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from tests import world

pytestmark = pytest.mark.django_db
NOW = "2026-09-21 15:00"
KNOWN = "known=2026-09-16"


def entered(pupil, day: int, codes: str, at: datetime, version: int = 1) -> None:
    source = Source.REGISTER if version == 1 else Source.AMENDMENT
    entries = [
        NewEntry(
            pupil.id, Session(date(2026, 9, day), half), version, code, source, reason="Told later." * (version > 1)
        )
        for half, code in zip(Half, codes, strict=True)
    ]
    enter(pupil.school_id, entries, by=world.OFFICE, at=at)


@pytest.fixture
def school() -> School:
    """Anna missed the 15th, as it seemed; on the 18th it was put right. On the 17th nobody missed anything."""
    school = world.a_school(name="Ogbourne")
    group = world.a_group(school=school, name="4A")
    anna, ben = (world.a_pupil(in_group=group, surname=name) for name in ("Ashby", "Bray"))
    for pupil, codes in ((anna, "NN"), (ben, "/\\")):
        entered(pupil, 15, codes, datetime(2026, 9, 15, 13, tzinfo=UTC))
        entered(pupil, 17, "/\\", datetime(2026, 9, 17, 13, tzinfo=UTC))
    entered(anna, 15, "BB", datetime(2026, 9, 18, 9, tzinfo=UTC), version=2)
    return school


def said(school: School, path: str) -> str:
    client = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    answer = client.get(f"/{school.slug}/figures/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_dashboard_as_it_was_known_that_evening(school, at):
    at(NOW)
    now, then = said(school, ""), said(school, f"?{KNOWN}")
    assert "100.0% attendance so far this year" in now
    assert "50.0% attendance so far this year" in then
    assert "as they were known at the end of 16 September 2026" in then
    assert "2 of 4 sessions missed" in then


def test_a_correction_of_the_next_morning_is_in_the_next_evenings(school, at):
    at(NOW)
    assert "100.0% attendance" in said(school, "?known=2026-09-18")


def test_the_pupils_behind_a_figure_are_as_they_were_known_too(school, at):
    at(NOW)
    then = said(school, f"?{KNOWN}")
    assert f"last=2026-09-16&amp;{KNOWN}&amp;show=pupils" in then
    listed = said(school, f"ask/?first=2026-08-01&last=2026-09-16&{KNOWN}&show=pupils")
    rows = {row.split("</a>")[0].rsplit(">", 1)[1]: row for row in listed.split("<tr>")[2:]}
    assert "2 of 2" in rows["Ashby, Alex"]
    assert "0 of 2" in rows["Bray, Alex"]


def test_the_chart_is_of_the_same_evening(school, at):
    at(NOW)
    assert f"trend.svg?{KNOWN}" in said(school, f"?{KNOWN}")
    of_the_week = '<desc class="value">{}</desc>'
    assert of_the_week.format("50") in said(school, f"trend.svg?{KNOWN}")
    assert of_the_week.format("100") in said(school, "trend.svg")


@pytest.mark.parametrize("day", ["2026-09-21", "2027-01-01", "2025-10-01", "soon"])
def test_a_day_that_is_not_past_of_this_year_shows_figures_as_they_are(school, at, day):
    at(NOW)
    assert "as they stand now" in said(school, f"?known={day}")
