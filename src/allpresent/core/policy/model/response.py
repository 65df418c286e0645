"""What sets the response going and what it consists of: thresholds, bands, ladders of steps, exemptions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from allpresent.core.policy.model.base import Block, Part
from allpresent.core.policy.model.duties import Channels, Circumstances
from allpresent.core.policy.model.words import Action
from allpresent.core.policy.values import Amount, AmountText, PeriodText, SpanText, Words, as_list


class Of(StrEnum):
    """What a threshold counts."""

    ATTENDANCE = "attendance"
    ABSENCE = "absence"
    AUTHORISED = "authorised-absence"
    UNAUTHORISED = "unauthorised-absence"
    LATE = "lateness"
    CODES = "codes"
    PATTERN = "pattern"


class Pattern(StrEnum):
    """Shapes that marks may make."""

    SAME_WEEKDAY = "same-weekday"
    SAME_HALF = "same-half"
    RUN = "run"
    BESIDE_HOLIDAYS = "beside-holidays"
    FALLING = "falling"
    RISING = "rising"
    FIRST_WEEK = "first-week"


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
        if floor and top and (floor[0].measure != top[0].measure or floor[0].number > top[0].number):
            raise ValueError("the lower edge is not below the upper edge")
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


class Threshold(Edges):
    """A line in a pupil's marks. `codes` says which count when `of` is codes; `pattern` names a shape.

    `and` names other thresholds that have to be met as well.
    """

    id: str
    of: Of
    codes: Words = ()
    pattern: Pattern | None = None
    and_: Words = ()
    over: PeriodText
    for_: Circumstances = ()
    year_groups: Words = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.of is not Of.PATTERN and self.floor is None and self.ceiling is None:
            raise ValueError("this has no edge; give one of at-least, more-than, at-most and below")
        if (self.of is Of.CODES) != bool(self.codes):
            raise ValueError("`codes` goes with `of: codes`, and with nothing else")
        if (self.of is Of.PATTERN) != (self.pattern is not None):
            raise ValueError("`pattern` goes with `of: pattern`, and with nothing else")
        return self


class Band(Edges):
    """One band of a scale, with whoever answers for the pupils in it."""

    label: str
    owner: str | None = None


class Scale(Block):
    """Bands from end to end. A gap between two bands is an error unless `gaps-go-to` gives it an owner."""

    id: str
    of: Of
    over: PeriodText
    gaps_go_to: Literal["upper", "lower"] | None = None
    bands: tuple[Band, ...]


class Exemption(Part):
    """Why a step may be left out for a pupil, and whether the reason has to be written down."""

    reason: str
    recorded: bool = True
    for_: Circumstances = ()


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
    through: Channels = ()
    for_: Circumstances = ()
    ends: Words = ()
    exempt: Annotated[tuple[Exemption, ...], BeforeValidator(as_list)] = ()


class Ladder(Block):
    """Steps in order, each going further than the one before."""

    id: str
    label: str
    steps: tuple[Step, ...]
