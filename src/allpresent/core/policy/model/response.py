"""What sets the response going and what it consists of: thresholds, bands, ladders of steps, exemptions."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from allpresent.core.policy.model.base import Block, Part
from allpresent.core.policy.model.duties import Channels, Circumstances
from allpresent.core.policy.model.words import Action, Weekday, Word
from allpresent.core.policy.values import Amount, AmountText, Measure, PeriodText, SpanText, Words, YesNo
from allpresent.core.policy.year_groups import YearGroups


class Of(Word):
    """What a threshold counts."""

    ATTENDANCE = "attendance"
    ABSENCE = "absence"
    AUTHORISED = "authorised-absence"
    UNAUTHORISED = "unauthorised-absence"
    LATE = "lateness"
    CODES = "codes"
    EPISODES = "episodes"
    POINTS = "points"
    PATTERN = "pattern"


_RATE = frozenset({Measure.PERCENT})
_COUNT = frozenset({Measure.PERCENT, Measure.SESSIONS, Measure.DAYS, Measure.TIMES})
MEASURES = {
    Of.ATTENDANCE: _RATE | {Measure.SESSIONS, Measure.DAYS},
    Of.ABSENCE: _COUNT,
    Of.AUTHORISED: _COUNT,
    Of.UNAUTHORISED: _COUNT,
    Of.LATE: _COUNT | {Measure.MINUTES},
    Of.CODES: _COUNT,
    Of.EPISODES: frozenset({Measure.TIMES}),
    Of.POINTS: frozenset({Measure.POINTS}),
    Of.PATTERN: frozenset(Measure),
}
"""What each thing may be counted in."""


class Pattern(Word):
    """Shapes that marks may make."""

    SAME_WEEKDAY = "same-weekday"
    SAME_HALF = "same-half"
    RUN = "run"
    BESIDE_HOLIDAYS = "beside-holidays"
    FALLING = "falling"
    RISING = "rising"
    FIRST_WEEK = "first-week"
    BROKEN_WEEKS = "broken-weeks"


class Edges(Block):
    """A range with its edges said out loud: `at-least` and `at-most` take the edge in, the others leave it out."""

    at_least: AmountText | None = None
    more_than: AmountText | None = None
    at_most: AmountText | None = None
    below: AmountText | None = None

    @model_validator(mode="after")
    def _edges(self) -> Self:
        if (self.at_least and self.more_than) or (self.at_most and self.below):
            raise ValueError("this has two edges on one side; keep one of them")
        floor, top = self.floor, self.ceiling
        if floor and top and floor[0].measure != top[0].measure:
            raise ValueError(f"one edge is in {floor[0].measure.value}, the other in {top[0].measure.value}")
        if floor and top and (top[0].number, floor[1] and top[1]) < (floor[0].number, True):
            raise ValueError(f"nothing is both {self.edges.replace(', ', ' and ')}; are the two edges exchanged?")
        return self

    @property
    def floor(self) -> tuple[Amount, bool] | None:
        """The lower edge and whether it belongs to the range."""
        if self.at_least:
            return self.at_least, True
        return (self.more_than, False) if self.more_than else None

    @property
    def ceiling(self) -> tuple[Amount, bool] | None:
        """The upper edge and whether it belongs to the range."""
        if self.at_most:
            return self.at_most, True
        return (self.below, False) if self.below else None

    @property
    def edges(self) -> str:
        """The edges in words: 'at least 91%, at most 93%'; nothing where there are none."""
        named = {
            "at least": self.at_least,
            "more than": self.more_than,
            "at most": self.at_most,
            "below": self.below,
        }
        return ", ".join(f"{words} {amount}" for words, amount in named.items() if amount)

    def holds(self, value: Amount) -> bool:
        """Whether an amount of the same measure lies in the range."""
        low, high = self.floor, self.ceiling
        over = low is None or value.number > low[0].number or (low[1] and value.number == low[0].number)
        under = high is None or value.number < high[0].number or (high[1] and value.number == high[0].number)
        return over and under


def check_measure(of: Of, *edges: Edges) -> None:
    """Raises ValueError where an edge is in something that `of` is not counted in."""
    for amount in (end[0] for edge in edges for end in (edge.floor, edge.ceiling) if end):
        if amount.measure not in MEASURES[of]:
            allowed = ", ".join(measure.value for measure in Measure if measure in MEASURES[of])
            raise ValueError(f"{of.value} is not counted in {amount.measure.value}; give one of: {allowed}")


class Threshold(Edges):
    """A line in a pupil's marks. `codes` says which marks count, `points` what each is worth, `pattern` names a shape.

    An episode is an unbroken run of absence (of the marks in `codes`, if named). `and` names other thresholds
    that have to be met as well.
    """

    id: str
    of: Of
    codes: Words = ()
    points: dict[str, int] = Field(default_factory=dict)
    pattern: Pattern | None = None
    weekdays: tuple[Weekday, ...] = ()
    and_: Words = ()
    over: PeriodText
    for_: Circumstances = ()
    year_groups: YearGroups = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.of is not Of.PATTERN and self.floor is None and self.ceiling is None:
            raise ValueError("this has no edge; give one of at-least, more-than, at-most and below")
        check_measure(self.of, self)
        return self

    @model_validator(mode="after")
    def _belongs(self) -> Self:
        if bool(self.codes) != (self.of is Of.CODES) and self.of is not Of.EPISODES:
            raise ValueError("`codes` goes with `of: codes` (or episodes), and `of: codes` needs it")
        for of, given in ((Of.PATTERN, self.pattern is not None), (Of.POINTS, bool(self.points))):
            if (self.of is of) != given:
                raise ValueError(f"`{of.value}` goes with `of: {of.value}`, and with nothing else")
        if self.weekdays and self.pattern is not Pattern.SAME_WEEKDAY:
            raise ValueError("`weekdays` goes with `pattern: same-weekday`: the days on which the absences fall")
        return self


class Band(Edges):
    """One band of a scale, with whoever answers for the pupils in it."""

    label: str
    owner: Words = ()


class Scale(Block):
    """Bands from end to end. A gap between two bands is an error unless `gaps-go-to` gives it an owner."""

    id: str
    of: Of
    over: PeriodText
    gaps_go_to: Literal["upper", "lower"] | None = None
    bands: tuple[Band, ...]
    year_groups: YearGroups = ()

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        if self.of in {Of.CODES, Of.POINTS, Of.PATTERN}:
            raise ValueError(f"a scale cannot be of {self.of.value}; use attendance, absence, lateness or episodes")
        check_measure(self.of, *self.bands)
        if len({end[0].measure for band in self.bands for end in (band.floor, band.ceiling) if end}) > 1:
            raise ValueError("the bands are counted in different things; use one for them all, such as %")
        return self


class Exemption(Part):
    """Why a step may be left out for a pupil, and whether the reason has to be written down."""

    reason: str
    recorded: YesNo = True
    for_: Circumstances = ()


def _from_reason(value: object) -> object:
    """A bare reason is an exemption that is written down."""
    return {"reason": value} if isinstance(value, str) else value


Excused = Annotated[Exemption, BeforeValidator(_from_reason)]


class Step(Block):
    """One step of a ladder.

    It is due when `threshold` (any of them, if several) is met, once every step in `after` has been taken and
    `waits` has passed; with `unless-improved` it is not due if the figure got better since that step.
    `ends` names the steps it ends.
    """

    id: str
    label: str
    does: Action
    called: str | None = None
    threshold: Words = ()
    after: Words = ()
    waits: SpanText | None = None
    in_next: Literal["half-term", "term", "school year"] | None = None
    unless_improved: str | None = None
    who: Words = ()
    to: Words = ()
    through: Channels = ()
    for_: Circumstances = ()
    ends: Words = ()
    exempt: tuple[Excused, ...] = ()

    @model_validator(mode="after")
    def _waits_for_something(self) -> Self:
        for key, given in (("waits", self.waits), ("in-next", self.in_next)):
            if given and not self.after:
                raise ValueError(f"`{key}` needs `after`: the earlier step from which it is counted")
        return self


class Ladder(Block):
    """Steps in order, each going further than the one before; for some pupils or year groups only, if it says so."""

    id: str
    label: str
    for_: Circumstances = ()
    year_groups: YearGroups = ()
    steps: tuple[Step, ...]
