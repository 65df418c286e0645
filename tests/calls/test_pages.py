"""The worklist of calls and the page of one absence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from allpresent.absences.models import Notice
from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.core.response import Result
from allpresent.people.models import Characteristic, Professional
from tests import world
from tests.absences.saying import says
from tests.calls.morning import kept, missing, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    at("2026-09-15 09:30")
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def group(school):
    group = world.a_group(school=school, name="4B")
    send(group)
    return group


@pytest.fixture
def pupil(group):
    pupil = missing(group, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    return pupil


def seen(answer) -> str:
    """The words of a page."""
    page = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def worklist(school, role: Role = Role.OFFICE) -> str:
    return seen(signed_in(school, role).get(f"/{school.slug}/calls/"))


@pytest.mark.clause("M-4.5a", "O-B-14.1")
def test_the_office_reads_whom_to_call_where_and_since_when(school, pupil):
    page = worklist(school)
    assert "1 student to call about" in page
    assert "Adeyemi, Tolu 4B, morning" in page
    assert "Parent/carer due since 9:20 Grace Adeyemi (mother), 07700 900123" in page
    assert 'href="tel:07700900123"' in signed_in(school).get(f"/{school.slug}/calls/").content.decode()


def test_everyone_is_accounted_for_with_the_time_of_the_next_thing(school, group):
    world.marks(world.a_pupil(in_group=group), {"2026-09-15": "/-"})
    page = worklist(school)
    assert "Everyone is accounted for" in page
    assert "The afternoon register closes at 13:40." in page


def test_before_a_register_opens_nobody_is_said_to_be_accounted_for(at, school, group):
    at("2026-09-15 07:00")
    world.a_pupil(in_group=group)
    page = worklist(school)
    assert "No register has opened yet" in page
    assert "Everyone is accounted for" not in page


def form(pupil, **given) -> dict:
    link = pupil.contact_links.first()
    who = f"contact:{link.id}|07700 900123" if link else "other"
    return {"step": "parent", "key": "a" * 32, "who": who, "back": "calls", **given}


def log(school, pupil, client=None, **given):
    client = client or signed_in(school)
    return client.post(f"/{school.slug}/calls/{pupil.id}/", form(pupil, **given))


@pytest.mark.clause("M-4.5b")
def test_no_answer_is_one_press_of_an_open_form_and_the_next_step_comes(school, pupil):
    world.a_contact(of=pupil, name="Rose Ola", mobile="07700 900200", calling_order=2, is_parent=False)
    answer = log(school, pupil, result="no answer")
    assert (answer.status_code, answer.url) == (302, f"/{school.slug}/calls/")
    made = Try.objects.get()
    kept_so = (made.name, made.number, made.result, made.channel)
    assert kept_so == ("Grace Adeyemi", "07700 900123", "no answer", "phone")
    page = worklist(school)
    assert "Emergency contact due since 9:30 Rose Ola (mother), 07700 900200" in page
    assert "9:30 Grace Adeyemi, 07700 900123: no answer" in page


@pytest.mark.clause("M-4.5a", "O-B-12.2")
def test_a_reason_given_is_kept_as_a_message_too_and_ends_the_calls(school, pupil):
    log(school, pupil, result="reason given", reason="illness", says="a fever")
    notice = Notice.objects.get()
    assert (notice.reason, notice.says, notice.told_by) == ("illness", "a fever", "Grace Adeyemi")
    assert Try.objects.get().result == "reason given"
    page = worklist(school)
    assert "Nobody to call about" in page or "Everyone is accounted for" in page
    assert "Answered or here 1" in page


def test_a_reason_without_which_is_asked_for_and_nothing_is_kept(school, pupil):
    answer = log(school, pupil, result="reason given", says="poorly")
    assert answer.status_code == 422
    assert "Choose the reason that was given" in seen(answer)
    assert 'value="poorly"' in answer.content.decode()
    assert (Try.objects.count(), Notice.objects.count()) == (0, 0)


def test_the_same_sending_again_keeps_one_try(school, pupil):
    client = signed_in(school)
    for _ in range(2):
        log(school, pupil, client, result="no answer")
    assert Try.objects.count() == 1


def test_two_people_see_that_the_other_has_just_tried(at, school, pupil):
    kept(pupil)
    at("2026-09-15 09:31:30")
    page = seen(signed_in(school).get(f"/{school.slug}/calls/{pupil.id}/"))
    assert "Sam Okafor tried 07700 900123 1 minute ago" in page


@pytest.mark.clause("M-3.5a")
def test_nobody_with_a_restriction_is_offered_and_they_stand_struck_out(school, group):
    pupil = missing(group, surname="Bright", forename="Sam")
    world.a_contact(of=pupil, name="Paul Bright", mobile="07700 900300", restriction="no contact, court order")
    page = signed_in(school).get(f"/{school.slug}/calls/").content.decode()
    assert "<s>Paul Bright</s> do not contact: no contact, court order" in page
    assert "07700 900300" not in page
    answer = log(school, pupil, who="other", name="Paul Bright", number="", result="no answer")
    assert answer.status_code == 422
    assert "Paul Bright must not be contacted" in seen(answer)
    assert Try.objects.count() == 0


def test_who_may_not_know_reads_most_at_risk_and_no_more(school, group, pupil):
    Characteristic.objects.create(pupil=pupil, kind="child_protection", begins=date(2026, 9, 1))
    Professional.objects.create(
        pupil=pupil, kind="social_worker", name="Ines Faro", phone="01632 960100", begins=date(2026, 9, 1)
    )
    office = worklist(school)
    assert "Most at risk" in office
    assert "protection" not in office
    case = seen(signed_in(school).get(f"/{school.slug}/calls/{pupil.id}/"))
    assert "Social worker, 01632 960100" in case
    assert "Ines Faro" not in case
    assert "Child protection plan" in worklist(school, Role.DSL)


@pytest.mark.clause("M-4.7c", "O-B-14.5", "O-A-3")
def test_the_police_are_the_decision_of_those_who_may_decide_and_it_needs_words(school, pupil):
    address = f"/{school.slug}/calls/{pupil.id}/decide/"
    sent = {"step": "decide-police", "key": "b" * 32, "says": "Grandmother is driving there; police not asked yet."}
    assert signed_in(school).post(address, sent).status_code == 403
    head = signed_in(school, Role.HEAD)
    assert head.post(address, sent | {"says": ""}).status_code == 422
    assert head.post(address, sent | {"step": "parent"}).status_code == 404
    assert head.post(address, sent).status_code == 302
    made = Try.objects.get()
    assert (made.result, made.by_position) == ("decided", "Head")
    assert "decided: Grandmother is driving there" in seen(signed_in(school).get(f"/{school.slug}/calls/{pupil.id}/"))


@pytest.mark.clause("M-4.7c")
def test_a_step_is_left_out_only_with_a_reason(school, pupil):
    address = f"/{school.slug}/calls/{pupil.id}/leave-out/"
    client = signed_in(school)
    assert client.post(address, {"step": "parent", "key": "c" * 32, "says": " "}).status_code == 422
    assert Try.objects.count() == 0
    client.post(address, {"step": "parent", "key": "c" * 32, "says": "Both parents are in hospital with him"})
    page = seen(client.get(f"/{school.slug}/calls/{pupil.id}/"))
    assert "Parent/carer skipped" in page
    assert "step left out: Both parents are in hospital with him" in page


@pytest.mark.clause("O-A-3", "M-6c")
def test_a_missed_return_raises_the_row_and_says_so(school, group, pupil):
    late = missing(group, surname="Zeta", forename="Ann")
    says(late, "family wedding", day=date(2026, 9, 10), back=date(2026, 9, 14))
    page = worklist(school)
    assert page.index("Zeta, Ann") < page.index("Adeyemi, Tolu")
    assert "Expected back, not here" in page


def test_a_pupil_of_another_school_or_no_pupil_does_not_exist(school, pupil):
    other = world.a_class(school=world.a_school(), size=1)[1][0]
    client = signed_in(school)
    assert client.get(f"/{school.slug}/calls/{other.id}/").status_code == 404
    assert client.get(f"/{school.slug}/calls/999999/").status_code == 404
    assert signed_in(school, Role.TEACHER, groups=[]).get(f"/{school.slug}/calls/").status_code == 403


def test_a_pupil_who_is_accounted_for_has_nothing_to_call_about(school, group):
    here = world.a_pupil(in_group=group)
    world.marks(here, {"2026-09-15": "/-"})
    assert "is accounted for today" in seen(signed_in(school).get(f"/{school.slug}/calls/{here.id}/"))


@pytest.mark.clause("M-4.5d")
def test_yesterday_s_tries_are_shown_and_do_not_count(school, pupil):
    world.marks(pupil, {"2026-09-14": "NN"})
    kept(pupil, day=date(2026, 9, 14), result=Result.REACHED)
    page = seen(signed_in(school).get(f"/{school.slug}/calls/{pupil.id}/"))
    assert "It is school day 2 of this absence" in page
    assert "Tried on earlier days" in page
    assert "Mon 14 Sep" in page
    assert "Parent/carer due since 9:20" in page


def test_without_times_in_the_policy_the_page_says_what_is_missing(at):
    at("2026-09-15 09:30")
    bare = world.a_school(policy="")
    world.a_class(school=bare, size=1)
    answer = signed_in(bare).get(f"/{bare.slug}/calls/")
    assert answer.status_code == 409
