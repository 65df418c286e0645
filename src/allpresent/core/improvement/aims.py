"""What a policy says it aims at: words always, and a number where it gives one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from allpresent.core.improvement.measures import Measure
from allpresent.core.policy.policy import Policy

_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?%")


class Aim(NamedTuple):
    """One aim of a policy. `percent` (0 to 100) is None where the policy gives no figure. `clauses` say it."""

    words: str
    measure: Measure
    percent: Decimal | None
    clauses: tuple[str, ...]


def aims_of(policy: Policy) -> tuple[Aim, ...]:
    """What the policy's `targets` say, in its own words and order (M-1a).

    An aim is of punctuality where its words speak of punctuality or lateness and not of attendance. The first
    percentage of its `figure` is its number.
    """
    return tuple(
        Aim(target.aim, _measure(target.aim), _percent(target.figure or ""), target.clause or target.source)
        for target in policy.content.targets
    )


def _measure(words: str) -> Measure:
    said = words.lower()
    of_time = any(part in said for part in ("punctual", "late", "on time"))
    return Measure.PUNCTUALITY if of_time and "attend" not in said else Measure.ATTENDANCE


def _percent(figure: str) -> Decimal | None:
    found = _PERCENT.search(figure)
    number = Decimal(found[1]) if found else None
    return number if number is not None and number <= 100 else None
