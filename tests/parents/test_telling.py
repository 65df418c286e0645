"""Telling the school: once however often it is pressed, for one child or several, and authorising nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from allpresent.absences.models import Notice
from allpresent.registers.models import RegisterEntry
from tests import world
from tests.parents.signing_in import GRACE, HOME, KEY, TELL, TUNDE, a_parent, sign_in, text

pytestmark = pytest.mark.django_db
ILL = {"about": "absence", "reason": "illness", "day": "2026-09-15", "half": "AM", "key": KEY}


@pytest.fixture
def sibling(school):
    pupil = world.a_pupil(in_group=world.a_group(school=school), surname="Adeyemi", forename="Ada")
    a_parent(of=pupil, email=GRACE, name="Grace Adeyemi")
    return pupil


@pytest.mark.clause("M-3.5b", "O-B-7.7")
def test_a_message_is_kept_as_it_was_told(grace, child, school):
    assert grace.post(TELL, ILL | {"says": "sick in the night", "expected_back": "2026-09-17"}).url == HOME
    notice = Notice.objects.get()
    assert (notice.pupil_id, notice.reason, notice.says) == (child.id, "illness", "sick in the night")
    assert (str(notice.day), str(notice.expected_back)) == ("2026-09-15", "2026-09-17")
    assert (notice.channel, notice.told_by, notice.relation) == ("pages", "Grace Adeyemi", "Mother")
    assert (notice.by_name, notice.by_position) == ("Grace Adeyemi", "Mother")
    page = text(grace.get(HOME))
    assert "has your message about Tolu" in page
    assert "illness, sick in the night" in page


@pytest.mark.clause("O-B-12.2")
def test_it_authorises_nothing_and_says_so(grace, child):
    world.marks(child, {"2026-09-15": "N-"})
    assert "does not authorise one" in text(grace.get(TELL))
    grace.post(TELL, ILL)
    assert "for the school to decide" in text(grace.get(HOME))
    assert [entry.code for entry in RegisterEntry.objects.filter(pupil=child)] == ["N"]


def test_pressed_twice_it_is_kept_once_even_a_minute_later(grace, child, at):
    grace.post(TELL, ILL)
    at("2026-09-15 08:32")
    assert grace.post(TELL, ILL).url == HOME
    assert Notice.objects.count() == 1


def test_the_same_form_with_other_words_is_not_silently_lost(grace, child):
    grace.post(TELL, ILL)
    answer = grace.post(TELL, ILL | {"says": "the other words"})
    assert answer.status_code == 422
    assert "other words" in text(answer)
    assert Notice.objects.count() == 1


def test_several_children_are_told_of_in_one_go(child, sibling):
    client = sign_in(Client(), GRACE)
    assert client.post(TELL, ILL | {"children": [child.id, sibling.id]}).url == HOME
    assert {notice.pupil_id for notice in Notice.objects.all()} == {child.id, sibling.id}


def test_of_several_children_all_or_none(school, child):
    later = world.a_pupil(school=school, forename="Ada", starting=world.date(2026, 9, 15))
    a_parent(of=later, email=GRACE)
    client = sign_in(Client(), GRACE)
    answer = client.post(TELL, ILL | {"children": [child.id, later.id], "day": "2026-09-14"})
    assert answer.status_code == 422
    assert "Ada: Ada is not on the school" in text(answer)
    assert not Notice.objects.exists()


def test_whom_it_is_about_is_asked_where_there_are_several(child, sibling):
    client = sign_in(Client(), GRACE)
    answer = client.post(TELL, ILL)
    assert "Choose whom it is about" in text(answer)
    assert not Notice.objects.exists()


def test_somebody_elses_child_cannot_be_told_of(grace, child, sibling):
    other = world.a_pupil(school=child.school)
    assert grace.post(TELL, ILL | {"children": [other.id]}).status_code == 422
    assert not Notice.objects.exists()


def test_an_appointment_has_its_time_and_its_reason(grace, child):
    answer = grace.post(TELL, {**ILL, "about": "appointment", "reason": ""})
    assert "Give the time of the appointment" in text(answer)
    grace.post(TELL, {**ILL, "about": "appointment", "reason": "", "appointment_at": "10.30"})
    notice = Notice.objects.get()
    assert (notice.reason, str(notice.appointment_at)) == ("appointment", "10:30:00")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": ""}, "Choose why"),
        ({"reason": "another reason"}, "Say in a few words what it is"),
        ({"about": "absence", "reason": "appointment"}, "why it takes the day"),
        ({"day": ""}, "Give the day"),
        ({"day": "2026-09-19"}, "does not meet on Saturday 19 September 2026"),
        ({"expected_back": "2026-09-15"}, "comes after the first day away"),
        ({"day": "2026-08-20"}, "not on the school’s register"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(grace, child, change, says):
    answer = grace.post(TELL, ILL | change | {"says": "" if "few words" in says or "takes" in says else "long words"})
    page = text(answer)
    assert answer.status_code == 422
    assert says in page.replace("&#39;", "’").replace("'", "’")
    assert not Notice.objects.exists()
    if "few words" not in says and "takes" not in says:
        assert "long words" in page


@pytest.mark.clause("M-3.5b", "M-4.2a")
def test_a_day_past_is_told_until_its_reason_may_no_longer_be_entered(grace, child, at):
    at("2026-09-22 09:00")
    assert grace.post(TELL, ILL).url == HOME
    Client().post("/")
    at("2026-09-23 09:00")
    client = sign_in(Client(), GRACE)
    page = text(client.post(TELL, ILL | {"key": "b" * 32}))
    assert "too long ago to tell us here" in page
    assert "(01672) 841318" in page


def test_a_correction_takes_the_place_of_her_own_message(grace, child):
    grace.post(TELL, ILL | {"says": "flu"})
    first = Notice.objects.get()
    page = text(grace.get(f"{TELL}?replaces={first.id}"))
    assert "Correct what you told us" in page
    assert "flu" in page
    assert grace.post(TELL, ILL | {"says": "a cold", "key": "b" * 32, "replaces": first.id}).url == HOME
    assert Notice.objects.get(replaces=first).says == "a cold"
    assert "flu" not in text(grace.get(HOME))


def test_the_other_parents_message_is_neither_shown_nor_corrected(grace, child):
    world.marks(child, {"2026-09-15": "N-"})
    father = sign_in(Client(), TUNDE)
    father.post(TELL, ILL | {"says": "with me since Sunday"})
    notice = Notice.objects.get()
    page = text(grace.get(HOME))
    assert "with me since Sunday" not in page
    assert "The school has been told why" in page
    assert "with me since Sunday" not in text(grace.get(f"/family/{child.id}/"))
    assert grace.get(f"{TELL}?replaces={notice.id}").status_code == 404


def test_two_parents_of_one_name_read_their_own_words_alone(child):
    a_parent(of=child, email="grace.elder@example.org", name="Grace Adeyemi", relation="Stepmother", calling_order=3)
    elder = sign_in(Client(), "grace.elder@example.org")
    assert elder.post(TELL, ILL | {"says": "with me since Sunday"}).url == HOME
    notice = Notice.objects.get()
    assert notice.contact_id == child.contact_links.get(relation="Stepmother").id
    assert "with me since Sunday" in text(elder.get(HOME))
    mother = sign_in(Client(), GRACE)
    assert "with me since Sunday" not in text(mother.get(HOME))
    assert mother.get(f"{TELL}?replaces={notice.id}").status_code == 404


def test_a_child_at_another_school_is_told_of_there(child):
    other = world.a_school(name="Riverside Centre", policy="magnum")
    ada = world.a_pupil(in_group=world.a_group(school=other), forename="Ada")
    a_parent(of=ada, email=GRACE, name="G. Adeyemi")
    client = sign_in(Client(), GRACE)
    page = text(client.get(TELL))
    assert "Riverside Centre asks to be told by 10:00" in page
    client.post(TELL, ILL | {"children": [child.id, ada.id]})
    kept = {(notice.school_id, notice.told_by) for notice in Notice.objects.all()}
    assert kept == {(child.school_id, "Grace Adeyemi"), (other.id, "G. Adeyemi")}


def test_a_leaver_is_not_told_of(at, school):
    gone = world.a_pupil(school=school, forename="Ada", leaving=world.date(2026, 9, 11))
    a_parent(of=gone, email=GRACE)
    client = sign_in(Client(), GRACE)
    assert "Nobody to tell about" in text(client.get(TELL))
    assert "Nobody to tell about" in text(client.post(TELL, ILL))


def test_a_holiday_is_said_to_need_leave(grace, child):
    grace.post(TELL, ILL | {"reason": "holiday"})
    assert "asked for beforehand" in text(grace.get(HOME))
