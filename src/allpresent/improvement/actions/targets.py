"""Targets of attendance and punctuality: set from a day to a day, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.improvement import Measure
from allpresent.improvement.models import Target, TargetEnd
from allpresent.leave.actions.keeping import keep, kept_before, refusal_of, sign
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

TARGETED = (Measure.ATTENDANCE, Measure.PUNCTUALITY)
ENDED = "A colleague has taken this target back already."


class Aimed(NamedTuple):
    """A target as somebody sets it. `year_group` '' is everyone; `percent` of 100, one decimal."""

    measure: Measure
    year_group: str
    percent: Decimal
    first: date
    last: date


def set_target(*, school: School, aimed: Aimed, key: str, by: Signer, now: datetime) -> Target | Refused:
    """Keep a target (M-1a). Of several for the same pupils on a day, the one set last holds."""
    row = Target(
        school=school, measure=aimed.measure.value, year_group=aimed.year_group, percent=aimed.percent,
        first_day=aimed.first, last_day=aimed.last, key=key, at=now, **sign(by),
    )  # fmt: skip
    return kept_before(row) or refusal_of(tuple(_problems(aimed))) or keep(row)


def _problems(aimed: Aimed) -> Iterator[Problem]:
    if aimed.measure not in TARGETED:
        yield Problem("measure", "A target is of attendance or of punctuality. Set a goal for anything else.")
    if not 0 < aimed.percent <= 100:
        yield Problem("percent", "Give a percentage above 0 and up to 100.")
    if aimed.last < aimed.first:
        yield Problem("last", "The last day comes before the first. Correct one of them.")


def end_target(*, target: Target, why: str, key: str, by: Signer, now: datetime) -> TargetEnd | Refused:
    """Take a target back: it no longer holds from today, and what it was stays to be read."""
    row = TargetEnd(target=target, from_day=wall_clock(now)[0], why=why, key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    if TargetEnd.objects.filter(target=target).exists():
        return refused("", ENDED)
    return keep(row, taken=ENDED)
