"""What the law settles or a policy repeats of it: sources, ages, keeping, leave, returns, penalties."""

from __future__ import annotations

from typing import Literal

from allpresent.core.policy.model.base import Block
from allpresent.core.policy.model.duties import Channels, Circumstances
from allpresent.core.policy.model.words import Ground
from allpresent.core.policy.values import Day, MonthDayText, Pounds, SpanText, Words, YesNo


class CompulsoryAge(Block):
    """From which days of the year compulsory school age begins, and when it ends."""

    begins_on: tuple[MonthDayText, ...] = ()
    begins: str | None = None
    ends: str | None = None


class Admission(Block):
    """When a name enters the admission register and what the date is called there."""

    enters_on: Literal["starting-day", "day-agreed-or-notified", "first-attendance"]
    date_kept: Literal["starting-day", "date-of-admission"]


class Amendments(Block):
    """What an amended entry keeps."""

    keeps: Words


class Retention(Block):
    """How many years an entry is kept, and from when."""

    years: int
    from_: Literal["entry-made", "last-entry", "pupil-leaves"]


class Record(Block):
    """Something the setting says it records, beside the marks."""

    what: str
    when: str | None = None


class Leave(Block):
    """Leave of absence: on which grounds, decided by whom, asked for how and when."""

    grounds: tuple[Ground, ...] = ()
    decided_by: Words = ()
    prepared_by: Words = ()
    consulted: Words = ()
    asked_by: str | None = None
    asked_through: Channels = ()
    asked_at: str | None = None
    ahead: SpanText | None = None
    where_possible: YesNo = False
    in_advance: YesNo | None = None
    holiday: str | None = None
    examples: Words = ()
    length_set_by: str | None = None


class Observance(Block):
    """How many days one religious occasion gives, how many a school year, and what happens with more."""

    days: int | None = None
    days_a_year: int | None = None
    further_days: str | None = None
    advice: str | None = None


class PartTime(Block):
    """Temporary part-time timetables: for how long at most, how often reviewed, decided and agreed by whom."""

    at_most: SpanText | None = None
    reviewed_every: SpanText | None = None
    decided_by: Words = ()
    agreed_with: Words = ()


class Reason(Block):
    """A reason for which the document says an absence is not authorised, and the code that fits."""

    reason: str
    codes: Words
    unless: str | None = None


class Return(Block):
    """Something told to the authority or the commissioner when a count is reached."""

    id: str
    to: Words
    of: str
    at: SpanText | None = None
    run: Literal["consecutive", "cumulative", "either"] | None = None
    who: str | None = None


class Penalty(Block):
    """Penalty notices: the sums, the days, the limits, and what comes of not paying."""

    first_low: Pounds | None = None
    first_low_within: SpanText | None = None
    first_high: Pounds | None = None
    first_high_within: SpanText | None = None
    second: Pounds | None = None
    second_within: SpanText | None = None
    most: int | None = None
    most_in: SpanText | None = None
    per: Literal["parent-and-child", "child", "family"] | None = None
    instalments: YesNo | None = None
    unpaid: Literal["may-be-prosecuted", "will-be-prosecuted"] | None = None
    instead_of: str | None = None
    requested_by: str | None = None
    threshold: str | None = None
    warned_by: str | None = None
    unless: str | None = None
    fine_up_to: Pounds | None = None
    prison_up_to: SpanText | None = None


class Improvement(Block):
    """The notice to improve: how long the family has."""

    at_least: SpanText | None = None
    at_most: SpanText | None = None


class LegalMeasure(Block):
    """A formal measure by the name a document gives it. `formerly` holds names it has lost."""

    called: str
    formerly: Words = ()


class LegalSource(Block):
    """A law or guidance that the document leans on, as it names it.

    `cites` is the instrument's number (uksi/2024/208) or guidance's short name; `edition` its year.
    In the nation's file: `revoked` or `superseded` date it, `by` says what took its place.
    """

    title: str
    cites: str | None = None
    edition: str | None = None
    link: str | None = None
    for_history: YesNo = False
    in_force: Day | None = None
    revoked: Day | None = None
    superseded: Day | None = None
    by: str | None = None


class Authority(Block):
    """A local authority's own rules and contacts. `refer_within` counts from the end of an unauthorised absence."""

    id: str
    label: str
    phone: str | None = None
    email: str | None = None
    page: str | None = None
    improvement_at_least: SpanText | None = None
    improvement_at_most: SpanText | None = None
    improvement_reviewed: str | None = None
    refer_within: SpanText | None = None


class Report(Block):
    """Something shown or sent regularly: to whom, how often, through what."""

    id: str
    to: Words
    of: str
    how_often: str
    through: Channels = ()
    for_: Circumstances = ()


class Training(Block):
    """Training that staff have: who, how often, on what."""

    who: Words
    how_often: str
    topics: Words


class Wellbeing(Block):
    """Where a family can turn for help, as shown to parents."""

    contact: Words


class Target(Block):
    """What the setting aims at."""

    aim: str
    figure: str | None = None
    through: Channels = ()


class Cohort(Block):
    """Pupils whose figures are watched together."""

    pupils: Circumstances
