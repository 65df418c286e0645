"""The action plan and what is handed on: who has it, by when, and what became of it; the self-evaluation."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.improvement import actions, queries
from allpresent.improvement.models import AimReview, SelfEvaluation, Step, StepChange
from allpresent.shared.problems import Refused
from tests import world
from tests.improvement.making import SIGNED, a_change, a_review, a_step, an_aim, an_owner, kept, key
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_morning(at) -> None:
    at("2026-09-15 10:30")


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def jo(school):
    return world.staff(role=Role.TEACHER, school=school, name="Jo Marsh", position="Class teacher, 4B")


@pytest.fixture
def lead(school) -> Client:
    return world.sign_in(Client(), world.staff(role=Role.ATTENDANCE_LEAD, school=school))


@pytest.mark.clause("M-3.1e")
def test_an_aim_with_its_steps_is_planned_reviewed_and_ended(school, jo, lead):
    aim = {
        "key": key(),
        "words": "Mondays are as full as Fridays",
        "why": "Mondays are low.",
        "review_on": "2026-10-12",
    }
    answer = lead.post(f"/{school.slug}/improvement/plan/new/", aim)
    assert answer.status_code == 302
    [line] = queries.plan_of(school)
    step = {"key": key(), "words": "A Monday breakfast club", "owner": jo.id, "due": "2026-09-28"}
    assert lead.post(f"/{school.slug}/improvement/steps/new/?aim={line.id}", step).url == answer.url
    plan = text(get(lead, school, "improvement/plan/"))
    assert "1 action still to do, none of them overdue" in plan
    assert "A Monday breakfast club By 28 September 2026 Jo Marsh, Class teacher, 4B" in plan
    review = {"key": key(), "seen": 0, "says": "It fills up.", "outcome": "goes on", "next_on": "2026-11-09"}
    assert lead.post(answer.url, review).status_code == 302
    assert "Looked at again on 9 November 2026" in text(lead.get(answer.url).content.decode())
    late = review | {"key": key(), "says": "Written over the first.", "outcome": "reached"}
    page = lead.post(answer.url, late)
    assert page.status_code == 422
    assert "A colleague has written something here meanwhile" in text(page.content.decode())
    assert "Written over the first." in page.content.decode()
    assert 'name="seen" value="1"' in page.content.decode()
    assert lead.post(answer.url, late | {"seen": 1}).status_code == 302
    assert [(review.outcome, review.by_position) for review in queries.aim_of(school, line.id).reviews] == [
        ("goes on", "Senior attendance lead"),
        ("reached", "Senior attendance lead"),
    ]
    assert lead.post(answer.url, review | {"key": key(), "seen": 2}).status_code == 200
    assert AimReview.objects.count() == 2


@pytest.mark.clause("O-B-22.5-22.6")
def test_the_champion_hands_on_an_action_and_its_owner_finds_and_does_it(school, jo, lead):
    about = "first%3D2026-09-01%26last%3D2026-09-14%26weekday%3Dmonday"
    page = text(get(lead, school, f"improvement/steps/new/?about={about}"))
    assert "O-B-22.5-22.6" in page
    step = {"key": key(), "words": "Ring the families of Year 4", "owner": jo.id, "due": "2026-09-18"}
    assert lead.post(f"/{school.slug}/improvement/steps/new/?about={about}", step).status_code == 302
    kept_step = Step.objects.get()
    owner = world.sign_in(Client(), jo)
    mine = get(owner, school, "my-actions/")
    assert "1 action to do" in text(mine)
    address = f"/{school.slug}/my-actions/{kept_step.id}/"
    assert address in mine
    assert "The figures it comes from" not in owner.get(address).content.decode()
    assert "first=2026-09-01&amp;last=2026-09-14" in lead.get(address).content.decode()
    done = {"key": key(), "seen": 0, "kind": "done", "says": "All were rung."}
    assert [owner.post(address, done).status_code for _ in range(2)] == [302, 200]
    assert StepChange.objects.get().by_name == "Jo Marsh"
    assert "You have nothing to do here" in text(get(owner, school, "my-actions/"))
    assert "All were rung." in text(lead.get(address).content.decode())


@pytest.mark.clause("O-B-22.5-22.6", "M-3.1e", "M-3.2g")
def test_what_is_overdue_is_seen_by_whoever_leads(at, school, jo, lead):
    a_step(school, owner=an_owner(jo), due=date(2026, 9, 18))
    an_aim(school, review_on=date(2026, 9, 18))
    at("2026-09-21 08:30")
    page = text(get(lead, school, "improvement/"))
    assert "2 things are overdue" in page
    assert "Overdue since 18 September 2026 Jo Marsh" in page
    assert "1 action still to do, 1 of them overdue" in text(get(lead, school, "improvement/plan/"))
    assert "Review overdue since 18 September 2026" in text(get(lead, school, "improvement/plan/"))


@pytest.mark.clause("O-B-22.1", "M-3.2g")
def test_whoever_leads_attendance_is_named_by_the_policys_own_title(school):
    head = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    label = "Senior Attendance Lead, Senior Attendance Champion"
    assert f"{label}: nobody is appointed" in text(get(head, school, "improvement/"))
    world.staff(role=Role.ATTENDANCE_LEAD, school=school, name="Ola West")
    page = text(get(head, school, "improvement/"))
    assert f"{label}: Ola West." in page
    assert "O-B-22.1" in page
    magnum = world.a_school(policy="magnum")
    head = world.sign_in(Client(), world.staff(role=Role.HEAD, school=magnum))
    page = text(get(head, magnum, "improvement/"))
    assert "Designated senior leader for attendance: nobody is appointed M-3.2g" in page


def test_a_step_is_moved_and_handed_on_and_nobody_elses_is_opened(school, jo):
    kit = world.staff(role=Role.TEACHER, school=school, name="Kit Vale")
    step = a_step(school, owner=an_owner(jo))
    kept(a_change(step, "moved", due=date(2026, 10, 9), owner=an_owner(kit), says="Kit knows them."))
    line = queries.step_of(school, step.id)
    assert (line.owner, line.due, line.ended) == ("Kit Vale, Class teacher", date(2026, 10, 9), "")
    assert [found.id for found in queries.steps_of(school, kit.id)] == [step.id]
    assert queries.steps_of(school, jo.id) == ()
    address = f"/{school.slug}/my-actions/{step.id}/"
    page = world.sign_in(Client(), jo).get(address)
    assert page.status_code == 200
    assert "Keep it" not in page.content.decode()
    stranger = world.sign_in(Client(), world.staff(role=Role.TEACHER, school=school))
    assert stranger.get(address).status_code == 404
    assert "Keep it" in world.sign_in(Client(), kit).get(address).content.decode()


def test_a_change_that_says_nothing_or_was_written_over_a_colleagues_is_refused(school, jo):
    step = a_step(school, owner=an_owner(jo))
    assert a_change(step, "moved").problems[0].field == "due"
    assert a_change(step, "moved", due=date(2026, 9, 14)).problems[0].field == "due"
    first, again = (a_change(step, key="k") for _ in range(2))
    assert kept(first).id == kept(again).id
    assert isinstance(a_change(step, "dropped"), Refused)
    assert kept(a_change(step, "dropped", seen=1)).number == 2


def test_no_child_is_named_in_what_governors_read(school, jo):
    pupil = world.a_pupil(school=school, surname="Ashgrove", forename="Tolu")
    for words in ("Ring Tolu Ashgrove at home", "Ring ASHGROVE, TOLU at home"):
        step = actions.StepSet(words, an_owner(jo), date(2026, 9, 30))
        refusal = actions.take_step(school=school, aim=None, step=step, key=key(), **SIGNED)
        assert [problem.field for problem in refusal.problems] == ["words"]
    assert pupil.forename == "Tolu"
    assert not Step.objects.exists()


def test_governors_read_the_plan_and_change_nothing(school, jo):
    aim = an_aim(school)
    step = a_step(school, aim=aim, owner=an_owner(jo))
    governor = world.sign_in(Client(), world.staff(role=Role.GOVERNOR, school=school))
    assert "Ring the families of Year 4" in text(get(governor, school, "improvement/plan/"))
    change = {"key": key(), "seen": 0, "kind": "done", "says": "Done."}
    governor.post(f"/{school.slug}/my-actions/{step.id}/", change)
    review = {"key": key(), "seen": 0, "outcome": "reached", "says": "Reached."}
    governor.post(f"/{school.slug}/improvement/plan/{aim.id}/", review)
    assert not StepChange.objects.exists()
    assert not AimReview.objects.exists()
    assert governor.get(f"/{school.slug}/improvement/steps/new/").status_code == 403


def test_an_aim_is_reviewed_with_a_day_to_come_where_it_goes_on(school):
    aim = an_aim(school)
    assert a_review(aim, next_on=None).problems[0].field == "next_on"
    assert kept(a_review(aim, outcome="dropped", next_on=None)).next_on is None


@pytest.mark.clause("O-B-23")
def test_the_self_evaluation_is_dated_and_two_who_write_at_once_read_each_other(school, lead):
    assert queries.self_evaluation(school) is None
    address = f"/{school.slug}/improvement/self-evaluation/"
    page = text(lead.get(address).content.decode())
    assert "No self-evaluation yet" in page
    assert "O-B-23" in page
    first = {"key": key(), "seen": 0, "words": "Attendance rises.\n\nMondays are low."}
    assert lead.post(address, first).status_code == 302
    late = lead.post(address, {"key": key(), "seen": 0, "words": "What I had typed meanwhile"})
    assert late.status_code == 422
    assert "A colleague has saved newer words meanwhile" in text(late.content.decode())
    assert "What I had typed meanwhile" in late.content.decode()
    assert "Mondays are low." in late.content.decode()
    assert lead.post(address, {"key": key(), "seen": 1, "words": "Both together"}).status_code == 302
    said = queries.self_evaluation(school)
    assert (said.number, said.words, said.by_position) == (2, "Both together", "Senior attendance lead")
    governor = world.sign_in(Client(), world.staff(role=Role.GOVERNOR, school=school))
    assert "Both together" in text(governor.get(address).content.decode())
    governor.post(address, {"key": key(), "seen": 2, "words": "Not mine to write"})
    assert SelfEvaluation.objects.count() == 2


def test_what_was_typed_is_kept_by_the_browser_until_it_was_sent(school, lead):
    for address in ("goals/new/", "plan/new/", "steps/new/", "training/new/", "self-evaluation/"):
        page = get(lead, school, f"improvement/{address}")
        assert f'data-draft="/{school.slug}/improvement/{address}"' in page
        assert "leave-draft.js" in page
