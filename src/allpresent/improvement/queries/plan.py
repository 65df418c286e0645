"""The plan as it stands: aims with their reviews, steps with what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from allpresent.improvement.models import Aim, AimReview, Step, StepChange
from allpresent.schools.models import School


class Change(NamedTuple):
    """One thing that was written of a step."""

    kind: str
    says: str
    due: date | None
    owner: str
    at: datetime
    by_name: str
    by_position: str


class StepLine(NamedTuple):
    """A step as it stands after every change. `ended`: 'done' or 'dropped', '' while it is still to do.

    `owners`: everyone who ever answered for it.
    """

    id: int
    aim_id: int | None
    words: str
    question: str
    owner_id: int
    owner: str
    owners: frozenset[int]
    due: date
    ended: str
    at: datetime
    by_name: str
    by_position: str
    changes: tuple[Change, ...]

    def overdue_on(self, day: date) -> bool:
        return not self.ended and self.due < day


class Review(NamedTuple):
    """One review of an aim."""

    outcome: str
    says: str
    next_on: date | None
    at: datetime
    by_name: str
    by_position: str


class AimLine(NamedTuple):
    """An aim as it stands. `review_on`: the next review, None where it ended; `ended`: 'reached', 'dropped' or ''."""

    id: int
    words: str
    why: str
    goal_id: int | None
    goal: str
    review_on: date | None
    ended: str
    at: datetime
    by_name: str
    by_position: str
    reviews: tuple[Review, ...]
    steps: tuple[StepLine, ...]


def plan_of(school: School) -> tuple[AimLine, ...]:
    """Every aim with its steps, those still pursued first, by their next review: four queries."""
    found = _aims(Aim.objects.filter(school=school))
    return tuple(sorted(found, key=lambda aim: (bool(aim.ended), aim.review_on or date.max, aim.id)))


def aim_of(school: School, id: int) -> AimLine | None:
    return next(iter(_aims(Aim.objects.filter(school=school, id=id))), None)


def steps_of(school: School, owner_id: int | None = None) -> tuple[StepLine, ...]:
    """Every step of the school, or those of one owner as they stand: still to do first, by day; two queries."""
    found = (step_line(row) for row in _with_changes(Step.objects.filter(school=school)))
    mine = (step for step in found if owner_id in (None, step.owner_id))
    return tuple(sorted(mine, key=lambda step: (bool(step.ended), step.due, step.id)))


def step_of(school: School, id: int) -> StepLine | None:
    return next(map(step_line, _with_changes(Step.objects.filter(school=school, id=id))), None)


def _with_changes(rows: QuerySet[Step]) -> QuerySet[Step]:
    return rows.prefetch_related(Prefetch("changes", StepChange.objects.order_by("number"))).order_by("id")


def _aims(rows: QuerySet[Aim]) -> Iterable[AimLine]:
    reviews = Prefetch("reviews", AimReview.objects.order_by("number"))
    steps = Prefetch("steps", _with_changes(Step.objects.all()))
    return [_aim(row) for row in rows.select_related("goal").prefetch_related(reviews, steps).order_by("id")]


def _aim(row: Aim) -> AimLine:
    reviews = tuple(
        Review(one.outcome, one.says, one.next_on, one.at, one.by_name, one.by_position) for one in row.reviews.all()
    )
    last = reviews[-1] if reviews else None
    steps = sorted(map(step_line, row.steps.all()), key=lambda step: (bool(step.ended), step.due, step.id))
    return AimLine(
        row.id, row.words, row.why, row.goal_id, row.goal.title if row.goal else "",
        last.next_on if last else row.review_on,
        last.outcome if last and last.outcome != AimReview.Outcome.GOES_ON else "",
        row.at, row.by_name, row.by_position, reviews, tuple(steps),
    )  # fmt: skip


def step_line(row: Step) -> StepLine:
    """A step with its changes laid over it, in their order."""
    owner, due, ended = (row.owner_id, f"{row.owner_name}, {row.owner_position}"), row.due, ""
    owners = {row.owner_id}
    changes = []
    for change in row.changes.all():
        given = f"{change.owner_name}, {change.owner_position}" if change.owner_id else ""
        owners.add(change.owner_id or row.owner_id)
        owner, due = (change.owner_id, given) if change.owner_id else owner, change.due or due
        ended = "" if change.kind == StepChange.Kind.MOVED else change.kind
        changes.append(
            Change(change.kind, change.says, change.due, given, change.at, change.by_name, change.by_position)
        )
    return StepLine(
        row.id, row.aim_id, row.words, row.question, *owner, frozenset(owners), due, ended, row.at, row.by_name,
        row.by_position, tuple(changes),
    )  # fmt: skip
