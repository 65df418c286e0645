"""The action plan: aims and their reviews, steps and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.improvement.actions.owners import Owner, naming_a_pupil
from allpresent.improvement.models import Aim, AimReview, Goal, Step, StepChange
from allpresent.leave.actions.keeping import keep, kept_before, refusal_of, sign
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer

MEANWHILE = (
    "A colleague has written something here meanwhile. It is above: read it, then send yours again if it stands."
)
TO_COME = "Give a day that is still to come."


class StepSet(NamedTuple):
    """A step as it is given to somebody. `question`: the figures it comes from, or ''."""

    words: str
    owner: Owner
    due: date
    question: str = ""


def begin_aim(
    *, school: School, words: str, why: str, goal: Goal | None, review_on: date, key: str, by: Signer, now: datetime
) -> Aim | Refused:
    """Put an aim into the plan (M-3.1e)."""
    row = Aim(school=school, words=words, why=why, goal=goal, review_on=review_on, key=key, at=now, **sign(by))
    today = wall_clock(now)[0]
    problems = (*_to_come("review_on", review_on, today), *naming_a_pupil(school, today, words=words, why=why))
    return kept_before(row) or refusal_of(problems) or keep(row)


def review_aim(
    *, aim: Aim, outcome: str, says: str, next_on: date | None, seen: int, key: str, by: Signer, now: datetime
) -> AimReview | Refused:
    """Keep a review. `seen`: how many reviews whoever wrote it had read; a colleague's newer one is read first."""
    goes_on, today = outcome == AimReview.Outcome.GOES_ON, wall_clock(now)[0]
    row = AimReview(
        aim=aim, number=seen + 1, outcome=outcome, says=says, next_on=next_on if goes_on else None, key=key, at=now,
        **sign(by),
    )  # fmt: skip
    problems = (
        *(_to_come("next_on", next_on, today) if goes_on else ()),
        *naming_a_pupil(aim.school, today, says=says),
        *_read_first(AimReview.objects.filter(aim=aim).count(), seen),
    )
    return kept_before(row) or refusal_of(problems) or keep(row, taken=MEANWHILE)


def take_step(*, school: School, aim: Aim | None, step: StepSet, key: str, by: Signer, now: datetime) -> Step | Refused:
    """Give a member of staff something to do by a day: a step of an aim, or by itself (O-B-22.6)."""
    row = Step(
        school=school, aim=aim, words=step.words, question=step.question, due=step.due, key=key, at=now,
        **step.owner.columns(), **sign(by),
    )  # fmt: skip
    today = wall_clock(now)[0]
    problems = (
        *(() if step.due >= today else [Problem("due", "That day has gone by. Give today or a later day.")]),
        *naming_a_pupil(school, today, words=step.words),
    )
    return kept_before(row) or refusal_of(problems) or keep(row)


def change_step(
    *,
    step: Step,
    kind: str,
    says: str,
    due: date | None,
    owner: Owner | None,
    seen: int,
    key: str,
    by: Signer,
    now: datetime,
) -> StepChange | Refused:
    """Keep that a step is done or dropped, or has another day or owner. `seen` as for a review."""
    moved = kind == StepChange.Kind.MOVED
    row = StepChange(
        step=step, number=seen + 1, kind=kind, says=says, due=due if moved else None, key=key, at=now,
        **(owner.columns() if owner and moved else {}), **sign(by),
    )  # fmt: skip
    problems = (
        *(_moving(due, owner, wall_clock(now)[0]) if moved else ()),
        *naming_a_pupil(step.school, wall_clock(now)[0], says=says),
        *_read_first(StepChange.objects.filter(step=step).count(), seen),
    )
    return kept_before(row) or refusal_of(problems) or keep(row, taken=MEANWHILE)


def _moving(due: date | None, owner: Owner | None, today: date) -> Iterator[Problem]:
    if due is None and owner is None:
        yield Problem("due", "Give another day, or choose somebody else.")
    elif due is not None and due < today:
        yield Problem("due", "That day has gone by. Give today or a later day.")


def _to_come(field: str, day: date | None, today: date) -> Iterator[Problem]:
    if day is None or day <= today:
        yield Problem(field, TO_COME)


def _read_first(held: int, seen: int) -> Iterator[Problem]:
    if held != seen:
        yield Problem("", MEANWHILE)
