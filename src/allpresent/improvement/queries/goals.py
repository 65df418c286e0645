"""Goals as they were set, and how they ended."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from allpresent.core.improvement import Measure, Share
from allpresent.improvement.models import Goal, GoalEnd
from allpresent.schools.models import School


class Ending(NamedTuple):
    """How a goal ended: the outcome, where it stood, and the reason, with who said so and when."""

    outcome: str
    stood: Share
    why: str
    at: datetime
    by_name: str
    by_position: str


class GoalLine(NamedTuple):
    """One goal. `question`: its pupils and the days of its start, as addresses of figures say them."""

    id: int
    title: str
    why: str
    question: str
    measure: Measure
    start: Share
    start_pupils: int
    percent: Decimal
    first: date
    last: date
    set_by: str
    owner_id: int
    owner: str
    at: datetime
    by_name: str
    by_position: str
    end: Ending | None

    @property
    def aims_at(self) -> str:
        """'at least 94% attendance'."""
        edge = "at least" if self.measure.more_is_better else "at most"
        return f"{edge} {self.percent.normalize():f}% {self.measure}"


def goals_of(school: School) -> tuple[GoalLine, ...]:
    """Every goal of a school: those under way by when they are due, then those that ended, the latest first."""
    lines = _lines(Goal.objects.filter(school=school))
    under_way = sorted((line for line in lines if not line.end), key=lambda line: (line.last, line.id))
    ended = sorted((line for line in lines if line.end), key=lambda line: line.end.at, reverse=True)
    return (*under_way, *ended)


def goal_of(school: School, id: int) -> GoalLine | None:
    return next(iter(_lines(Goal.objects.filter(school=school, id=id))), None)


def _lines(rows: QuerySet[Goal]) -> tuple[GoalLine, ...]:
    return tuple(_line(row) for row in rows.select_related("end").order_by("id"))


def _line(row: Goal) -> GoalLine:
    end = getattr(row, "end", None)
    return GoalLine(
        id=row.id,
        title=row.title,
        why=row.why,
        question=row.question,
        measure=Measure(row.measure),
        start=Share(row.start_part, row.start_whole),
        start_pupils=row.start_pupils,
        percent=row.percent,
        first=row.first_day,
        last=row.last_day,
        set_by=row.set_by,
        owner_id=row.owner_id,
        owner=f"{row.owner_name}, {row.owner_position}",
        at=row.at,
        by_name=row.by_name,
        by_position=row.by_position,
        end=_ending(end) if end else None,
    )


def _ending(end: GoalEnd) -> Ending:
    return Ending(end.outcome, Share(end.part, end.whole), end.why, end.at, end.by_name, end.by_position)
