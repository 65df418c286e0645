"""Goals: where they start, where they stand, who sets them and who sees what of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.improvement import Measure, Share, Standing
from allpresent.improvement import actions, queries
from allpresent.improvement.models import Goal, GoalEnd
from allpresent.improvement.progress import progress_of
from allpresent.people.models import Characteristic
from allpresent.shared.problems import Refused
from tests import world
from tests.improvement.making import SIGNED, a_goal, a_step, an_aim, an_owner, goal_set, key
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 18)


@pytest.fixture
def school():
    return world.a_school(policy="magnum")


@pytest.fixture
def year_4(school):
    """Twelve pupils who missed one session in four of the week to 11 September, and none since."""
    _, pupils = world.a_class(school=school, size=12)
    for pupil in pupils:
        world.marks(pupil, {"2026-09-10": "/\\", "2026-09-11": "/O", "2026-09-17": "/\\", "2026-09-18": "/\\"})
    return pupils


@pytest.fixture(autouse=True)
def _a_friday(at) -> None:
    at("2026-09-18 15:30")


def signed_in(school, role: Role, **facts) -> Client:
    return world.sign_in(Client(), world.staff(role=role, school=school, **facts))


def sent(owner, **facts) -> dict[str, object]:
    return {
        "key": key(), "title": "Year 4 are here more often", "why": "They missed more than anyone.",
        "cohort": "year_group=4", "measure": "attendance", "since": "2026-09-01", "percent": "95", "owner": owner.id,
        "first": "2026-09-14", "last": "2026-12-18", "set_by": "The leaders of the provision", **facts,
    }  # fmt: skip


def stands(school, goal, today=TODAY):
    [found] = progress_of(school, [queries.goal_of(school, goal.id)], today, small=False)
    return found


@pytest.mark.clause("M-3.1d")
def test_a_leader_sets_a_goal_and_the_registers_say_where_it_stands(school, year_4):
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    client = world.sign_in(Client(), lead)
    asked = get(client, school, "improvement/goals/new/?first=2026-09-01&last=2026-09-11&year_group=4")
    assert '<option value="year_group=4" selected>' in asked
    answer = client.post(f"/{school.slug}/improvement/goals/new/", sent(lead))
    assert answer.status_code == 302, text(answer.content.decode())[:900]
    goal = Goal.objects.get()
    assert (goal.start_part, goal.start_whole, goal.start_pupils) == (36, 48, 12)
    assert goal.by_position == "Senior attendance lead"
    assert stands(school, goal).now.share == Share(48, 48)
    assert stands(school, goal).standing is Standing.REACHED
    page = text(client.get(answer.url).content.decode())
    assert "Year 4: at least 95% attendance by 18 December 2026. Reached." in page
    assert "At the start 75.0% 36 of 48" in page
    chart = client.get(f"/{school.slug}/improvement/goals/{goal.id}/chart/")
    assert chart["Content-Type"].startswith("image/svg+xml")
    assert "Where it should be" in chart.content.decode()


def test_where_a_goal_stands_moves_with_the_registers(school, year_4):
    begins = date(2026, 9, 14)
    goal = a_goal(school, start=Share(36, 48), first=begins, percent=Decimal("100"))
    assert stands(school, goal, begins).standing is Standing.NOTHING_YET
    assert stands(school, goal).standing is Standing.REACHED
    world.marks(year_4[0], {"2026-09-18": "OO"})
    assert stands(school, goal).now.share == Share(46, 48)
    assert stands(school, goal).standing is Standing.NEARER
    for pupil in year_4[1:9]:
        world.marks(pupil, {"2026-09-17": "OO"})
    assert stands(school, goal).standing is Standing.FURTHER


def test_what_cannot_be_a_goal_is_refused(school, year_4):
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    client = world.sign_in(Client(), lead)
    name = f"Alex {year_4[0].surname}"
    wrong = {"percent": {"percent": "74"}, "last": {"last": "2026-09-18"}, "cohort": {"since": "2026-09-12"}}
    wrong["why"] = {"why": f"{name} is never here."}
    wrong["first"] = {"first": "2018-09-01"}
    wrong["since"] = {"since": "0001-01-01"}
    said = {}
    for field, facts in wrong.items():
        given = sent(lead, **{"first": "2026-09-12"} | facts)
        answer = client.post(f"/{school.slug}/improvement/goals/new/", given)
        assert answer.status_code == 422, field
        said[field] = text(answer.content.decode())
    assert "It stands at 75.0% already" in said["percent"]
    assert "Give a day that is still to come" in said["last"]
    assert "Nothing was counted of these pupils" in said["cohort"]
    assert "say it without the name" in said["why"]
    assert "Give a day of the last seven years" in said["first"]
    assert "before 1900" in said["since"]
    assert not Goal.objects.exists()


@pytest.mark.clause("M-3.1d")
def test_a_goal_is_met_only_where_the_figures_say_so_and_ends_once(school, year_4):
    goal = a_goal(school, start=Share(36, 48), first=date(2026, 9, 14), percent=Decimal("99"))
    world.marks(year_4[0], {"2026-09-18": "OO"})
    client = signed_in(school, Role.HEAD)
    address = f"/{school.slug}/improvement/goals/{goal.id}/end/"
    met = client.post(address, {"key": key(), "outcome": "met", "why": "Nearly."})
    assert met.status_code == 422
    assert "it is not met" in text(met.content.decode())
    ended = client.post(address, {"key": "e" * 32, "outcome": "missed", "why": "Flu in week two."})
    assert ended.status_code == 302
    kept = GoalEnd.objects.get()
    assert (kept.part, kept.whole, kept.outcome) == (46, 48, "missed")
    assert client.post(address, {"key": "e" * 32, "outcome": "missed", "why": "Flu in week two."}).status_code == 302
    late = client.post(address, {"key": key(), "outcome": "dropped", "why": "Another."})
    assert "A colleague has ended this goal already" in text(late.content.decode())
    world.marks(year_4[0], {"2026-09-18": "/\\"})
    page = text(client.get(ended.url).content.decode())
    assert "Missed. Flu in week two." in page
    assert "When it ended 95.8% 46 of 48" in page
    assert GoalEnd.objects.count() == 1


@pytest.mark.clause("M-3.1d")
def test_governors_set_goals_where_the_policy_gives_it_to_the_board(school):
    other = world.a_school()
    assert "Governing board sets goals with the leaders" in text(
        get(signed_in(school, Role.GOVERNOR), school, "improvement/goals/new/")
    )
    refused = text(get(signed_in(other, Role.GOVERNOR), other, "improvement/goals/new/", status=403))
    assert "does not give the setting of goals to your board" in refused
    assert "Set a goal" in text(get(signed_in(other, Role.HEAD), other, "improvement/"))


def test_governors_read_no_small_numbers_and_nobody_reads_restricted_circumstances_by_a_goal(school, year_4):
    for pupil in year_4[:3]:
        Characteristic.objects.create(pupil=pupil, kind="child_protection", begins=date(2026, 9, 1))
        Characteristic.objects.create(pupil=pupil, kind="ehc_plan", begins=date(2026, 9, 1))
    begins = {"first": date(2026, 9, 14), "start": Share(9, 12), "pupils": 3}
    few = a_goal(school, title="Plans are kept", question="first=2026-09-01&ehc_plan=yes", **begins)
    hidden = a_goal(school, title="The most vulnerable", question="first=2026-09-01&child_protection=yes", **begins)
    governor, head = signed_in(school, Role.GOVERNOR), signed_in(school, Role.HEAD)
    page = text(get(governor, school, "improvement/"))
    assert "Plans are kept" in page
    assert "75.0%" not in page
    assert "too few pupils to show" in page
    assert "The most vulnerable" not in page
    assert "1 goal is about circumstances that are not for everyone" in page
    assert governor.get(f"/{school.slug}/improvement/goals/{hidden.id}/").status_code == 404
    assert governor.get(f"/{school.slug}/improvement/goals/{hidden.id}/chart/").status_code == 404
    assert "9 of 12" in text(get(head, school, f"improvement/goals/{hidden.id}/"))
    assert "9 of 12" not in text(get(governor, school, f"improvement/goals/{few.id}/"))


def test_the_same_goal_sent_twice_is_kept_once_even_when_marks_changed_meanwhile(school):
    facts = {"school": school, "key": "k", **SIGNED}
    first = actions.set_goal(goal=goal_set(), **facts)
    again = actions.set_goal(goal=goal_set(start=Share(91, 100)), **facts)
    other = actions.set_goal(goal=goal_set(title="Another"), **facts)
    assert first.id == again.id
    assert isinstance(other, Refused)
    assert Goal.objects.count() == 1


def test_a_goal_shows_what_is_planned_for_it_and_ends_its_count_on_its_last_day(school, year_4):
    goal = a_goal(school, first=date(2026, 9, 14), last=date(2026, 9, 17), percent=Decimal("99"))
    world.marks(year_4[0], {"2026-09-18": "OO"})
    aim = an_aim(school, goal=goal)
    a_step(school, aim=aim)
    found = stands(school, goal, TODAY + timedelta(days=1))
    assert (found.now.share, found.is_late) == (Share(24, 24), True)
    page = text(get(signed_in(school, Role.HEAD), school, f"improvement/goals/{goal.id}/"))
    assert "Mondays are as full as Fridays 1 step" in page


def test_whoever_answers_for_a_goal_finds_it_among_their_actions(school):
    jo, kit = (world.staff(role=Role.TEACHER, school=school) for _ in range(2))
    goal = a_goal(school, owner=an_owner(jo))
    mine = get(world.sign_in(Client(), jo), school, "my-actions/")
    assert "Year 4 are here more often at least 94% attendance, by 18 December 2026" in text(mine)
    assert f"/goals/{goal.id}/" not in mine
    assert "Goals you answer for" not in get(world.sign_in(Client(), kit), school, "my-actions/")


def test_persistent_absence_is_counted_in_pupils(school, year_4):
    goal = a_goal(
        school, measure=Measure.PERSISTENT, start=Share(12, 12), first=date(2026, 9, 14), percent=Decimal("5")
    )
    world.marks(year_4[0], {"2026-09-18": "OO"})
    assert stands(school, goal).now.share == Share(1, 12)
