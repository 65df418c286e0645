"""A pupil who left without permission: recorded with the time, told to those the policy names, ended by a person."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.people.models import Placement, Professional, Pupil
from allpresent.schools.actions import load_policy
from allpresent.site.models import Crossing
from tests import world
from tests.registers.pages import get, text
from tests.site.crossing import gone, signed_in

pytestmark = pytest.mark.django_db
MAGNUM = (files("allpresent.core.policy") / "files" / "magnum-opus.yaml").read_text("utf-8")
PROFESSIONAL = "professional:{}"


@pytest.fixture(autouse=True)
def _soon_after(at) -> None:
    at("2026-09-15 10:30")


@pytest.fixture
def school():
    return world.a_school(policy="magnum")


@pytest.fixture
def pupil(school):
    found = world.a_pupil(in_group=world.a_group(school=school), surname="Adeyemi", forename="Tolu")
    world.marks(found, {"2026-09-15": "/-"})
    Placement.objects.create(
        pupil=found, kind="school", commissioner="Hilltop School", contact_name="Ann Duty", phone="01225 000001",
        begins=date(2026, 9, 1),
    )  # fmt: skip
    return found


@pytest.fixture
def mother(pupil):
    return world.a_contact(of=pupil, name="Grace Adeyemi")


@pytest.fixture
def office(client, school):
    return signed_in(client, school, name="Sam Okafor", position="Office manager")


def page_of(client, left) -> str:
    return get(client, left.school, f"site/left/{left.id}/")


def owed(client, left) -> list[str]:
    """The steps owed now, by their label."""
    found = re.findall(r'<strong>([^<]+)</strong>\s*<span class="tone tone--owed">', page_of(client, left))
    return [label.lower() for label in found]


def call(client, left, step: str, *, status: int = 302, **given):
    keys = re.findall(r'name="step" value="([^"]+)"', page_of(client, left))
    key = next((key for key in keys if step in key), f"left site: {step}")
    sent = {"step": key, "key": f"{len(given)}{Try.objects.count()}".ljust(32, "c"), "tried_time": "10:29"}
    answer = client.post(f"/{left.school.slug}/site/left/{left.id}/call/", sent | given)
    assert answer.status_code == status, text(answer.content.decode())[:900]
    return answer


@pytest.mark.clause("M-4.7d")
def test_leaving_is_recorded_with_its_times_and_opens_the_steps(office, pupil, mother):
    sent = {
        "pupil": pupil.id,
        "key": "a" * 32,
        "at": "10:10",
        "seen": "10:05",
        "noticed_by": "Jo Marsh",
        "says": "gate",
    }
    answer = office.post(f"/{pupil.school.slug}/site/left/new/", sent)
    assert answer.status_code == 302, text(answer.content.decode())[:800]
    page = text(office.get(answer.url).content.decode())
    assert "Left Tuesday 15 September 2026 at 10:10; last seen here at 10:05; noticed by Jo Marsh." in page
    assert "2 steps owed now Parent due now ( M-4.7d ) Grace Adeyemi (mother), 07700 900123" in page
    assert "Ann Duty, Hilltop School, 01225 000001" in page


@pytest.mark.parametrize("role", [Role.DSL, Role.OFFICE, Role.HEAD])
def test_whoever_may_call_reads_of_it_on_their_first_page(client, school, pupil, role):
    gone(pupil)
    page = text(get(signed_in(client, school, role), school, ""))
    assert "left without permission, not found yet" in page


@pytest.mark.clause("M-4.7d")
def test_no_answer_at_home_makes_the_police_and_the_commissioner_due(office, pupil, mother):
    left = gone(pupil, "10:10", seen="10:05")
    assert owed(office, left) == ["parent", "commissioning school or authority"]
    call(office, left, "parent", person=f"contact:{mother.id}", result="no answer")
    assert "police" in owed(office, left)
    page = text(page_of(office, left))
    assert "10:29 Grace Adeyemi, 07700 900123: no answer (Sam Okafor, Office manager)" in page


@pytest.mark.clause("M-4.7d")
def test_the_police_are_a_named_decision_that_the_office_asks_for(office, client, pupil, mother):
    left = gone(pupil, "10:10", seen="10:05")
    call(office, left, "parent", person=f"contact:{mother.id}", result="no answer")
    world.staff(role=Role.HEAD, school=pupil.school, name="Jo Marsh", position="Head")
    assert "Decided by name: ask Jo Marsh, Head" in text(page_of(office, left))
    call(office, left, "police, no answer", person="police", result="told", status=404)
    head = signed_in(client, pupil.school, Role.HEAD, name="Kay Head", position="Head")
    call(head, left, "police", person="police", result="decided", status=422)
    call(head, left, "police", person="police", result="told", says="Log 123")
    made = Try.objects.get(party="police")
    assert (made.by_name, made.about, made.says) == ("Kay Head", "left site", "Log 123")
    assert "police" not in owed(head, left)


def test_home_reached_spares_the_rest(office, pupil, mother):
    left = gone(pupil, "10:10", seen="10:05")
    call(office, left, "parent", person=f"contact:{mother.id}", result="told")
    assert owed(office, left) == ["commissioning school or authority"]
    assert "not needed: home was reached" in text(page_of(office, left))


def test_a_restricted_adult_is_named_first_and_never_called(office, pupil, mother):
    dean = world.a_contact(of=pupil, name="Carl Dean", restriction="Must not be told where she is")
    left = gone(pupil, "10:10", seen="10:05")
    html = page_of(office, left)
    assert "Carl Dean (mother): Must not be told where she is Must not be called, and must not collect." in text(html)
    assert f"contact:{dean.id}" not in html
    call(office, left, "parent", person=f"contact:{dean.id}", result="told", status=422)
    call(office, left, "parent", person="other", name="carl dean", result="told", status=422)
    assert not Try.objects.exists()


def test_a_step_is_left_out_only_with_a_reason(office, pupil, mother):
    left = gone(pupil, "10:10", seen="10:05")
    call(office, left, "commissioner, at once", person="other", result="skipped", status=422)
    call(office, left, "commissioner, at once", person="other", result="skipped", says="Ann Duty was on site")
    assert "left out, with a reason" in text(page_of(office, left))


def test_a_worker_is_shown_by_role_to_those_who_may_not_know_the_name(client, school, pupil):
    Professional.objects.create(
        pupil=pupil, kind="social_worker", name="Robin Vale", phone="01225 000002", begins=date(2026, 9, 1)
    )
    told_too = MAGNUM.replace(
        "to: [parent, commissioner], through", "to: [parent, commissioner, social-worker], through"
    )
    load_policy(text=told_too, name="magnum-opus.yaml", by=world.OFFICE, now=world.BEGINNING, school=school)
    left = gone(Pupil.objects.get(id=pupil.id), "10:10", seen="10:05")
    office = signed_in(client, school)
    assert "Social worker, 01225 000002" in text(page_of(office, left))
    call(office, left, "social-worker", person=PROFESSIONAL.format(pupil.professionals.get().id), result="told")
    assert "Robin Vale" not in text(page_of(office, left))
    assert "Robin Vale, 01225 000002" in text(page_of(signed_in(client, school, Role.HEAD), left))


@pytest.mark.clause("M-4.7d")
def test_it_stays_on_the_list_until_somebody_says_how_it_ended(office, pupil, mother, at):
    left = gone(pupil, "10:10", seen="10:05")
    at("2026-09-16 09:00")
    assert "1 pupil left without permission and not found yet" in text(get(office, pupil.school, "site/left/"))
    sent = {
        "ended": "found",
        "found_day": "2026-09-15",
        "at": "17:20",
        "says": "At home with her mother",
        "key": "d" * 32,
    }
    answer = office.post(f"/{pupil.school.slug}/site/left/{left.id}/", sent)
    assert answer.status_code == 302, text(answer.content.decode())[:900]
    page = text(page_of(office, left))
    assert "Adeyemi, Tolu: found" in page
    assert "Found 15 September 2026 at 17:20: At home with her mother" in page
    assert "17:20 Found 17:20: At home with her mother Recorded by Sam Okafor, Office manager" in page
    assert "Nobody is missing from the site" in text(get(office, pupil.school, "site/left/"))


def test_found_on_a_later_day_is_the_same_story(office, pupil, at):
    left = gone(pupil, "10:10", seen="10:05")
    at("2026-09-16 09:00")
    sent = {"ended": "found", "found_day": "2026-09-16", "at": "08:20", "says": "At her aunt's", "key": "d" * 32}
    assert office.post(f"/{pupil.school.slug}/site/left/{left.id}/", sent).status_code == 302
    found = Crossing.objects.get(kind="found")
    assert found.day == date(2026, 9, 15)
    assert "Wed 16 Sep, 8:20" in text(page_of(office, left))


def test_ended_twice_is_refused_in_words(office, pupil):
    left = gone(pupil, "10:10", seen="10:05")
    sent = {"ended": "back", "found_day": "2026-09-15", "at": "10:20", "says": "At the gate"}
    path = f"/{pupil.school.slug}/site/left/{left.id}/"
    assert office.post(path, sent | {"key": "d" * 32}).status_code == 302
    answer = office.post(path, sent | {"key": "e" * 32, "at": "10:25"})
    assert answer.status_code == 422
    assert Crossing.objects.filter(kind="came back").count() == 1


def test_a_school_whose_policy_names_nobody_rings_home_and_says_so(client):
    school = world.a_school(policy="ogbourne")
    child = world.a_pupil(in_group=world.a_group(school=school))
    world.a_contact(of=child, name="Grace Adeyemi")
    left = gone(child, "10:10", seen="10:05")
    page = text(page_of(signed_in(client, school), left))
    assert "the policy names nobody: home comes first" in page
    assert "Grace Adeyemi (mother), 07700 900123" in page


def test_the_time_last_seen_comes_before_the_leaving(office, pupil):
    sent = {"pupil": pupil.id, "key": "a" * 32, "at": "10:10", "seen": "10:15", "noticed_by": "Jo Marsh"}
    answer = office.post(f"/{pupil.school.slug}/site/left/new/", sent)
    assert answer.status_code == 422
    assert 'href="#id_seen"' in answer.content.decode()


def test_another_schools_incident_does_not_exist(office, school):
    theirs = gone(world.a_pupil(in_group=world.a_group(school=world.a_school())), "10:10", seen="10:05")
    assert office.get(f"/{school.slug}/site/left/{theirs.id}/").status_code == 404
    assert office.post(f"/{school.slug}/site/left/{theirs.id}/call/", {}).status_code == 404
