"""From a request on the telephone to a decision and its letter, on the pages; who may see and do what."""

from __future__ import annotations

import re
from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.leave.deciding import Outcome
from allpresent.leave.models import Check, Consultation, Decision, PartTime, Request
from allpresent.messages.models import Message
from allpresent.people.models import Characteristic
from allpresent.registers.models import CurrentMark
from tests import world
from tests.leave.asking import MORNINGS, a_part_time, a_request, answer, decide, read, span, weighed
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
DAYS = span("2026-10-12", "2026-10-14")


@pytest.fixture(autouse=True)
def _a_morning(at) -> None:
    at("2026-09-15 10:30")


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def child(school):
    return world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def mother(child):
    link = world.a_contact(of=child, name="Grace Adeyemi")
    link.contact.email = "grace@example.org"
    link.contact.save()
    return link


def signed_in(client, school, role: Role, **facts):
    return world.sign_in(client, world.staff(role=role, school=school, **facts))


def hidden_key(html: str) -> str:
    return re.search(r'name="key" value="(\w{32})"', html)[1]


def post(client, school, address: str, **given):
    """Fill in a form as it lies there, and send it."""
    key = hidden_key(get(client, school, address))
    return client.post(f"/{school.slug}/{address.partition('?')[0]}", {"key": key, **given})


def shown(client, school, address: str) -> str:
    return text(get(client, school, address))


ASKED = {
    "ground": "holiday", "first": "2026-10-12", "first_half": "AM", "last": "2026-10-14", "last_half": "PM",
    "why": "A week by the sea", "channel": "telephone", "asked_on": "2026-09-15",
}  # fmt: skip


@pytest.mark.clause("M-5.1a", "M-5.1c", "O-B-6.4.2")
def test_the_office_writes_down_a_request_for_a_holiday(client, school, child, mother):
    office = signed_in(client, school, Role.OFFICE)
    page = shown(office, school, f"leave/new/?pupil={child.id}")
    assert "Holiday: not in general an exceptional circumstance" in page
    assert "family emergency, funeral" in page
    assert "Temporary part-time timetable" not in page
    answer = post(office, school, f"leave/new/?pupil={child.id}", pupil=child.id, who=mother.id, **ASKED)
    assert answer.status_code == 302, text(answer.content.decode())[:600]
    story = text(office.get(answer.url).content.decode())
    assert "Adeyemi, Tolu: the request is kept. No mark was entered." in story
    assert "Asked for by Grace Adeyemi (mother), telephone A week by the sea" in story
    assert "Decided by the Principal" in story
    assert not CurrentMark.objects.exists()


def test_what_was_typed_comes_back_with_what_is_wrong(client, school, child, mother):
    office = signed_in(client, school, Role.OFFICE)
    wrong = ASKED | {"last": "2026-10-01"}
    answer = post(office, school, f"leave/new/?pupil={child.id}", pupil=child.id, who=mother.id, **wrong)
    assert answer.status_code == 422
    assert "The last session comes before the first" in text(answer.content.decode())
    assert "A week by the sea" in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.clause("M-5.1b", "O-B-6.4.2", "O-B-6.4.4")
def test_the_head_sees_the_letter_and_then_decides(client, school, child, mother):
    line = weighed(child, a_request(child, DAYS, by=mother))
    head = signed_in(client, school, Role.HEAD, name="Ruth Hale", position="Principal")
    address = f"leave/{line.id}/decide/"
    given = {
        "outcome": "granted shorter", "given_first": "2026-10-12", "given_first_half": "AM",
        "given_last": "2026-10-12", "given_last_half": "PM", "reasons": "The funeral is on Monday.",
        "exceptional": "A close relative died",
    }  # fmt: skip
    letter = post(head, school, address, step="letter", **given)
    page = text(letter.content.decode())
    assert "The letter as it will go To Grace Adeyemi" in page
    assert "We have agreed it for Mon 12 Oct, and not for the other days." in page
    assert not Decision.objects.exists()
    assert not Message.objects.exists()
    changed = post(head, school, address, step="change", **given)
    assert "The funeral is on Monday." in changed.content.decode()
    done = post(head, school, address, step="send", **given)
    assert done.status_code == 302
    story = text(head.get(done.url).content.decode())
    assert "The decision is kept. C is entered ahead for 2 sessions." in story
    assert "Granted shorter: Mon 12 Oct, C The funeral is on Monday." in story
    assert "E-mail to Grace Adeyemi" in story


def test_a_colleague_decides_first_and_nothing_typed_is_lost(client, school, child, mother):
    line = weighed(child, a_request(child, DAYS, by=mother))
    head = signed_in(client, school, Role.HEAD)
    key = hidden_key(get(head, school, f"leave/{line.id}/decide/"))
    decide(child, line, answer(Outcome.GRANTED, DAYS))
    late = head.post(
        f"/{school.slug}/leave/{line.id}/decide/",
        {"key": key, "step": "send", "outcome": "refused", "reasons": "Thought about at length",
         "given_first_half": "AM", "given_last_half": "PM"},
    )  # fmt: skip
    assert late.status_code == 422
    assert "A colleague has decided this request already" in text(late.content.decode())
    assert "Thought about at length" in late.content.decode()
    assert Decision.objects.get().outcome == "granted"


@pytest.mark.clause("M-5.1b")
@pytest.mark.parametrize(("policy", "words"), [("ogbourne", "the Principal"), ("magnum", "the Education Director")])
def test_only_whom_the_policy_names_decides(client, policy, words):
    school = world.a_school(policy=policy)
    child = world.a_pupil(in_group=world.a_group(school=school))
    line = a_request(child, DAYS, by=world.a_contact(of=child))
    lead = signed_in(client, school, Role.ATTENDANCE_LEAD)
    answer = lead.get(f"/{school.slug}/leave/{line.id}/decide/")
    assert answer.status_code == 403
    assert f"This is decided by {words}" in text(answer.content.decode())
    assert ">Decide<" not in get(lead, school, f"leave/{line.id}/")


@pytest.mark.clause("O-B-6.4.4", "O-B-6.4.5")
def test_restricted_steps_are_seen_by_those_who_may_and_are_being_considered_for_others(client, school, child, mother):
    Characteristic.objects.create(pupil=child, kind="looked_after", begins=date(2026, 9, 1))
    line = weighed(child, a_request(child, DAYS, by=mother))
    office = signed_in(client, school, Role.OFFICE)
    for address in ("leave/", f"leave/{line.id}/"):
        page = shown(office, school, address)
        assert "Virtual School" not in page
        assert "afeguarding check" not in page
    assert "Being considered." in shown(office, school, f"leave/{line.id}/")
    assert office.get(f"/{school.slug}/leave/{line.id}/check/").status_code == 403
    dsl = signed_in(client, school, Role.DSL)
    page = shown(dsl, school, f"leave/{line.id}/")
    assert "Ask the Virtual School before answering." in page
    assert "Safeguarding check: no concern" in page


@pytest.mark.clause("O-B-6.4.2", "O-B-6.4.4", "M-5.1e")
def test_the_safeguarding_lead_writes_down_what_was_said_and_the_check(client, school, child, mother):
    line = a_request(child, DAYS, by=mother)
    dsl = signed_in(client, school, Role.DSL, name="Ola West")
    assert "The parent&#39;s religious body" in get(dsl, school, f"leave/{line.id}/said/")
    said = post(
        dsl, school, f"leave/{line.id}/said/", party="safeguarding-lead", whom="Ola West", on_day="2026-09-15",
        says="Known to the family worker; nothing against it.",
    )  # fmt: skip
    assert said.status_code == 302
    nothing_said = post(
        dsl, school, f"leave/{line.id}/check/", finding="a concern: the safeguarding protocol is followed"
    )
    assert nothing_said.status_code == 422
    assert post(dsl, school, f"leave/{line.id}/check/", finding="no concern").status_code == 302
    assert Consultation.objects.get().by_name == Check.objects.get().by_name == "Ola West"


@pytest.mark.clause("O-B-12.3.8")
def test_away_longer_than_granted_is_raised_until_the_child_is_back(client, school, child, mother, at):
    line = weighed(child, a_request(child, span("2026-10-12"), by=mother, ground="holiday"))
    decide(child, line, answer(Outcome.GRANTED, span("2026-10-12")))
    world.marks(child, {"2026-10-13": "NN"})
    at("2026-10-14 08:00")
    office = signed_in(client, school, Role.OFFICE)
    page = shown(office, school, "leave/")
    assert "leave was for Mon 12 Oct. Away since for 2 sessions, the first on Tue 13 Oct. G is proposed" in page
    world.marks(child, {"2026-10-14": "/-"})
    at("2026-10-14 10:00")
    world.marks(child, {"2026-10-13": "II"})
    assert "Away longer than granted" not in shown(office, school, "leave/")


def test_nothing_to_do_is_said(client, school, child):
    page = shown(signed_in(client, school, Role.OFFICE), school, "leave/")
    assert "No request for leave waits for an answer" in page
    assert "Every request has its answer." in page
    assert "Nobody is on a part-time timetable." in page


@pytest.mark.clause("O-A-6.5", "O-B-6.3")
def test_a_part_time_timetable_from_its_form_to_its_early_end(client, school, child, mother):
    head = signed_in(client, school, Role.HEAD)
    given = {
        "pupil": child.id, "begins": "2026-09-28", "ends": "2026-10-16", "reviews": "07/10/2026",
        "reason": "After an operation", "return_plan": "Afternoons from the review on", "who": mother.id,
        "agreed_on": "2026-09-15", "attends": MORNINGS.split(", "),
    }  # fmt: skip
    done = post(head, school, f"leave/part-time/new/?pupil={child.id}", **given)
    assert done.status_code == 302, text(done.content.decode())[:900]
    page = text(head.get(done.url).content.decode())
    assert "C2 is entered ahead for 15 sessions." in page
    assert "Next review: Wednesday 7 October 2026" in page
    part_time = PartTime.objects.get()
    assert "Adeyemi, Tolu, until Fri 16 Oct" in shown(head, school, "leave/")
    end = post(head, school, f"leave/part-time/{part_time.id}/end/", last_day="2026-10-02", why="Well again")
    assert end.status_code == 302
    assert CurrentMark.objects.filter(code="C2").count() == 5


def test_restrictions_come_first(client, school, child, mother):
    world.a_contact(of=child, name="Dan", relation="Father", restriction="Must not collect", calling_order=2)
    line = a_request(child, DAYS, by=mother)
    part_time = a_part_time(child, mother).part_time
    head = signed_in(client, school, Role.HEAD)
    for address in (f"leave/{line.id}/", "leave/", f"leave/new/?pupil={child.id}", f"leave/{line.id}/decide/",
                    f"leave/part-time/{part_time.id}/"):  # fmt: skip
        assert "Must not collect" in shown(head, school, address)


def test_a_request_of_another_school_does_not_exist(client, school, child, mother):
    line = read(child, a_request(child, DAYS, by=mother).id)
    other = world.a_school()
    head = signed_in(client, other, Role.HEAD)
    assert head.get(f"/{other.slug}/leave/{line.id}/").status_code == 404
    assert head.get(f"/{other.slug}/leave/new/?pupil={child.id}").status_code == 404


def test_a_class_teacher_does_not_open_leave(client, school):
    assert signed_in(client, school, Role.TEACHER).get(f"/{school.slug}/leave/").status_code == 403


def test_a_page_of_many_requests_asks_no_more_often_than_a_page_of_one(
    client, school, child, mother, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office = signed_in(client, school, Role.OFFICE)
    a_request(child, DAYS, by=mother)
    get(office, school, "leave/")
    with CaptureQueriesContext(connection) as one:
        get(office, school, "leave/")
    for _ in range(4):
        pupil = world.a_pupil(in_group=child.memberships.get().group)
        a_request(pupil, DAYS, by=world.a_contact(of=pupil))
    with django_assert_num_queries(len(one)):
        get(office, school, "leave/")


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "-1", "²"])
def test_a_number_that_is_no_pupils_is_no_page(client, school, asked):
    office = signed_in(client, school, Role.OFFICE)
    assert office.get(f"/{school.slug}/leave/new/", {"pupil": asked}).status_code == 404
