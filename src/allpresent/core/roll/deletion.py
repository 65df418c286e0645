"""Whether a name may come off the admission register: every missing precondition, named.

Sources: 2024 Regulations reg 9; statutory guidance on telling social and youth justice workers first
(policy clause M-4.7f); never retrospectively (registers law fact sheet section 2).
"""

from __future__ import annotations

from typing import NamedTuple

from allpresent.core.calendar.words import day_words
from allpresent.core.roll.deletion_case import Deletion
from allpresent.core.roll.deletion_needs import missing
from allpresent.core.roll.grounds import Ground, grounds_for


class DeletionProblem(NamedTuple):
    """One thing that stands in the way. `key` is the need's key, or 'ground', 'on' or 'workers'."""

    key: str
    message: str


class DeletionAllowed(NamedTuple):
    """Nothing stands in the way. `regulation` is as recorded, such as '9(1)(h)' or '9(3)'."""

    regulation: str
    ground: Ground


class DeletionRefused(NamedTuple):
    """Everything that stands in the way, in the order of the checklist."""

    problems: tuple[DeletionProblem, ...]


def check_deletion(deletion: Deletion) -> DeletionAllowed | DeletionRefused:
    """Whether the name may be deleted, on the list that fits the pupil's age on the deletion day.

    Raises ValueError for a day before 19 August 2024 (see `grounds_for`).
    """
    held = grounds_for(deletion.born, deletion.on)
    ground = held.ground(deletion.ground)
    problems = _day_problems(deletion) + _worker_problems(deletion)
    if ground is None:
        age = "of" if held.for_compulsory_age else "not of"
        message = (
            f"On {day_words(deletion.on)} the pupil is {age} compulsory school age, so the ground must be in "
            f"regulation {held.regulation}, which has no ground “{deletion.ground}”."
        )
        return DeletionRefused((DeletionProblem("ground", message), *problems))
    problems = [*problems, *_need_problems(ground, deletion)]
    if problems:
        return DeletionRefused(tuple(problems))
    item = f"({ground.letter})" if held.for_compulsory_age else ""
    return DeletionAllowed(held.regulation + item, ground)


def _day_problems(deletion: Deletion) -> list[DeletionProblem]:
    found = []
    if deletion.on < deletion.entered_on:
        found.append(
            f"A name is never deleted for a day gone by: {day_words(deletion.on)} is before the day of "
            f"entry, {day_words(deletion.entered_on)}. Choose that day or a later one."
        )
    if deletion.last_entry and deletion.on < deletion.last_entry:
        found.append(
            f"The pupil has an attendance mark on {day_words(deletion.last_entry)}, after the deletion day. "
            "Choose that day or a later one."
        )
    return [DeletionProblem("on", message) for message in found]


def _worker_problems(deletion: Deletion) -> list[DeletionProblem]:
    return [
        DeletionProblem(
            "workers",
            f"Tell the pupil's {worker.role} that the name is to be deleted, and record the day, before the "
            "name comes off.",
        )
        for worker in deletion.workers
        if worker.told_on is None or worker.told_on > deletion.on
    ]


def _need_problems(ground: Ground, deletion: Deletion) -> list[DeletionProblem]:
    return [DeletionProblem(need.key, message) for need in ground.needs if (message := missing(need, deletion))]
