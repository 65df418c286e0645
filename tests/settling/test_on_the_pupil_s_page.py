"""A pupil's timeline holds the decision beside what was said, each with who and when."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from tests import world
from tests.absences.saying import says
from tests.registers.pages import get, text
from tests.settling.deciding import afternoon, decide, morning

TUESDAY = date(2026, 9, 15)


@pytest.mark.django_db
@pytest.mark.clause("O-B-12.2")
def test_the_timeline_holds_the_decision_apart_from_the_message(client, at):
    at("2026-09-15 15:30")
    pupil = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    world.marks(pupil, {"2026-09-15": "NN"})
    notice = says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    both = (morning(TUESDAY), afternoon(TUESDAY))
    decide(pupil, *both, code="I", now="2026-09-15 15:00", notice=notice.id, reason="Ill, as their mother told us.")
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=pupil.school))

    decided = text(get(office, pupil.school, f"pupils/{pupil.id}/?kind=decisions"))
    said = text(get(office, pupil.school, f"pupils/{pupil.id}/?kind=messages"))

    assert "Decided, Tue 15 Sep, morning and afternoon" in decided
    assert "Ill, as their mother told us." in decided
    assert "stomach ache" not in decided[decided.index("What happened") :]
    assert "stomach ache" in said
    assert "Ill, as their mother told us." not in said[said.index("What happened") :]
