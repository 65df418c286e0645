"""Goals of the board and the leaders: set with where they start, ended with where they got."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.improvement import Measure, Share, reached
from allpresent.figures.asking import OLDEST
from allpresent.improvement.actions.owners import Owner, naming_a_pupil
from allpresent.improvement.models import Goal, GoalEnd
from allpresent.leave.actions.keeping import keep, kept_before, refusal_of, sign
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import percent

ENDED = "A colleague has ended this goal already. Open it again to read how."


class GoalSet(NamedTuple):
    """A goal as it is set. `start`: where it stands, of so many pupils; `set_by`: which body, in the school's words."""

    title: str
    why: str
    question: str
    measure: Measure
    start: Share
    pupils: int
    percent: Decimal
    first: date
    last: date
    set_by: str
    owner: Owner


def set_goal(*, school: School, goal: GoalSet, key: str, by: Signer, now: datetime) -> Goal | Refused:
    """Keep a goal (M-3.1d). Refused says what has to be mended."""
    row = Goal(
        school=school, title=goal.title, why=goal.why, question=goal.question, measure=goal.measure.value,
        percent=goal.percent, first_day=goal.first, last_day=goal.last, set_by=goal.set_by, key=key, at=now,
        **_start(goal, key), **goal.owner.columns(), **sign(by),
    )  # fmt: skip
    return kept_before(row) or refusal_of(tuple(_problems(school, goal, now))) or keep(row)


def _start(goal: GoalSet, key: str) -> dict[str, int]:
    """Where it stands; of a sending that came before, where it stood then: marks may have changed meanwhile."""
    held = Goal.objects.filter(key=key).values("start_part", "start_whole", "start_pupils").first()
    return held or {"start_part": goal.start.part, "start_whole": goal.start.whole, "start_pupils": goal.pupils}


def _problems(school: School, goal: GoalSet, now: datetime) -> Iterator[Problem]:
    today = wall_clock(now)[0]
    if not goal.start.whole:
        yield Problem("cohort", "Nothing was counted of these pupils on these days. Choose others.")
    elif reached(goal.measure, goal.start, goal.percent):
        stands = percent(goal.start.percent)
        yield Problem("percent", f"It stands at {stands} already. Give a percentage that is better than that.")
    if not 0 <= goal.percent <= 100:
        yield Problem("percent", "Give a percentage from 0 to 100.")
    if goal.first < today - OLDEST:
        yield Problem("first", "Give a day of the last seven years.")
    if goal.last <= max(goal.first, today):
        yield Problem("last", "Give a day that is still to come, after the first day.")
    yield from naming_a_pupil(school, today, title=goal.title, why=goal.why)


def end_goal(
    *, goal: Goal, outcome: GoalEnd.Outcome, now_at: Share, why: str, key: str, by: Signer, now: datetime
) -> GoalEnd | Refused:
    """End a goal as met, missed or dropped, with the reason. It is met only where the figures say so."""
    row = GoalEnd(
        goal=goal, outcome=outcome, part=now_at.part, whole=now_at.whole, why=why, key=key, at=now, **sign(by)
    )
    if held := kept_before(row):
        return held
    if GoalEnd.objects.filter(goal=goal).exists():
        return refused("", ENDED)
    if outcome == GoalEnd.Outcome.MET and not reached(Measure(goal.measure), now_at, goal.percent):
        stands = percent(now_at.percent)
        return refused("outcome", f"It stands at {stands}, not at {goal.percent}% or better: it is not met.")
    problems = naming_a_pupil(goal.school, wall_clock(now)[0], why=why)
    return refusal_of(problems) or keep(row, taken=ENDED)
