"""Presenters of the first page, the targets and the plan: made of loaded facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from allpresent.accounts.roles import Role
from allpresent.core.improvement import Standing, State
from allpresent.core.policy.policy import Policy
from allpresent.figures.files import Cell
from allpresent.improvement.aiming import SHOWN, PupilLine
from allpresent.improvement.progress import Progress
from allpresent.improvement.queries import AimLine, Evaluation, GoalLine, Member, StepLine, TargetOn
from allpresent.improvement.trained import Trained
from allpresent.leave.permissions import POSTS
from allpresent.shared.words import count_of

TARGETS: tuple[str, dict[str, int]] = ("targets", {})
NEW_TARGET = {
    "title": "Set a target",
    "intro": "Of several for the same children on one day, the one set last holds. A year group has its own first.",
    "button": "Set the target",
    "back": TARGETS,
}
END_TARGET = {
    "title": "Take a target back",
    "intro": "It no longer holds from today. What it was stays to be read.",
    "button": "Take it back",
    "back": TARGETS,
}
NEW_AIM = {
    "title": "A new aim of the plan",
    "intro": "An aim says what will be different. Its steps, each with an owner and a day, come next.",
    "button": "Put it into the plan",
    "back": ("plan", {}),
}
DELEGATES, EVALUATED = "delegates actions", "self-evaluation"


class Leader(NamedTuple):
    """Who leads attendance: what the policy calls the post, its clauses, and who is appointed to it."""

    label: str
    clauses: tuple[str, ...]
    people: tuple[str, ...]


def leader_of(policy: Policy | None, members: Iterable[Member]) -> Leader:
    """The senior leader for attendance, by name (O-B-22.1, M-3.2g)."""
    posts = policy.roles.items() if policy else ()
    found = [post for key, post in posts if POSTS.get(key) is Role.ATTENDANCE_LEAD]
    labels = dict.fromkeys(name for post in found for name in post.names)
    clauses = dict.fromkeys(clause for post in found for part in (post, *post.labels) for clause in part.clause)
    people = tuple(member.name for member in members if Role.ATTENDANCE_LEAD in member.roles)
    return Leader(", ".join(labels) or Role.ATTENDANCE_LEAD.label, tuple(clauses), people)


class Overview(NamedTuple):
    """The first page. `overdue`: steps of anybody; `reviews`: aims whose review has come."""

    today: date
    leader: Leader
    targets: tuple[TargetOn, ...]
    under_way: tuple[Progress, ...]
    ended: tuple[Progress, ...]
    aims: tuple[AimLine, ...]
    to_do: tuple[StepLine, ...]
    overdue: tuple[StepLine, ...]
    reviews: tuple[AimLine, ...]
    trained: Trained
    evaluation: Evaluation | None

    @property
    def headline(self) -> str:
        """What matters first: what is late; then how many goals are reached."""
        passed = (aim for aim in self.reviews if aim.review_on < self.today)
        late = [*self.overdue, *passed, *(goal for goal in self.under_way if goal.is_late)]
        if late:
            return f"{count_of(len(late), 'thing is', 'things are')} overdue"
        if not self.under_way:
            return "No goal is set" if not self.to_do else f"{count_of(len(self.to_do), 'action')} under way"
        there = sum(goal.standing is Standing.REACHED for goal in self.under_way)
        return f"{count_of(len(self.under_way), 'goal')} under way, {there or 'none'} at the target now"

    @property
    def owing(self) -> tuple[tuple[State, int], ...]:
        """How many of the staff are overdue or due with some training."""
        return tuple((state, self.trained.count(state)) for state in (State.OVERDUE, State.DUE))


def overview(
    *,
    today: date,
    leader: Leader,
    targets: tuple[TargetOn, ...],
    goals: Iterable[Progress],
    aims: Iterable[AimLine],
    steps: Iterable[StepLine],
    trained: Trained,
    evaluation: Evaluation | None,
) -> Overview:
    goals, open_aims = tuple(goals), tuple(aim for aim in aims if not aim.ended)
    to_do = tuple(step for step in steps if not step.ended)
    return Overview(
        today,
        leader,
        targets,
        tuple(goal for goal in goals if not goal.line.end),
        tuple(goal for goal in goals if goal.line.end),
        open_aims,
        to_do,
        tuple(step for step in to_do if step.overdue_on(today)),
        tuple(aim for aim in open_aims if aim.review_on and aim.review_on <= today),
        trained,
        evaluation,
    )


def committee_clauses(policy: Policy | None) -> tuple[str, ...]:
    """What asks for figures in the self-evaluation (O-B-23), where the policy does."""
    reports = policy.content.reports if policy else ()
    return tuple(clause for report in reports if EVALUATED in report.of for clause in report.clause)


def delegation_clauses(policy: Policy | None) -> tuple[str, ...]:
    """What says that somebody delegates actions (O-B-22.6), where the policy does."""
    posts = policy.roles.values() if policy else ()
    found = (post.clauses.get("does", post.clause) for post in posts if DELEGATES in post.does)
    return tuple(clause for clauses in found for clause in clauses)


def chosen_lines(lines: Sequence[PupilLine], show: str) -> tuple[PupilLine, ...]:
    """Everyone by name; or with 'below', those below a target, the lowest attendance first."""
    if show != "below":
        return tuple(lines)
    return tuple(sorted((line for line in lines if line.is_below), key=_attendance))


def _attendance(line: PupilLine) -> float:
    return line.against[0].share.percent or 0.0


def target_table(lines: Iterable[PupilLine]) -> Iterator[list[Cell]]:
    """Every child against the targets, for a file."""
    yield ["Name", "Year group", *(f"{measure}{what}" for measure in SHOWN for what in (" %", " target %", " reached"))]
    for line in lines:
        yield [line.name, line.year_group, *(cell for one in line.against for cell in _cells(one))]


def _cells(one) -> Iterator[Cell]:
    yield None if one.share.percent is None else round(one.share.percent, 1)
    yield None if one.target is None else float(one.target)
    yield {True: "yes", False: "no"}.get(one.is_reached, "")


class PlanPage(NamedTuple):
    """The plan: aims pursued and ended, and steps that belong to none."""

    today: date
    aims: tuple[AimLine, ...]
    ended: tuple[AimLine, ...]
    alone: tuple[StepLine, ...]
    overdue: int
    to_do: int

    @property
    def headline(self) -> str:
        if not self.to_do:
            return "Nothing in the plan is still to do" if self.aims or self.ended or self.alone else "No plan yet"
        return f"{count_of(self.to_do, 'action')} still to do, {self.overdue or 'none'} of them overdue"


def plan_page(aims: tuple[AimLine, ...], steps: tuple[StepLine, ...], today: date) -> PlanPage:
    return PlanPage(
        today,
        tuple(aim for aim in aims if not aim.ended),
        tuple(aim for aim in aims if aim.ended),
        tuple(step for step in steps if step.aim_id is None),
        sum(step.overdue_on(today) for step in steps),
        sum(not step.ended for step in steps),
    )


def new_step(aim: AimLine | None, clauses: tuple[str, ...]) -> dict[str, object]:
    """The form of a step, of an aim or handed on by itself."""
    if aim:
        return {
            "title": "A step",
            "intro": f"Towards: {aim.words}",
            "button": "Add the step",
            "back": ("aim", {"aim": aim.id}),
        }
    intro = "What the figures ask for, given to one person by a day. They find it under My actions."
    return {
        "title": "Hand on an action",
        "intro": intro,
        "button": "Hand it on",
        "back": ("plan", {}),
        "clauses": clauses,
    }


class MyPage(NamedTuple):
    """What one person has to do, has done, and answers for."""

    today: date
    to_do: tuple[StepLine, ...]
    done: tuple[StepLine, ...]
    goals: tuple[GoalLine, ...]

    @property
    def headline(self) -> str:
        if not self.to_do:
            return "You have nothing to do here"
        late = sum(step.overdue_on(self.today) for step in self.to_do)
        return f"{count_of(len(self.to_do), 'action')} to do" + (f", {late} overdue" if late else "")


def my_page(steps: tuple[StepLine, ...], goals: tuple[GoalLine, ...], today: date) -> MyPage:
    to_do = tuple(step for step in steps if not step.ended)
    return MyPage(today, to_do, tuple(step for step in steps if step.ended), goals)
