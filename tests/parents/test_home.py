"""The first page: whose children are there, what the school waits to hear, and each day in words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allpresent.people.models import PupilContact
from tests import world
from tests.parents.signing_in import GRACE, HOME, a_parent, sign_in, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "marks", "says"),
    [
        ("08:30", "--", "The morning register opens at 8:50."),
        ("09:00", "--", "The morning register has not been marked yet."),
        ("09:30", "/-", "In school this morning."),
        ("09:30", "L-", "In school: arrived late, at 8:55."),
        ("09:30", "N-", "Marked absent this morning. The school does not know why."),
        ("09:30", "I-", "Absent this morning: illness."),
        ("09:30", "V-", "At an activity this morning: on an educational visit or trip."),
        ("13:20", "/-", "The afternoon register has not been marked yet."),
        ("13:20", "/\\", "In school this afternoon."),
    ],
)
def test_the_day_in_words(child, at, now, marks, says):
    world.marks(child, {"2026-09-15": marks})
    at(f"2026-09-15 {now}")
    assert says in text(sign_in(Client(), GRACE).get(HOME))


def test_no_school_is_said(grace, at):
    at("2026-09-19 10:00")
    assert "No school today." in text(sign_in(Client(), GRACE).get(HOME))


@pytest.mark.clause("O-A-2.9.4")
def test_what_the_school_waits_to_hear_comes_first(grace, child):
    world.marks(child, {"2026-09-14": "NN", "2026-09-15": "N-"})
    page = text(grace.get(HOME))
    assert page.index("The school needs to hear from you") < page.index("Tolu</h2>")
    assert "Tolu was marked absent on Mon 14 Sep" in page
    assert "Tolu was marked absent this morning" in page
    assert f"/family/tell/?child={child.id}&amp;day=2026-09-14" in page


def test_after_the_time_to_tell_she_is_asked_to_ring(grace, child, at):
    world.marks(child, {"2026-09-02": "NN"})
    page = text(grace.get(HOME))
    assert "too long ago to tell them here" in page
    assert 'href="tel:01672841318"' in page


def test_only_parents_see_a_child_not_others_to_ring(child):
    a_parent(of=child, email="gran@example.org", name="Ruth", is_parent=False)
    both = world.a_pupil(school=child.school, forename="Ada")
    a_parent(of=both, email="gran@example.org", name="Ruth")
    page = text(sign_in(Client(), "gran@example.org").get(HOME))
    assert "Ada" in page
    assert "Tolu" not in page


def test_a_restriction_added_while_she_is_signed_in_takes_the_child_away_at_once(grace, child):
    assert grace.get(f"/family/{child.id}/").status_code == 200
    PupilContact.objects.filter(contact__email=GRACE).update(restriction="No contact: court order")
    assert "No child is shown here" in text(grace.get(HOME))
    for page in ("", "leave/", "evidence/", "details/"):
        assert grace.get(f"/family/{child.id}/{page}").status_code == 404


def test_an_address_shared_with_somebody_restricted_shows_the_child_to_neither(grace, child):
    a_parent(of=child, email=GRACE.upper(), name="Stepfather", restriction="No contact: court order")
    assert "No child is shown here" in text(grace.get(HOME))


def test_a_leaver_is_read_for_thirty_days_and_then_gone(at, school):
    gone = world.a_pupil(school=school, forename="Ada", leaving=world.date(2026, 9, 11))
    a_parent(of=gone, email=GRACE)
    client = sign_in(Client(), GRACE)
    page = text(client.get(HOME))
    assert "Left on 11 September 2026" in page
    assert "Tell the school" not in page
    assert client.get(f"/family/{gone.id}/").status_code == 200
    at("2026-10-12 09:00")
    client = Client()
    client.post("/family/sign-in/", {"email": GRACE})
    assert client.get("/family/").status_code == 302


def test_a_child_who_moved_is_at_the_new_school_and_still_read_at_the_old(school):
    other = world.a_school(name="Riverside Centre", policy="magnum")
    facts = {"forename": "Ada", "surname": "Okoro"}
    a_parent(of=world.a_pupil(school=school, leaving=world.date(2026, 9, 10), **facts), email=GRACE)
    a_parent(of=world.a_pupil(school=other, starting=world.date(2026, 9, 11), **facts), email=GRACE)
    page = text(sign_in(Client(), GRACE).get(HOME))
    assert page.count("Ada</h2>") == 2
    assert "Riverside Centre" in page


def test_two_schools_two_sets_of_words(child):
    other = world.a_school(name="Riverside Centre", policy="magnum")
    ada = world.a_pupil(school=other, forename="Ada")
    a_parent(of=ada, email=GRACE)
    client = sign_in(Client(), GRACE)
    assert "Tell the provision about an absence" in text(client.get(f"/family/{ada.id}/"))
    assert "Tell the school about an absence" in text(client.get(f"/family/{child.id}/"))


def test_more_children_cost_no_more_queries(child, school):
    client = sign_in(Client(), GRACE)
    counts = []
    for _ in range(2):
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        counts.append(len(queries))
        for _ in range(3):
            a_parent(of=world.a_pupil(school=school), email=GRACE)
    assert counts[0] == counts[1]
