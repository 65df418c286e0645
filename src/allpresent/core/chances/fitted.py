"""The curves in use and how they did: with last year's absence, and without it where it is not known (model.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from allpresent.core.chances.curve import Curve, Shape
from allpresent.core.chances.known import Known

TENTHS = 10


class Tenth(NamedTuple):
    """Pupils the curve had not seen whose chances lay in one tenth: how many, the chance said, the share that came."""

    pupils: int
    said: float
    came: float


class OnDay(NamedTuple):
    """After so many school days: the mean square of what was said less what came. 0 is perfect."""

    days: int
    brier: float


class Fitted(NamedTuple):
    """A curve and how it did with pupils it had not seen. `tenths`: lowest chances first."""

    curve: Curve
    brier: float
    by_day: tuple[OnDay, ...]
    tenths: tuple[Tenth, ...]

    def tenth(self, chance: float) -> Tenth:
        """How it went with pupils of about this chance."""
        return self.tenths[min(int(chance * TENTHS), TENTHS - 1)]


class Model(NamedTuple):
    """Both curves. `guess`, `below_today`: that mean square for two simpler ways of telling (model.toml says which)."""

    with_last_year: Fitted
    without: Fitted
    guess: float
    below_today: float

    def fitted(self, known: Known) -> Fitted:
        """The curve for what is known of a pupil."""
        return self.without if known.last_year is None else self.with_last_year

    def chance(self, known: Known) -> float:
        """The chance, 0 to 1, of ending the year persistently absent. A help to those who help, never a label."""
        return self.fitted(known).curve.chance(known)


@cache
def model() -> Model:
    """The model that the house carries."""
    text = files(__package__).joinpath("model.toml").read_text(encoding="utf-8")
    facts = tomllib.loads(text)
    with_last_year, without = (_fitted(facts, facts[name]) for name in ("with_last_year", "without"))
    return Model(with_last_year, without, facts["guess"], facts["below_today"])


def _fitted(common: dict[str, Any], facts: dict[str, Any]) -> Fitted:
    shape = Shape(common["usual"], facts["weight"], common["most"])
    curve = Curve(shape, *(facts[name] for name in ("base", "so_far", "recent", "last_year", "room")))
    by_day, tenths = (OnDay(**one) for one in facts["by_day"]), (Tenth(**one) for one in facts["tenths"])
    return Fitted(curve, facts["brier"], tuple(by_day), tuple(tenths))
