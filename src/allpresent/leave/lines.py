"""Requests and part-time timetables as pages and other rooms read them: small frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Outcome, Span
from allpresent.core.leave.grounds import GroundRule, ground_rule
from allpresent.core.leave.part_time import Agreement, State, state_on
from allpresent.core.roll.expected import parse_halves
from allpresent.leave import models
from allpresent.shared.words import short_day

WITHDRAWN = "withdrawn"
WAITING = "waiting"


class Signed(NamedTuple):
    """Who did something, and when."""

    at: datetime
    by_name: str
    by_position: str

    @property
    def by(self) -> str:
        return ", ".join(part for part in (self.by_name, self.by_position) if part)


def signed(row: models.Signed) -> Signed:
    return Signed(row.at, row.by_name, row.by_position)


class ConsultationLine(NamedTuple):
    """What somebody said when asked."""

    party: str
    whom: str
    on_day: date
    says: str
    signed: Signed


class CheckLine(NamedTuple):
    """What the safeguarding check found: restricted."""

    finding: Finding
    says: str
    signed: Signed


class DecisionLine(NamedTuple):
    """What was decided. `given` is None where leave was refused."""

    outcome: Outcome
    code: str
    given: Span | None
    reasons: str
    conditions: dict[str, str]
    signed: Signed


@dataclass(frozen=True)
class RequestLine:
    """One request with all that became of it."""

    id: int
    pupil_id: int
    ground: str
    span: Span
    why: str
    told_by: str
    relation: str
    contact_id: int | None
    channel: str
    asked_at: datetime
    signed: Signed
    consultations: tuple[ConsultationLine, ...]
    check: CheckLine | None
    decision: DecisionLine | None
    withdrawal: models.Withdrawal | None

    @property
    def rule(self) -> GroundRule:
        return ground_rule(self.ground)

    @property
    def who(self) -> str:
        """'Grace Adeyemi (mother)'."""
        return f"{self.told_by} ({self.relation.lower()})" if self.relation else self.told_by

    @property
    def state(self) -> str:
        """'waiting', 'withdrawn', or the outcome of the decision."""
        if self.withdrawal:
            return WITHDRAWN
        return self.decision.outcome.value if self.decision else WAITING

    @property
    def given(self) -> Span | None:
        """The days of leave that stand: none of a request withdrawn, refused or waiting."""
        return self.decision.given if self.decision and not self.withdrawal else None


def request_line(row: models.Request) -> RequestLine:
    """A request read with its decision, withdrawal, consultations and checks."""
    checks = list(row.checks.all())
    return RequestLine(
        id=row.id, pupil_id=row.pupil_id, ground=row.ground, span=_span(row), why=row.why, told_by=row.told_by,
        relation=row.relation, contact_id=row.contact_id, channel=row.get_channel_display(), asked_at=row.asked_at,
        signed=signed(row),
        consultations=tuple(
            ConsultationLine(one.party, one.whom, one.on_day, one.says, signed(one)) for one in row.consultations.all()
        ),
        check=_check(checks[-1]) if checks else None,
        decision=_decision(row.decision) if hasattr(row, "decision") else None,
        withdrawal=getattr(row, "withdrawal", None),
    )  # fmt: skip


def _check(row: models.Check) -> CheckLine:
    return CheckLine(Finding(row.finding), row.says, signed(row))


def _decision(row: models.Decision) -> DecisionLine:
    return DecisionLine(Outcome(row.outcome), row.code, span_of(row), row.reasons, row.conditions, signed(row))


def span_of(row: models.Decision) -> Span | None:
    """The days that a decision gives; None where leave was refused."""
    return _span(row) if row.first_day else None


def _span(row: models.Request | models.Decision) -> Span:
    return Span(Session(row.first_day, Half(row.first_half)), Session(row.last_day, Half(row.last_half)))


@dataclass(frozen=True)
class PartTimeLine:
    """One part-time timetable with its reviews and its end."""

    id: int
    pupil_id: int
    agreement: Agreement
    reason: str
    agreed_by: str
    relation: str
    agreed_on: date
    worker_told_on: date | None
    return_plan: str
    signed: Signed
    reviews: tuple[models.PartTimeReview, ...]
    end: models.PartTimeEnd | None

    @property
    def last_day(self) -> date:
        """The last day it holds: an early end, or the day agreed."""
        return min(self.end.last_day, self.agreement.ends) if self.end else self.agreement.ends

    @property
    def who(self) -> str:
        return f"{self.agreed_by} ({self.relation.lower()})" if self.relation else self.agreed_by

    def state_on(self, day: date) -> State:
        held = (review.on_day for review in self.reviews)
        return state_on(self.agreement, day, reviewed=held, ended=self.end.last_day if self.end else None)


def part_time_line(row: models.PartTime) -> PartTimeLine:
    days = tuple(sorted(date.fromisoformat(day) for day in row.reviews))
    return PartTimeLine(
        id=row.id, pupil_id=row.pupil_id, agreement=Agreement(row.begins, row.ends, parse_halves(row.attends), days),
        reason=row.reason, agreed_by=row.agreed_by, relation=row.relation, agreed_on=row.agreed_on,
        worker_told_on=row.worker_told_on, return_plan=row.return_plan, signed=signed(row),
        reviews=tuple(row.reviews_held.all()), end=getattr(row, "end", None),
    )  # fmt: skip


def span_words(span: Span) -> str:
    """'Mon 21 Sep to Fri 25 Sep', 'Mon 21 Sep', 'Mon 21 Sep, afternoon to Fri 25 Sep, morning'."""
    first, last = span
    whole = first.half is Half.AM and last.half is Half.PM
    if first.day == last.day:
        return short_day(first.day) if whole else f"{short_day(first.day)}, {first.half.word}"
    begin = short_day(first.day) + ("" if first.half is Half.AM else ", afternoon")
    return f"{begin} to {short_day(last.day)}" + ("" if last.half is Half.PM else ", morning")
