"""The office records a message in a few keystrokes; the page says what is wrong, and who may."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.test import Client

from allpresent.absences.models import Notice
from allpresent.accounts.roles import Role
from allpresent.registers.models import RegisterEntry
from tests import world
from tests.absences.forms import drawn
from tests.absences.saying import says
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY = date(2026, 9, 15), date(2026, 9, 17)


@pytest.fixture(autouse=True)
def _at_registration(at) -> None:
    at("2026-09-15 08:40")


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def mother(pupil):
    return world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900321")


@pytest.fixture
def office(client, school):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office"))


def send(client, pupil, search: str = "", **given):
    """Open the form about a pupil, fill in what is given, and send it. The reason is another than those listed."""
    form = {"reason": "another reason"} | drawn(get(client, pupil.school, f"absences/new/?pupil={pupil.id}{search}"))
    return client.post(f"/{pupil.school.slug}/absences/new/", form | given)


@pytest.mark.clause("O-B-28", "O-B-12.2")
def test_two_answers_are_enough_and_no_mark_is_made(office, pupil, mother):
    answer = send(office, pupil, who=str(mother.id), says="stomach ache", reason="illness")
    assert answer.status_code == 302, text(answer.content.decode())[:800]
    page = text(office.get(answer.url).content.decode())
    assert "Adeyemi, Tolu: the message is kept. No mark was changed." in page
    assert "1 message for today" in page
    assert "Mother rang 8:40: illness, stomach ache Grace Adeyemi (mother); recorded by Sam Okafor" in page
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("search", ["aDEy", "grace", "900321"])
def test_one_pupil_found_is_the_pupil_meant(office, pupil, mother, search):
    world.a_pupil(school=pupil.school, surname="Brook")
    answer = office.get(f"/{pupil.school.slug}/absences/new/?q={search}")
    assert answer.status_code == 302
    assert answer.url.endswith(f"?pupil={pupil.id}")


def test_several_found_are_listed_with_their_restrictions_first(office, pupil):
    sister = world.a_pupil(in_group=world.a_group(school=pupil.school), surname="Adeyemi", forename="Ola")
    world.a_contact(of=sister, restriction="Do not release to Mr Dean")
    page = text(get(office, pupil.school, "absences/new/?q=ade"))
    assert "2 students found" in page
    assert "Do not release to Mr Dean Adeyemi, Ola" in page
    assert "Nobody on the roll today fits “zz”" in text(get(office, pupil.school, "absences/new/?q=zz"))


def test_a_restriction_stands_above_the_form_and_beside_the_caller(office, pupil):
    world.a_contact(of=pupil, name="Carl Dean", restriction="Must not be told where she is")
    page = text(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))
    assert "Carl Dean (mother): Must not be told where she is Who told you" in page
    assert "Carl Dean, mother, 07700 900123, has a restriction" in page


def test_someone_else_needs_a_name(office, pupil):
    answer = send(office, pupil, who="other", says="flu")
    assert answer.status_code == 422
    assert 'href="#id_told_by"' in answer.content.decode()
    assert send(office, pupil, who="other", told_by="Mrs Penn", relation="Neighbour", says="flu").status_code == 302
    assert Notice.objects.get().told_by == "Mrs Penn"


def test_what_is_wrong_comes_back_beside_its_field_with_what_was_typed(office, pupil, mother):
    answer = send(office, pupil, says="the bus", expected_back="2026-09-15", who=str(mother.id))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Message, Adeyemi, Tolu" in page
    assert 'href="#id_expected_back"' in page
    assert 'value="the bus"' in page
    assert not Notice.objects.exists()


def test_a_fault_in_what_is_folded_away_opens_it(office, pupil, mother):
    answer = send(office, pupil, says="flu", who=str(mother.id), told_time="8:41")
    assert answer.status_code == 422
    assert re.search(r"<details[^>]* open>", answer.content.decode())
    assert "15 September 2026 at 8:41 has not come yet" in text(answer.content.decode())


def test_sending_a_form_twice_keeps_one_message(office, pupil, mother):
    form = drawn(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))
    for _ in range(2):
        sent = form | {"who": str(mother.id), "reason": "illness"}
        assert office.post(f"/{pupil.school.slug}/absences/new/", sent).status_code == 302
    assert Notice.objects.count() == 1


@pytest.mark.clause("M-3.5d")
def test_an_appointment_is_recorded_with_its_time(office, pupil, mother):
    answer = send(
        office, pupil, who=str(mother.id), about="appointment", says="dentist", appointment_at="15.40",
        day="2026-09-17", half="PM",
    )  # fmt: skip
    assert answer.status_code == 302
    kept = Notice.objects.get()
    assert (kept.day, kept.half, kept.appointment_at) == (THURSDAY, "PM", time(15, 40))
    page = text(get(office, pupil.school, "absences/"))
    assert "About later days Adeyemi, Tolu , Thu 17 Sep Mother rang 8:40: appointment at 15:40, dentist" in page


def test_a_correction_begins_with_what_was_kept(office, pupil, mother):
    older = says(pupil, "stomach ache", day=TUESDAY, back=THURSDAY)
    answer = send(office, pupil, f"&replaces={older.id}", says="sickness bug")
    assert answer.status_code == 302, text(answer.content.decode())[:900]
    newer = Notice.objects.get(replaces=older)
    assert (newer.says, newer.expected_back, newer.told_by, newer.told_at) == (
        "sickness bug", THURSDAY, "Grace Adeyemi", older.told_at,
    )  # fmt: skip
    assert office.get(f"/{pupil.school.slug}/absences/new/?pupil={pupil.id}&replaces={older.id}").status_code == 404


@pytest.mark.clause("M-4.2a")
def test_a_message_after_the_policys_time_says_so(at, client):
    school = world.a_school(policy="magnum")
    early, late = (world.a_pupil(in_group=world.a_group(school=school)) for _ in range(2))
    says(early, "a cold", day=TUESDAY, at="9:59")
    says(late, "earache", day=TUESDAY, at="10:01")
    at("2026-09-15 10:30")
    user = world.staff(role=Role.OFFICE, school=school)
    page = text(get(world.sign_in(client, user), school, "absences/"))
    assert "Parents report an absence by 10:00 ( M-4.2a )" in page
    assert "Mother rang 10:01: earache (after 10:00)" in page
    assert page.count("(after 10:00)") == 1


@pytest.mark.clause("M-3.5b")
def test_who_is_expected_back_is_listed_on_the_first_school_day_from_then(at, office, pupil):
    says(pupil, "flu", day=TUESDAY, back=date(2026, 9, 19))
    at("2026-09-21 08:30")
    assert "Expected back today Adeyemi, Tolu" in text(get(office, pupil.school, "absences/"))
    at("2026-09-22 08:30")
    assert "Expected back today" not in text(get(office, pupil.school, "absences/"))


def test_with_no_message_the_page_says_so(office, school):
    page = text(get(office, school, "absences/"))
    assert "No messages for today" in page
    assert "Nobody has sent word about today." in page


def test_a_class_teacher_reads_the_messages_of_her_own_and_records_none(client, pupil):
    says(pupil, "flu", day=TUESDAY)
    says(world.a_class(school=pupil.school, size=1)[1][0], "chickenpox", day=TUESDAY)
    group = pupil.memberships.get().group
    teacher = world.sign_in(client, world.staff(role=Role.TEACHER, school=pupil.school, groups=[group]))
    page = text(get(teacher, pupil.school, "absences/"))
    assert "flu" in page
    assert "chickenpox" not in page
    assert "Record a message" not in page
    assert teacher.get(f"/{pupil.school.slug}/absences/new/").status_code == 403


def test_another_schools_pupil_and_message_do_not_exist(office, school, pupil):
    stranger = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    theirs = says(stranger, "flu", day=TUESDAY)
    for search in (f"pupil={stranger.id}", "pupil=x", f"pupil={'9' * 30}", f"pupil={pupil.id}&replaces={theirs.id}"):
        assert office.get(f"/{school.slug}/absences/new/?{search}").status_code == 404, search


def test_words_cannot_smuggle_markup(office, pupil):
    says(pupil, "<script>alert(1)</script>", day=TUESDAY)
    page = get(office, pupil.school, "absences/")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_key_that_this_page_never_gave_is_not_kept(office, pupil, mother):
    assert send(office, pupil, who=str(mother.id), says="flu", key="\x00").status_code == 302
    assert len(Notice.objects.get().key) == 32


def records(client, pupil, **given):
    return send(client, pupil, **{"reason": "illness", **given})


@pytest.mark.clause("M-3.4a", "O-B-21")
def test_the_likely_answers_are_there_and_a_reason_alone_is_enough(office, pupil, mother):
    form = drawn(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))
    assert (form["who"], form["about"], form["channel"]) == (str(mother.id), "absence", "telephone")
    assert (form["day"], form["half"], form["told_time"]) == ("2026-09-15", "AM", "8:40")
    assert "reason" not in form, "the reason is never chosen for anybody"
    assert records(office, pupil).status_code == 302
    kept = Notice.objects.get()
    assert (kept.reason, kept.says, kept.contact_id) == ("illness", "", mother.id)
    assert "Mother rang 8:40: illness Grace Adeyemi" in text(get(office, pupil.school, "absences/"))


@pytest.mark.parametrize(("policy", "now", "half"), [
    ("ogbourne", "2026-09-15 13:05", "AM"),
    ("ogbourne", "2026-09-15 13:10", "PM"),
    ("magnum", "2026-09-15 13:00", "PM"),
])  # fmt: skip
def test_the_session_is_the_one_that_is_on(at, client, policy, now, half):
    at(now)
    pupil = world.a_pupil(in_group=world.a_group(school=world.a_school(policy=policy)))
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=pupil.school))
    assert drawn(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))["half"] == half


def test_no_reason_chosen_is_said_beside_the_reasons(office, pupil, mother):
    form = drawn(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))
    answer = office.post(f"/{pupil.school.slug}/absences/new/", form)
    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()
    assert "Choose the reason given, or No reason given" in text(answer.content.decode())


@pytest.mark.clause("O-B-6.2.1")
def test_a_whole_day_for_an_appointment_needs_its_explanation(office, pupil, mother):
    answer = send(office, pupil, reason="appointment")
    assert answer.status_code == 422
    assert "Away for an appointment: say what it is and why it takes the day" in text(answer.content.decode())
    assert send(office, pupil, reason="appointment", says="hospital in Bristol").status_code == 302


def test_another_reason_needs_words_and_no_reason_given_needs_none(office, pupil, mother):
    assert send(office, pupil, reason="another reason").status_code == 422
    assert send(office, pupil, reason="no reason given").status_code == 302
    assert "Mother rang 8:40: no reason given" in text(get(office, pupil.school, "absences/"))


def test_the_same_call_written_down_twice_is_asked_about(at, office, pupil, mother):
    records(office, pupil)
    at("2026-09-15 08:44")
    other = world.staff(role=Role.OFFICE, school=pupil.school, name="Ada Hart")
    ada = world.sign_in(Client(), other)
    answer = records(ada, pupil, says="a cold")
    page = text(answer.content.decode())
    assert answer.status_code == 409
    assert "Sam Okafor recorded this at 8:40: the same call?" in page
    assert "Yes, leave it No, record it too" in page
    assert drawn(answer.content.decode())["says"] == "a cold"
    assert Notice.objects.count() == 1
    assert records(ada, pupil, says="a cold", again="yes").status_code == 302
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(("given", "now"), [
    ({"reason": "holiday"}, "2026-09-15 08:44"),
    ({"day": "2026-09-16"}, "2026-09-15 08:44"),
    ({}, "2026-09-15 09:00"),
])  # fmt: skip
def test_another_reason_another_day_or_a_later_hour_is_another_call(at, office, pupil, mother, given, now):
    records(office, pupil)
    at(now)
    assert records(office, pupil, **given).status_code == 302
    assert Notice.objects.count() == 2


def test_the_same_for_a_brother_is_one_press(office, pupil, mother):
    noah = world.a_pupil(in_group=world.a_group(school=pupil.school), surname="Adeyemi", forename="Noah")
    link = mother.contact.pupil_links.create(pupil=noah, relation="Stepmother", is_parent=True)
    answer = records(office, pupil, says="sickness bug", expected_back="2026-09-17")
    page = office.get(answer.url).content.decode()
    assert "Also for Noah" in text(page)
    notice = Notice.objects.get()
    for _ in range(2):
        also = office.post(f"/{pupil.school.slug}/absences/{notice.id}/also/", {"pupil": noah.id})
        assert also.status_code == 302
    kept = Notice.objects.get(pupil=noah)
    assert (kept.reason, kept.says, kept.expected_back) == ("illness", "sickness bug", THURSDAY)
    assert (kept.told_by, kept.relation, kept.contact_id) == ("Grace Adeyemi", "Stepmother", link.id)
    assert "Also for Noah" not in text(office.get(also.url).content.decode())


def test_the_same_is_kept_about_nobody_who_is_not_the_same_adults_child(office, pupil, mother):
    stranger = world.a_pupil(in_group=world.a_group(school=pupil.school))
    world.a_contact(of=stranger, name="Grace Adeyemi")
    records(office, pupil)
    address = f"/{pupil.school.slug}/absences/{Notice.objects.get().id}/also/"
    for wanted in (stranger.id, pupil.id, "x", ""):
        assert office.post(address, {"pupil": wanted}).status_code == 404
    assert Notice.objects.count() == 1


def test_a_message_about_somebody_who_has_left_says_so_and_gives_the_words_back(office, school):
    gone = world.a_pupil(school=school, surname="Brook", forename="Sam", leaving=date(2026, 9, 4))
    world.a_contact(of=gone)
    assert "Brook, Sam is not on the roll today" in text(get(office, school, f"absences/new/?pupil={gone.id}"))
    answer = office.post(f"/{school.slug}/absences/new/", {"pupil": gone.id, "says": "still in Spain"})
    assert answer.status_code == 422
    assert "You wrote: still in Spain" in text(answer.content.decode())
    assert not Notice.objects.exists()


def test_what_somebody_with_a_restriction_tells_is_kept_and_says_so(office, pupil):
    father = world.a_contact(of=pupil, name="Carl Dean", restriction="Must not be told where she is")
    form = drawn(get(office, pupil.school, f"absences/new/?pupil={pupil.id}"))
    assert "who" not in form, "nobody with a restriction is taken for the caller"
    assert records(office, pupil, who=str(father.id)).status_code == 302
    page = text(get(office, pupil.school, "absences/"))
    assert "Told by somebody with a restriction: Must not be told where she is" in page
