"""Who does what, by when, through which channel; whom to call first; what is marked when."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from allpresent.core.policy.model.base import Block, Part
from allpresent.core.policy.model.words import Case, Channel, Circumstance, DutyKind, Event, OnDay
from allpresent.core.policy.values import ClockTime, SpanText, Words, YesNo
from allpresent.core.policy.year_groups import YearGroups

Channels = tuple[Channel, ...]
Circumstances = tuple[Circumstance, ...]


class Duty(Block):
    """One statement about one duty.

    The deadline is a time of day (`by`), a part of the day (`in-the`), or a span from an event
    (`within` with `from`). Two statements about one duty may disagree: the file says both.
    """

    duty: DutyKind
    who: Words
    to: Words = ()
    through: Channels = ()
    when: Event | None = None
    on: OnDay | None = None
    nth_day: int | None = None
    by: ClockTime | None = None
    in_the: Literal["morning", "afternoon"] | None = None
    within: SpanText | None = None
    from_: Event | None = None
    for_: Circumstances = ()
    year_groups: YearGroups = ()
    unless: str | None = None
    threshold: Words = ()
    asks: Words = ()

    @model_validator(mode="after")
    def _one_deadline(self) -> Self:
        if sum(value is not None for value in (self.by, self.in_the, self.within)) > 1:
            raise ValueError("this gives more than one deadline; keep one of by, in-the and within")
        if self.from_ and not self.within:
            raise ValueError("`from` needs `within`: say how long after that moment")
        return self


class Call(Part):
    """One rung of a calling order, on some day of an absence, by some time.

    `after` names those who have to have been tried, or heard from, first.
    """

    contact: Words
    through: Channels = ()
    who: Words = ()
    nth_day: int | None = None
    by: ClockTime | None = None
    after: Words = ()
    label: str | None = None
    if_: str | None = None


class Calling(Block):
    """An order in which people are contacted when a pupil is missing."""

    id: str
    starts: Event
    at: ClockTime | None = None
    decided_by: str | None = None
    for_: Circumstances = ()
    order: tuple[Call, ...]


class Marking(Block):
    """What the register says in a given case: a code, or the words present, absent, authorised, unauthorised."""

    when: Case
    mark: str
    unless: str | None = None
    tell_first: YesNo = False
    decided_by: str | None = None


class Settle(Block):
    """How long a reason may stay unknown, the code that follows, and whether it follows without a person's word."""

    within: SpanText
    becomes: str | None = None
    by_itself: YesNo = False


class EmergencyContacts(Block):
    """How many emergency contacts a pupil needs: numbers, or people."""

    at_least: int
    ideally: int | None = None
    counting: Literal["numbers", "people"]


class Evidence(Block):
    """When evidence of a reason is asked for, and what will do.

    `after` is exceeded, not reached; with `threshold` (any of them) it is asked for once that is met.
    """

    of: str
    after: SpanText | None = None
    threshold: Words = ()
    for_: Circumstances = ()
    when_doubted: YesNo = False
    when_frequent: YesNo = False
    notice_in_advance: YesNo = False
    document_seen: YesNo = False
    kinds: Words = ()
    tell_parent_first: YesNo = False
    unless: str | None = None
