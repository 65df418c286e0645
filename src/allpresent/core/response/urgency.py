"""Whose absence comes first, and the words for it."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from allpresent.core.policy.model.words import Circumstance
from allpresent.core.response.facts import Missing
from allpresent.core.response.states import State
from allpresent.core.response.steps import Step, next_step


class Risk(IntEnum):
    """What makes an absence more pressing, most first (O-A-3, M-6c; Keeping children safe in education)."""

    AT_RISK = 0
    IN_CARE = 1
    SOCIAL_WORKER = 2
    PLAN = 3
    NOT_BACK = 4
    NONE = 5


_WORDS = {
    Risk.AT_RISK: "Child protection plan",
    Risk.IN_CARE: "Looked after",
    Risk.SOCIAL_WORKER: "Has a social worker",
    Risk.PLAN: "EHC plan",
    Risk.NOT_BACK: "Expected back, not here",
}
_RESTRICTED = frozenset({Risk.AT_RISK, Risk.IN_CARE, Risk.SOCIAL_WORKER})
MOST_AT_RISK = "Most at risk"
"""What those read who may not know the reason."""


class Urgency(NamedTuple):
    """Sorts the most pressing first: by risk, days and sessions unexplained, what is overdue, what is longest due."""

    risk: Risk
    days: int
    sessions: int
    not_overdue: bool
    due_at: datetime

    def in_words(self, *, restricted: bool) -> str:
        """Why it comes first, for those who may know restricted facts and for those who may not; '' for nothing."""
        if self.risk in _RESTRICTED and not restricted:
            return MOST_AT_RISK
        return _WORDS.get(self.risk, "")


def risk_of(missing: Missing) -> Risk:
    """The greatest risk that is known of a pupil."""
    held = missing.circumstances
    if Circumstance.AT_RISK in held:
        return Risk.AT_RISK
    if Circumstance.IN_CARE in held:
        return Risk.IN_CARE
    if Circumstance.SOCIAL_WORKER in held:
        return Risk.SOCIAL_WORKER
    if Circumstance.EHC_PLAN in held:
        return Risk.PLAN
    return Risk.NOT_BACK if missing.not_back else Risk.NONE


def urgency(missing: Missing, steps: tuple[Step, ...]) -> Urgency:
    """The sort key of one absence: the smallest comes first."""
    owed = next_step(steps)
    overdue = any(step.state is State.OVERDUE for step in steps)
    due_at = owed.due_at if owed and owed.due_at else datetime.max.replace(tzinfo=UTC)
    return Urgency(risk_of(missing), -missing.day_number, -len(missing.halves), not overdue, due_at)
