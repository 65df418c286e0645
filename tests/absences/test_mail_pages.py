"""The mailbox's page: each e-mail proposed to a person, kept about a pupil or set aside, never by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from allpresent.absences.actions import set_aside
from allpresent.absences.mailbox.guess import guess
from allpresent.absences.models import MailboxPlace, MailHandled, Notice
from allpresent.absences.queries import mail_waiting
from allpresent.accounts.roles import Role
from allpresent.core.settle.reasons import Reason
from tests import world
from tests.absences.forms import drawn
from tests.absences.saying import a_mail
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
    return writes(world.a_contact(of=pupil, name="Grace Adeyemi"), "Grace@Example.org")


@pytest.fixture
def office(client, school):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=school))


def writes(link, address: str):
    link.contact.email = address
    link.contact.save()
    return link


def sibling_of(link, forename: str = "Noah"):
    other = world.a_pupil(in_group=world.a_group(school=link.pupil.school), surname="Adeyemi", forename=forename)
    link.contact.pupil_links.create(pupil=other, relation=link.relation, is_parent=True, calling_order=1)
    return other


@pytest.mark.clause("M-3.4a", "O-B-7.7")
def test_an_email_is_proposed_for_the_children_of_whoever_has_its_address_and_kept_by_a_person(office, school, mother):
    mail = a_mail(school, words="Tolu is sick and will be back on Thursday.\n\nOn Monday the school wrote:\n> dentist")
    page = text(get(office, school, "mail/"))
    assert "1 e-mail to read" in page
    assert "About Adeyemi, Tolu from Grace Adeyemi, mother" in page
    assert "dentist" not in page, "what is answered is not what is said"
    assert not Notice.objects.exists()

    address = f"absences/new/?pupil={mother.pupil_id}&mail={mail.id}"
    form = drawn(get(office, school, address))
    assert (form["who"], form["reason"], form["expected_back"]) == (str(mother.id), "illness", "2026-09-17")
    assert office.post(f"/{school.slug}/absences/new/", form).status_code == 302
    kept = Notice.objects.get()
    assert (kept.channel, kept.told_by, kept.told_at, kept.reason) == (
        "email", "Grace Adeyemi", mail.received_at, "illness",
    )  # fmt: skip
    assert (kept.day, kept.expected_back) == (TUESDAY, THURSDAY)
    assert MailHandled.objects.get().notice == kept
    assert "No e-mail is waiting" in text(get(office, school, "mail/"))


def test_every_child_of_an_address_is_offered_and_each_can_be_kept(office, school, mother):
    noah = sibling_of(mother)
    mail = a_mail(school, words="Both are ill")
    page = text(get(office, school, "mail/"))
    assert "About Adeyemi, Noah" in page
    assert "About Adeyemi, Tolu" in page
    for pupil in (mother.pupil, noah):
        form = drawn(get(office, school, f"absences/new/?pupil={pupil.id}&mail={mail.id}"))
        assert office.post(f"/{school.slug}/absences/new/", form).status_code == 302
    assert {notice.pupil_id for notice in Notice.objects.all()} == {mother.pupil_id, noah.id}
    assert mail_waiting(school) == ()


def test_an_address_that_nobody_has_leads_to_the_search(office, school, pupil):
    mail = a_mail(school, sender="stranger@example.org", from_name="A. Stranger")
    page = text(get(office, school, f"absences/new/?mail={mail.id}"))
    assert "No contact of anybody on the roll has this address." in page
    found = office.get(f"/{school.slug}/absences/new/?mail={mail.id}&q=adey")
    assert found.url.endswith(f"?pupil={pupil.id}&mail={mail.id}")
    assert drawn(get(office, school, found.url.split("/", 2)[2]))["told_by"] == "A. Stranger"


def test_whoever_has_a_restriction_is_shown_with_it_before_anything_is_kept(office, school, pupil):
    father = writes(world.a_contact(of=pupil, name="Carl Dean", restriction="Must not be told where she is"), "c@d.org")
    mail = a_mail(school, sender="c@d.org")
    assert "Carl Dean: Must not be told where she is About Adeyemi, Tolu" in text(get(office, school, "mail/"))
    form = drawn(get(office, school, f"absences/new/?pupil={pupil.id}&mail={mail.id}"))
    assert form["who"] == str(father.id)
    office.post(f"/{school.slug}/absences/new/", form)
    assert Notice.objects.get().restriction == "Must not be told where she is"


def test_an_email_set_aside_says_why_and_waits_no_more(office, school):
    mail = a_mail(school, words="About school dinners")
    address = f"/{school.slug}/mail/{mail.id}/aside/"
    assert office.post(address, {"reason": ""}).status_code == 422
    assert office.post(address, {"reason": "School dinners"}).status_code == 302
    row = MailHandled.objects.get()
    assert (row.set_aside, row.notice, row.by_position) == ("School dinners", None, Role.OFFICE.label)
    assert "Somebody has dealt with this e-mail already." in text(
        office.post(address, {"reason": "x"}).content.decode()
    )
    assert mail_waiting(school) == ()


def test_a_refused_message_leaves_the_email_waiting(office, school, mother):
    mail = a_mail(school)
    form = drawn(get(office, school, f"absences/new/?pupil={mother.pupil_id}&mail={mail.id}"))
    answer = office.post(f"/{school.slug}/absences/new/", form | {"expected_back": "2026-09-14"})
    assert answer.status_code == 422
    assert [line.id for line in mail_waiting(school)] == [mail.id]


def test_the_oldest_comes_first_and_none_is_passed_over(office, school):
    for hour in (9, 7, 8):
        a_mail(school, subject=f"At {hour}", received_at=datetime(2026, 9, 14, hour, tzinfo=UTC))
    page = text(get(office, school, "mail/"))
    assert page.index("At 7") < page.index("At 8") < page.index("At 9")


def test_words_cannot_smuggle_markup(office, school):
    mail = a_mail(school, words="<script>alert(1)</script>", subject="<b>x", attachments="<i>.jpg")
    for address in ("mail/", f"absences/new/?mail={mail.id}", f"mail/{mail.id}/aside/"):
        page = get(office, school, address)
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


# What is known of the mailbox, and what its page says.
STATES = [
    ({}, "No mailbox of this school is set up"),
    ({"read_at": datetime(2026, 9, 15, 7, 30, tzinfo=UTC)}, "Read at Tuesday 15 September, 8:30"),
    (
        {"read_at": datetime(2026, 9, 15, 6, tzinfo=UTC), "failed_at": datetime(2026, 9, 15, 7, tzinfo=UTC),
         "failure": "timed out"},
        "timed out. What is below is as of",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "says"), STATES)
def test_the_page_says_how_it_stands_with_the_mailbox(office, school, facts, says):
    if facts:
        MailboxPlace.objects.create(school=school, **facts)
    assert says.split(" at ")[0] in text(get(office, school, "mail/"))


def test_another_schools_email_does_not_exist(office, school):
    theirs = a_mail(world.a_school())
    assert office.get(f"/{school.slug}/absences/new/?mail={theirs.id}").status_code == 404
    assert theirs.subject not in get(office, school, "mail/")
    with pytest.raises(type(theirs).DoesNotExist):
        set_aside(school=school, mail_id=theirs.id, reason="x", by=world.OFFICE, now=world.BEGINNING)


# (what is written on the Tuesday, the reason and the day of return that are offered)
GUESSED = [
    ("Tolu is poorly with a temperature", Reason.ILLNESS, None),
    ("She has the dentist at 10", Reason.APPOINTMENT, None),
    ("He is sick after the dentist", None, None),
    ("We are on holiday, back on Monday", Reason.HOLIDAY, date(2026, 9, 21)),
    ("Still ill, returning to school tomorrow", Reason.ILLNESS, date(2026, 9, 16)),
    ("Ill today, back on Tuesday", Reason.ILLNESS, date(2026, 9, 22)),
    ("Will be in later", None, None),
    ("Skill, willing, uncold", None, None),
    ("> is he ill?", None, None),
]


@pytest.mark.parametrize(("words", "reason", "back"), GUESSED, ids=[words for words, _, _ in GUESSED])
def test_what_the_words_seem_to_say(words, reason, back):
    assert guess(words, TUESDAY) == (reason, back)
