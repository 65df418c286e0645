"""The numbers that make a pattern more than chance: our own judgement, kept as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Rule(NamedTuple):
    """At least `times`, and at least `share` of each hundred. What a pattern does not ask for is 0."""

    times: int = 0
    share: int = 0
    ratio: int = 0
    points: int = 0
    steady: int = 0


class Change(NamedTuple):
    """How a change is looked for: `weeks` are recent if they hold `sessions`, and `before` sessions went before them.

    `hit`: in how many of the recent weeks a falling pupil was absent. `thirds`: weeks that make thirds worth comparing,
    of at least `third` sessions each, `step` percentage points apart.
    """

    weeks: int
    sessions: int
    before: int
    hit: int
    thirds: int
    third: int
    step: int


def rule(name: str) -> Rule:
    """The rule of a pattern. Raises KeyError for one that there is not."""
    return Rule(**_read()[name])


def change() -> Change:
    """How falling and rising are looked for."""
    return Change(**_read()["change"])


_CHANGE = (
    "Attendance in the last {weeks} weeks {points} points or more {way} the {pupil}’s own before, or each third of the "
    "period {than} than the third before it, by {steady} points or more in all."
)
SAID: Mapping[str, str] = {
    "same-weekday": "Absent on {times} days or more of one weekday, which are {share}% or more of all days absent.",
    "same-half": "{times} days or more with the same half missed alone, {share}% or more of the days missed by half.",
    "run": "{times} sessions or more missed without a break.",
    "beside-holidays": "Absent on {times} days or more just before or after holidays, on {share}% or more of those "
    "days, and at least {ratio} times as often as on others.",
    "first-week": "{times} sessions or more missed in the first week after holidays.",
    "broken-weeks": "{times} weeks or more with some sessions missed but not all, {share}% or more of the weeks.",
    "falling": _CHANGE.replace("{way}", "below").replace("{than}", "lower"),
    "rising": _CHANGE.replace("{way}", "above").replace("{than}", "higher"),
    "together": "Both absent on {times} days or more, on {share}% or more of the days that one of them missed.",
    "late-weekday": "Late on {times} days or more of one weekday, which are {share}% or more of all days late.",
}


def in_words(name: str, pupil: str = "pupil") -> str:
    """A pattern's rule in a sentence, with the school's word for a pupil. Raises KeyError for one that there is not."""
    numbers = rule(name.replace("late-weekday", "same-weekday"))._asdict()
    return SAID[name].format(weeks=change().weeks, pupil=pupil, **numbers)


@cache
def _read() -> dict[str, dict[str, int]]:
    text = files(__package__).joinpath("rules.toml").read_text("utf-8")
    return {name: found for name, found in tomllib.loads(text).items() if isinstance(found, dict)}
