"""Which way a pupil's attendance moved from one stretch of school to the next, as a class teacher would say it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.figures.figure import Figure
from allpresent.core.policy.model.response import Pattern, Threshold
from allpresent.core.policy.values import Measure


class Movement(StrEnum):
    """Up, down, or neither by enough to speak of."""

    UP = "up"
    STEADY = "steady"
    DOWN = "down"


class Steps(NamedTuple):
    """How far is far enough, in percentage points of attendance, each way; and of how many sessions at least."""

    up: Fraction
    down: Fraction
    least: int


OWN = Steps(up=Fraction(5), down=Fraction(5), least=20)
"""Our own judgement, said on the page: five points, over two weeks of school at least. One morning moves nobody."""


def steps_of(thresholds: Iterable[Threshold]) -> Steps:
    """The points that a policy's thresholds give for rising and falling attendance; our own where it gives none.

    A policy gives them by an edge in percent on a threshold whose pattern is rising or falling (O-App2-1, O-App2-2,
    M-3.2b).
    """
    given = {
        threshold.pattern: Fraction(threshold.floor[0].number)
        for threshold in thresholds
        if threshold.pattern and threshold.floor and threshold.floor[0].measure is Measure.PERCENT
    }
    return Steps(given.get(Pattern.RISING, OWN.up), given.get(Pattern.FALLING, OWN.down), OWN.least)


def movement(before: Figure, now: Figure, steps: Steps) -> Movement | None:
    """Which way attendance moved, decided in whole numbers; None where either stretch is too short to compare."""
    if min(before.possible, now.possible) < max(1, steps.least):
        return None
    points = 100 * (Fraction(now.attendance, now.possible) - Fraction(before.attendance, before.possible))
    if points >= steps.up:
        return Movement.UP
    return Movement.DOWN if -points >= steps.down else Movement.STEADY
