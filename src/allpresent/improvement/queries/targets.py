"""Targets as they stand: what the policy says, and what the school set over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from allpresent.core.improvement import Measure, aims_of
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.policy import Policy
from allpresent.figures.dimensions import year_words
from allpresent.improvement.models import Target
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


class TargetOn(NamedTuple):
    """A target in force on a day. `year_group` '' is everyone; `percent` None: words alone, from the policy."""

    measure: Measure
    year_group: str
    percent: Decimal | None
    words: str
    clauses: tuple[str, ...]

    @property
    def whom(self) -> str:
        return year_words(self.year_group) if self.year_group else "everyone"


class TargetLine(NamedTuple):
    """A target that the school set. `ended_on`: the day on which it was taken back, and why; None where it was not."""

    id: int
    measure: Measure
    year_group: str
    percent: Decimal
    first: date
    last: date
    ended_on: date | None
    ended_why: str
    by_name: str
    by_position: str

    @property
    def whom(self) -> str:
        return year_words(self.year_group) if self.year_group else "everyone"

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last and (self.ended_on is None or day < self.ended_on)


def targets_of(school: School) -> tuple[TargetLine, ...]:
    """Every target that the school ever set, the newest first: one query."""
    return tuple(_line(row) for row in Target.objects.filter(school=school).select_related("end").order_by("-id"))


def target_of(school: School, id: int) -> Target | None:
    return Target.objects.filter(school=school, id=id).select_related("school").first()


def targets_on(school: School, day: date) -> tuple[TargetOn, ...]:
    """What is aimed at on a day (M-1a): the policy's own words first, then what the school set: one query.

    Where the school set a number of its own for everyone, the policy's number for the same does not hold.
    """
    own = tuple(_newest(line for line in targets_of(school) if line.holds_on(day)))
    for_all = {target.measure for target in own if not target.year_group}
    said = (
        target._replace(percent=None) if target.measure in for_all else target for target in _of_policy(school, day)
    )
    return (*said, *own)


def aimed_at(targets: tuple[TargetOn, ...], measure: Measure, year_group: str) -> Decimal | None:
    """The percentage that a pupil of a year group is held against; None where there is none."""
    found = {target.year_group: target.percent for target in targets if target.measure is measure and target.percent}
    return found.get(year_group) or found.get("")


def _newest(lines: Iterator[TargetLine]) -> Iterator[TargetOn]:
    """Of several for the same pupils, the one set last; everyone first, then year groups."""
    seen: dict[tuple[Measure, str], TargetLine] = {}
    for line in lines:
        seen.setdefault((line.measure, line.year_group), line)
    for line in sorted(seen.values(), key=lambda line: (list(Measure).index(line.measure), line.year_group)):
        says = f"at least {line.percent.normalize():f}% {line.measure}"
        yield TargetOn(line.measure, line.year_group, line.percent, says, ())


def _of_policy(school: School, day: date) -> Iterator[TargetOn]:
    policy = policy_or_none(school, day)
    for aim in aims_of(policy) if policy else ():
        yield TargetOn(aim.measure, "", aim.percent, aim.words, aim.clauses)


def policy_or_none(school: School, day: date) -> Policy | None:
    """The policy in force; None where none can be read: nothing is aimed at by it then."""
    try:
        return setting_of(school).policy_on(day)
    except PolicyProblem:
        return None


def _line(row: Target) -> TargetLine:
    end = getattr(row, "end", None)
    return TargetLine(
        row.id, Measure(row.measure), row.year_group, row.percent, row.first_day, row.last_day,
        end.from_day if end else None, end.why if end else "", row.by_name, row.by_position,
    )  # fmt: skip
