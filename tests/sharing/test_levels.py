"""Parents hear how their child attends: once in a round, in plain words, and nobody who must not be written to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.figures import Figure
from allpresent.messages.models import Message
from allpresent.people.models import Contact, PupilContact
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from allpresent.sharing.level_actions import Reported, report_levels
from allpresent.sharing.level_words import absent, means
from allpresent.sharing.levels import levels_due
from allpresent.sharing.models import Share
from tests import world

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)
HALF_TERM = date(2026, 10, 23)


@pytest.fixture
def school(at):
    at("2026-09-15 15:30")
    return world.a_school(policy="magnum")


@pytest.fixture
def office(school) -> Client:
    return world.sign_in(Client(), world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office"))


def a_child(school, forename: str = "Tolu", *, marks: bool = True, email: str = "grace@example.org", **standing):
    pupil = world.a_pupil(school=school, forename=forename)
    link = world.a_contact(of=pupil, name=f"Parent of {forename}", mobile="", **standing)
    Contact.objects.filter(id=link.contact_id).update(email=email)
    if marks:
        world.marks(pupil, {"2026-09-10": "/\\", "2026-09-11": "IO", "2026-09-14": "/\\", "2026-09-15": "N-"})
    return pupil


def press(school, *, round_ends: date = HALF_TERM, left_out=None, now: str = "2026-09-15 15:30"):
    return report_levels(
        school=school, round_ends=round_ends, left_out=left_out or {}, by=world.OFFICE, now=read_moment(now)
    )


def text(client: Client, school, status: int = 200) -> str:
    answer = client.get(f"/{school.slug}/shared/levels/")
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.clause("M-4.6a", "O-A-2.9.4")
def test_one_press_tells_each_parent_of_each_child_once_with_the_figure_and_its_parts(school, office):
    pupil = a_child(school)
    page = text(office, school)
    assert "1 message to send about 1" in page
    assert "this program’s own reading" in page
    assert "due by Friday 23 October 2026" in page
    assert "M-4.6a" in page

    for _ in range(2):
        posted = office.post(f"/{school.slug}/shared/levels/", {"round": "2026-10-23", f"why_{pupil.id}": ""})
        assert posted.status_code == 302
    [message] = Message.objects.all()
    assert message.to_name == "Parent of Tolu"
    assert "Tolu attended 4 of 6 possible sessions: 66.7%." in message.body
    assert "Absent for 2 sessions (1 day): 1 authorised (0.5 days), 1 not authorised (0.5 days)." in message.body
    assert "1 September 2026 to 14 September 2026" in message.body
    assert "Sam Okafor, Office" in message.body
    [share] = Share.objects.all()
    assert (share.what, share.clauses, share.by_name) == ("levels", ["M-4.6a"], "Sam Okafor")
    page = text(office, school)
    assert "has been" in page
    assert "Last sent on 15 September 2026 at 15:30 by Sam Okafor" in page
    log = office.get(f"/{school.slug}/shared/").content.decode()
    assert "Parent of Tolu" in log


def test_the_words_are_plain_and_no_year_is_foretold_from_a_few_sessions():
    long, short, whole = (
        Figure(present=present, attendance=present, authorised=missed, absence=missed, possible=present + missed)
        for present, missed in ((36, 4), (4, 2), (6, 0))
    )
    assert means(long) == "Over a whole year that would come to about 19 days of 190, or about 4 weeks."
    assert "only begun" in means(short)
    assert means(whole).startswith("Thank you")
    assert absent(whole) == "No session was missed."
    assert absent(long) == "Absent for 4 sessions (2 days): 4 authorised (2 days)."


def test_what_was_cut_short_is_completed_by_pressing_again(school):
    first, second = a_child(school), a_child(school, "Wren", email="wren@example.org")
    assert press(school) == Reported(2, 0, ())
    third = a_child(school, "Ash", email="ash@example.org")
    assert press(school) == Reported(1, 0, ())
    assert {m.pupil_id for m in Message.objects.all()} == {first.id, second.id, third.id}
    assert Message.objects.count() == Share.objects.count() == 3


def test_the_log_row_and_the_message_come_together_or_not_at_all(school):
    """A parent whose message cannot be queued has no row in the log: they stay to be told."""
    a_child(school, email="not an address")
    found = press(school)
    assert isinstance(found, Reported)
    assert (found.messages, Share.objects.count()) == (0, 0)
    assert "e-mail address" in found.problems[0]
    assert levels_due(school, TUESDAY).messages == 1


def test_nobody_restricted_is_written_to_nor_anybody_at_their_address(school, office):
    pupil = a_child(school, restriction="No contact, by court order")
    other = world.a_contact(of=pupil, name="Ade", mobile="")
    Contact.objects.filter(id=other.contact_id).update(email="grace@example.org")
    assert press(school) == Reported(0, 0, ())
    assert Message.objects.count() == 0
    page = text(office, school)
    assert "No contact, by court order" in page
    assert "Never written to" in page


def test_who_has_no_address_is_listed_and_told_by_a_person(school, office):
    pupil = a_child(school, email="", lives_with=False)
    contact = PupilContact.objects.get(pupil=pupil).contact_id
    assert "tell Parent of Tolu that Tolu attended 4 of 6 sessions" in text(office, school)
    given = {"pupil": pupil.id, "contact": contact, "how": "telephone"}
    for _ in range(2):
        assert office.post(f"/{school.slug}/shared/levels/told/", given).status_code == 302
    [share] = Share.objects.all()
    assert (share.channel, share.name, share.by_name) == ("telephone", "Parent of Tolu", "Sam Okafor")
    assert "tell Parent of Tolu" not in text(office, school)


def test_a_pupil_is_left_out_with_a_reason_that_stays_in_the_log(school, office):
    mourning = a_child(school)
    a_child(school, "Wren", email="wren@example.org")
    posted = {"round": "2026-10-23", f"why_{mourning.id}": "Bereavement"}
    assert office.post(f"/{school.slug}/shared/levels/", posted).status_code == 302
    assert [m.to_name for m in Message.objects.all()] == ["Parent of Wren"]
    share = Share.objects.get(pupil=mourning)
    assert (share.channel, share.says) == ("none", "Bereavement")
    assert "Bereavement" in text(office, school)
    assert press(school) == Reported(0, 0, ())
    assert Message.objects.count() == 1


def test_a_reason_must_be_one_of_the_list_and_a_round_the_one_that_is_due(school, office):
    pupil = a_child(school)
    address = f"/{school.slug}/shared/levels/"
    assert office.post(address, {"round": "2026-10-23", f"why_{pupil.id}": "nonsense"}).status_code == 422
    assert office.post(address, {"round": "2026-12-18"}).status_code == 422
    assert isinstance(press(school, left_out={pupil.id: " "}), Refused)
    assert isinstance(press(school, left_out={pupil.id + 999: "Bereavement"}), Refused)
    assert Message.objects.count() == 0


def test_pupils_with_no_possible_session_are_left_out_and_listed(school, office):
    a_child(school, marks=False)
    page = text(office, school)
    assert "Nobody to write to yet" in page
    assert "No figure yet" in page
    assert press(school) == Reported(0, 0, ())


def test_the_next_round_is_told_anew_and_a_missed_one_is_overdue(school, office, at):
    a_child(school)
    assert press(school) == Reported(1, 0, ())
    at("2026-11-03 10:00")
    assert "due by Friday 18 December 2026" in text(office, school)
    assert isinstance(press(school, now="2026-11-03 10:00"), Refused)
    assert press(school, round_ends=date(2026, 12, 18), now="2026-11-03 10:00") == Reported(1, 0, ())
    at("2027-02-23 10:00")
    assert "Due since Friday 12 February 2027" in text(office, school)


@pytest.mark.clause("O-A-2.9.4")
def test_ogbourne_tells_parents_twice_a_year(at):
    at("2026-09-15 15:30")
    school = world.a_school(policy="ogbourne")
    a_child(school)
    levels = levels_due(school, TUESDAY)
    assert levels.promise.clauses == ("O-B-20.1",)
    assert levels.round.ends == date(2027, 2, 12)
    office = world.sign_in(Client(), world.staff(role=Role.OFFICE, school=school))
    assert "own reading" not in text(office, school)


def test_the_page_asks_as_often_for_many_as_for_one(school, django_assert_max_num_queries):
    a_child(school)
    with django_assert_max_num_queries(8):
        levels_due(school, TUESDAY)
    for number in range(5):
        a_child(school, f"Child{number}", email=f"p{number}@example.org")
    with django_assert_max_num_queries(8):
        assert levels_due(school, TUESDAY).messages == 6


def test_a_class_teacher_has_no_such_page(school):
    teacher = world.sign_in(
        Client(), world.staff(role=Role.TEACHER, school=school, groups=[world.a_group(school=school)])
    )
    assert teacher.get(f"/{school.slug}/shared/levels/").status_code in (403, 404)
