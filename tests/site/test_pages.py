"""The office at the gate: what the pages ask, what they refuse, what they show."""

from __future__ import annotations

import pytest

from allpresent.accounts.roles import Role
from allpresent.registers.queries import mark_of
from allpresent.site.models import Crossing
from tests import world
from tests.registers.pages import get, text
from tests.site.crossing import goes, returns, signed_in
from tests.site.test_gate import AFTERNOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before_noon(at) -> None:
    at("2026-09-15 11:40")


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupil(school):
    found = world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")
    world.marks(found, {"2026-09-15": "/-"})
    return found


@pytest.fixture
def mother(pupil):
    return world.a_contact(of=pupil, name="Grace Adeyemi", may_collect=True)


@pytest.fixture
def office(client, school):
    return signed_in(client, school, name="Sam Okafor", position="Office manager")


def send(client, pupil, path: str = "leaving/", **given):
    form = {"pupil": pupil.id, "key": "a" * 32, "at": "11:40", "why": "appointment", "says": "dentist"}
    return client.post(f"/{pupil.school.slug}/{path}", form | given)


@pytest.mark.clause("O-B-6.2.2", "O-B-28")
def test_two_choices_sign_a_child_out(office, pupil, mother):
    answer = send(office, pupil, who=f"listed-{mother.id}")
    assert answer.status_code == 302, text(answer.content.decode())[:800]
    page = text(office.get(answer.url).content.decode())
    assert "Adeyemi, Tolu: signed out at 11:40." in page
    kept = Crossing.objects.get()
    assert (kept.with_name, kept.by_name, kept.by_position) == ("Grace Adeyemi", "Sam Okafor", "Office manager")


@pytest.mark.clause("O-B-6.2.2")
def test_a_restricted_adult_is_not_offered_and_the_page_says_whom_to_fetch(office, pupil, mother):
    dean = world.a_contact(of=pupil, name="Carl Dean", may_collect=True, restriction="Must not collect: court order")
    world.staff(role=Role.DSL, school=pupil.school, name="Pat Lee", position="Safeguarding lead")
    html = get(office, pupil.school, f"leaving/?pupil={pupil.id}")
    page = text(html)
    assert "Carl Dean (mother): Must not collect: court order" in page
    assert "do not release. Stay calm and fetch Pat Lee, Safeguarding lead." in page
    assert f'value="listed-{dean.id}"' not in html
    assert f'value="parent-{dean.id}"' not in html
    answer = send(office, pupil, who=f"listed-{dean.id}")
    assert answer.status_code == 422
    assert not Crossing.objects.exists()


def test_somebody_unlisted_needs_a_name_and_a_confirmation(office, pupil, mother):
    head = world.staff(role=Role.HEAD, school=pupil.school, name="Jo Marsh", position="Head")
    answer = send(office, pupil, who="other")
    assert 'href="#id_name"' in answer.content.decode()
    answer = send(office, pupil, who="other", name="Mrs Penn", relation="Neighbour")
    assert answer.status_code == 422
    assert 'href="#id_confirmed"' in answer.content.decode()
    answer = send(office, pupil, who="other", name="Mrs Penn", confirmed=f"staff-{head.id}", how="spoke to the mother")
    assert answer.status_code == 302, text(answer.content.decode())[:800]
    assert Crossing.objects.get().confirmed_by == "Jo Marsh, Head"


def test_only_those_who_may_decide_can_confirm(office, pupil):
    teacher = world.staff(role=Role.TEACHER, school=pupil.school, name="Kim Teacher")
    assert f"staff-{teacher.id}" not in get(office, pupil.school, f"leaving/?pupil={pupil.id}")
    answer = send(office, pupil, who="other", name="Mrs Penn", confirmed=f"staff-{teacher.id}", how="x")
    assert answer.status_code == 422
    assert not Crossing.objects.exists()


@pytest.mark.clause("O-B-9")
def test_an_ill_child_goes_home_on_somebodys_word(office, pupil, mother):
    answer = send(office, pupil, who=f"listed-{mother.id}", why="ill", says="fever")
    assert 'href="#id_agreed_by"' in answer.content.decode()
    answer = send(
        office, pupil, who=f"listed-{mother.id}", why="ill", says="fever", agreed_by="Sam Okafor, Office manager",
        afternoon="on",
    )  # fmt: skip
    assert answer.status_code == 302, text(answer.content.decode())[:800]
    page = text(office.get(answer.url).content.decode())
    assert "sent home ill at 11:40. This afternoon is entered ahead. Ask for word tomorrow" in page
    assert mark_of(pupil.id, AFTERNOON).code == "I"


@pytest.mark.clause("M-4.3a", "O-B-3.1.1")
def test_the_afternoons_register_shows_it(office, pupil, mother):
    send(office, pupil, who=f"listed-{mother.id}", expected_back="14:00", afternoon="on", told="card seen")
    group = pupil.memberships.get().group
    page = text(get(office, pupil.school, f"registers/{group.slug}/2026-09-15/pm/"))
    assert "Signed out 11:40, back about 14:00; dentist; card seen" in page


@pytest.mark.parametrize(("policy", "clauses"), [("ogbourne", ("O-B-6.2.2", "O-B-9")), ("magnum", ("M-4.3a",))])
def test_the_page_says_which_clauses_it_stands_on(client, policy, clauses):
    school = world.a_school(policy=policy)
    child = world.a_pupil(in_group=world.a_group(school=school))
    page = text(get(signed_in(client, school), school, f"leaving/?pupil={child.id}"))
    assert all(clause in page for clause in clauses)


def test_who_is_out_is_asked_about_coming_back(office, pupil, mother):
    goes(pupil, "11:30", collector=mother)
    answer = office.get(f"/{pupil.school.slug}/leaving/?pupil={pupil.id}")
    assert answer.status_code == 302
    page = text(office.get(answer.url).content.decode())
    assert "Signed out 11:30 for an appointment (dentist), with Grace Adeyemi (mother)" in page
    answer = send(office, pupil, "leaving/back/", at="11:39")
    assert answer.status_code == 302
    assert "back at 11:39. No mark was changed" in text(office.get(answer.url).content.decode())
    page = text(get(office, pupil.school, f"leaving/back/?pupil={pupil.id}"))
    assert "is not signed out, so there is no return to record" in page


def test_the_second_person_reads_who_was_first(office, pupil, mother):
    goes(pupil, "11:35", collector=mother)
    answer = send(office, pupil, who=f"listed-{mother.id}")
    assert answer.status_code == 422
    assert f"signed out at 11:35 already, and not back since. Recorded by {world.OFFICE.name}" in text(
        answer.content.decode()
    )


@pytest.mark.clause("O-B-10.2")
def test_comings_and_goings_are_kept_apart_and_corrected(office, pupil, mother, at):
    goes(pupil, "11:30", collector=mother)
    returns(pupil, "13:00")
    at("2026-09-15 15:00")
    first = Crossing.objects.get(kind="signed out")
    path = f"site/comings/{first.id}/"
    assert "It stands as: signed out 11:30" in text(get(office, pupil.school, path))
    sent = {"key": "b" * 32, "happened": "yes", "at": "11:10", "reason": "Slow clock"}
    answer = office.post(f"/{pupil.school.slug}/{path}", sent)
    assert answer.status_code == 302
    page = text(office.get(answer.url).content.decode())
    assert "signed out 11:10" in page
    assert "signed out 11:30 for an appointment (dentist), with Grace Adeyemi (mother) corrected" in page
    assert "corrected because: Slow clock" in page
    assert office.get(f"/{pupil.school.slug}/{path}").status_code == 404


def test_nobody_in_or_out_is_said(office, school):
    assert "Nobody was signed out or in on this day." in text(get(office, school, "site/comings/"))


def test_a_teacher_signs_nobody_out(client, pupil, mother):
    signed_in(client, pupil.school, Role.TEACHER)
    assert send(client, pupil, who=f"listed-{mother.id}").status_code == 403


def test_another_schools_pupil_and_crossing_do_not_exist(office, school):
    theirs = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    world.marks(theirs, {"2026-09-15": "/-"})
    crossing = goes(theirs, "11:30", collector=world.a_contact(of=theirs, may_collect=True))
    for path in (f"leaving/?pupil={theirs.id}", f"leaving/back/?pupil={theirs.id}", f"site/comings/{crossing.id}/"):
        assert office.get(f"/{school.slug}/{path}").status_code == 404, path
