"""Training as it was recorded, and who is on the staff to be trained."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from allpresent.accounts.queries import staff_of
from allpresent.accounts.roles import Role
from allpresent.improvement.models import Training
from allpresent.schools.models import School

NOT_STAFF = frozenset({Role.GOVERNOR, Role.TRUST_LEADER})
"""Roles that are held beside the school's staff: no statement about staff is about them."""


class Member(NamedTuple):
    """A member of staff: what they hold at the school, and since when they have been there."""

    user_id: int
    name: str
    position: str
    roles: frozenset[Role]
    since: date


class TrainingLine(NamedTuple):
    """Training that was held. `staff`: (user, name, position) of each; `struck`: why it counts for nobody, or ''."""

    id: int
    title: str
    on_day: date
    topics: tuple[str, ...]
    staff: tuple[tuple[int, str, str], ...]
    struck: str
    at: datetime
    by_name: str
    by_position: str


def staff_to_train(school: School, day: date) -> tuple[Member, ...]:
    """Everyone appointed at the school on a day but governors and leaders of the trust, by name."""
    held = [one for one in staff_of(school, day) if one.begins <= day and one.role not in NOT_STAFF]
    people = (list(rows) for _, rows in groupby(held, key=lambda one: one.user_id))
    return tuple(
        Member(
            rows[0].user_id,
            rows[0].name,
            ", ".join(dict.fromkeys(row.position for row in rows)),
            frozenset(row.role for row in rows),
            min(row.begins for row in rows),
        )
        for rows in people
    )


def trainings_of(school: School) -> tuple[TrainingLine, ...]:
    """Every record, the latest first: one query."""
    rows = Training.objects.filter(school=school).select_related("struck").order_by("-on_day", "-id")
    return tuple(map(_line, rows))


def training_of(school: School, id: int) -> Training | None:
    return Training.objects.filter(school=school, id=id).select_related("struck").first()


def _line(row: Training) -> TrainingLine:
    struck = getattr(row, "struck", None)
    return TrainingLine(
        row.id, row.title, row.on_day, tuple(row.topics), tuple(map(tuple, row.staff)), struck.why if struck else "",
        row.at, row.by_name, row.by_position,
    )  # fmt: skip
