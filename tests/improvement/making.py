"""Builders of targets, goals, plans and training."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from allpresent.accounts.models import Appointment
from allpresent.core.improvement import Measure, Share
from allpresent.improvement import actions
from allpresent.improvement.actions.targets import Aimed
from allpresent.improvement.models import AimReview, GoalEnd, StepChange
from allpresent.schools.models import School
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer

NOW = datetime(2026, 9, 15, 9, 30, tzinfo=UTC)
HEAD = Signer(None, "Ruth Hale", "Principal")
SIGNED = {"by": HEAD, "now": NOW}
_keys = count(1)


def key() -> str:
    return f"{next(_keys):032d}"


def an_owner(user=None) -> actions.Owner:
    """A member of staff, by their appointment; somebody made up where nobody is given."""
    if user is None:
        return actions.Owner(1, "Sam Okafor", "Office manager")
    return actions.Owner(user.id, user.name, Appointment.objects.filter(user=user).latest("id").position)


def kept(row):
    """What was kept; the test fails where it was refused."""
    assert not isinstance(row, Refused), row
    return row


def a_target(school: School, *, percent="96.5", measure=Measure.ATTENDANCE, year_group="", first="2026-09-01", **more):
    aimed = Aimed(measure, year_group, Decimal(percent), date.fromisoformat(first), date(2027, 7, 21))
    return kept(actions.set_target(school=school, aimed=aimed, key=key(), **SIGNED | more))


def goal_set(**facts) -> actions.GoalSet:
    """Year 4 from 90% to 94% of attendance by Christmas."""
    return actions.GoalSet(
        **{
            "title": "Year 4 are here more often", "why": "They missed more than anyone last year.",
            "question": "first=2026-09-01&last=2026-09-14&year_group=4", "measure": Measure.ATTENDANCE,
            "start": Share(90, 100), "pupils": 30, "percent": Decimal("94.0"), "first": date(2026, 9, 15),
            "last": date(2026, 12, 18), "set_by": "The leaders of the school", "owner": an_owner(), **facts,
        }
    )  # fmt: skip


def a_goal(school: School, **facts):
    return kept(actions.set_goal(school=school, goal=goal_set(**facts), key=key(), **SIGNED))


def an_aim(school: School, **facts):
    given = {"words": "Mondays are as full as Fridays", "why": "Mondays are low.", "goal": None} | facts
    review_on = given.pop("review_on", date(2026, 10, 12))
    return kept(actions.begin_aim(school=school, review_on=review_on, key=key(), **given, **SIGNED))


def a_step(school: School, *, aim=None, owner=None, due=date(2026, 9, 30), words="Ring the families of Year 4", **more):
    step = actions.StepSet(words, owner or an_owner(), due)
    return kept(actions.take_step(school=school, aim=aim, step=step, key=key(), **SIGNED | more))


def a_change(step, kind=StepChange.Kind.DONE, *, seen=0, due=None, owner=None, says="All of them were rung.", **more):
    return actions.change_step(
        step=step, kind=kind, says=says, due=due, owner=owner, seen=seen, key=more.pop("key", "") or key(),
        **SIGNED | more,
    )  # fmt: skip


def a_review(aim, *, outcome=AimReview.Outcome.GOES_ON, next_on=date(2026, 11, 9), seen=0, **more):
    return actions.review_aim(
        aim=aim, outcome=outcome, says="Two weeks in, it is better.", next_on=next_on, seen=seen, key=key(),
        **SIGNED | more,
    )  # fmt: skip


def a_training(school: School, *, staff=(), topics=("register law",), on_day=date(2026, 9, 1), **more):
    there = [an_owner(user) for user in staff] or [an_owner()]
    return kept(
        actions.record_training(
            school=school, title="Staff day", on_day=on_day, topics=topics, staff=there, key=key(), **SIGNED | more
        )
    )


def one_of_each(school: School) -> dict[str, object]:
    """What addresses can name, for whoever opens them all."""
    aim = an_aim(school)
    return {
        "target": a_target(school).id,
        "goal": a_goal(school).id,
        "aim": aim.id,
        "step": a_step(school, aim=aim).id,
        "training": a_training(school).id,
    }


def in_every_table(school: School) -> None:
    """A row in every table of the room."""
    actions.end_target(target=a_target(school), why="Set by mistake", key=key(), **SIGNED)
    end = {"outcome": GoalEnd.Outcome.DROPPED, "now_at": Share(1, 2), "why": "Another matters more."}
    actions.end_goal(goal=a_goal(school), **end, key=key(), **SIGNED)
    aim = an_aim(school)
    a_review(aim)
    a_change(a_step(school, aim=aim))
    actions.strike_training(training=a_training(school), why="Another day", key=key(), **SIGNED)
    actions.say_of_ourselves(school=school, words="It is getting better.", seen=0, key=key(), **SIGNED)
