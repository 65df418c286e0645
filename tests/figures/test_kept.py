"""Questions kept under a name: one's own or shared, opened by what each may see, and let go again."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client

from allpresent.accounts.models import User
from allpresent.accounts.roles import Role
from allpresent.figures.kept_actions import keep_question
from allpresent.figures.models import KeptQuestion
from allpresent.schools.models import School
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from tests import world
from tests.figures.keeping import kept_by

pytestmark = pytest.mark.django_db
PROTECTED = "by=year_group&child_protection=yes"


@pytest.fixture(autouse=True)
def _at_registration(at) -> None:
    at("2026-09-15 08:55")


@pytest.fixture
def school() -> School:
    return world.a_school()


@pytest.fixture
def head(school) -> User:
    return world.staff(role=Role.HEAD, school=school, name="Jo Marsh")


def page(user: User, school: School, address: str, **posted: str):
    client = world.sign_in(Client(), user)
    where = f"/{school.slug}/figures/{address}"
    return client.post(where, posted, follow=True) if posted else client.get(where, follow=True)


@pytest.mark.clause("O-B-22.3-22.4")
def test_a_question_is_kept_and_opened_by_its_name(school, head):
    answer = page(head, school, "kept/new/?first=2026-09-01&last=2026-09-11&by=sex&format=csv", name="Girls and boys")
    assert answer.redirect_chain[-1][0].endswith("/figures/ask/?by=sex&first=2026-09-01&last=2026-09-11")
    assert "Kept as “Girls and boys”." in answer.content.decode()
    kept = KeptQuestion.objects.get()
    assert (kept.query, kept.shared, kept.by_name) == ("by=sex&first=2026-09-01&last=2026-09-11", False, "Jo Marsh")
    for where in ("", "ask/"):
        assert "Girls and boys" in page(head, school, where).content.decode()
    opened = page(head, school, f"kept/{kept.id}/")
    assert opened.redirect_chain[-1][0].endswith("/figures/ask/?by=sex&first=2026-09-01&last=2026-09-11")


def test_a_question_of_the_year_so_far_moves_with_the_days(school, head, at):
    page(head, school, "kept/new/?first=2026-09-01&last=2026-09-11&by=sex", name="So far", moving="on")
    assert KeptQuestion.objects.get().query == "by=sex"
    at("2026-11-20 09:00")
    address = page(head, school, f"kept/{KeptQuestion.objects.get().id}/").redirect_chain[-1][0]
    assert address.endswith("/figures/ask/?by=sex&first=2026-08-01&last=2026-11-20")


def test_the_same_sent_again_changes_nothing_and_another_of_the_name_is_refused(school, head):
    first = kept_by(head, school)
    assert kept_by(head, school) == first
    by = Signer(head.id, head.name, "Head")
    other = keep_question(school=school, name=first.name, query="by=half", shared=False, by=by, now=world.BEGINNING)
    assert isinstance(other, Refused)
    answer = page(head, school, "kept/new/?by=half", name=first.name)
    assert answer.status_code == 400
    assert "Give this one another name" in answer.content.decode()
    assert KeptQuestion.objects.get().query == "by=sex"


def test_the_database_holds_one_of_a_name(school, head):
    kept = kept_by(head, school)
    with pytest.raises(IntegrityError):
        KeptQuestion.objects.create(
            school=school, name=kept.name, query="", shared=True, at=kept.at, by_id=head.id, by_name="Jo Marsh"
        )


def test_a_question_without_a_name_is_asked_for_one(school, head):
    answer = page(head, school, "kept/new/?by=half", name="")
    assert answer.status_code == 400
    assert "Give the question a name" in answer.content.decode()


def test_ones_own_question_is_nobody_elses(school, head):
    kept = kept_by(head, school, name="For me alone")
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    assert "For me alone" not in page(lead, school, "ask/").content.decode()
    assert page(lead, school, f"kept/{kept.id}/").status_code == 404
    assert page(lead, school, f"kept/{kept.id}/let-go/", sure="yes").status_code == 404
    assert KeptQuestion.objects.count() == 1


def test_a_shared_question_leaves_out_what_its_reader_may_not_see_and_says_so(school, head):
    kept = kept_by(head, school, name="Protected", query=PROTECTED, shared=True)
    for_lead = page(world.staff(role=Role.ATTENDANCE_LEAD, school=school), school, f"kept/{kept.id}/")
    assert "child_protection=yes" in for_lead.redirect_chain[-1][0]
    assert "was left out" not in for_lead.content.decode()
    for_officer = page(world.staff(role=Role.ATTENDANCE_OFFICER, school=school), school, f"kept/{kept.id}/")
    assert "child_protection" not in for_officer.redirect_chain[-1][0]
    assert "was left out" in for_officer.content.decode()


def test_whoever_may_not_tell_pupils_apart_by_something_does_not_keep_it(school):
    officer = world.staff(role=Role.ATTENDANCE_OFFICER, school=school)
    page(officer, school, f"kept/new/?{PROTECTED}", name="Year groups", shared="on", moving="on")
    assert KeptQuestion.objects.get().query == "by=year_group"


def test_a_question_is_let_go_by_its_keeper_or_by_whoever_keeps_the_staff_list(school, head):
    officer = world.staff(role=Role.ATTENDANCE_OFFICER, school=school)
    governor = world.staff(role=Role.GOVERNOR, school=school)
    own, shared = kept_by(officer, school, name="Own"), kept_by(officer, school, name="Shared", shared=True)
    assert page(governor, school, f"kept/{shared.id}/let-go/", sure="yes").status_code == 404
    assert "is no longer kept" in page(officer, school, f"kept/{own.id}/let-go/", sure="yes").content.decode()
    assert page(head, school, f"kept/{shared.id}/let-go/", sure="yes").status_code == 200
    assert not KeptQuestion.objects.exists()
