"""The first-day response: whom to contact next, by when, on which clause."""

from allpresent.core.response.facts import UNKNOWN, Missing, Person, days_of_absence
from allpresent.core.response.order import Laid, one_order
from allpresent.core.response.plan import Planner
from allpresent.core.response.rungs import Kind
from allpresent.core.response.states import State
from allpresent.core.response.steps import Step, next_step, steps_of
from allpresent.core.response.tries import Result, TryMade
from allpresent.core.response.urgency import MOST_AT_RISK, Risk, Urgency, risk_of, urgency

__all__ = [
    "MOST_AT_RISK",
    "UNKNOWN",
    "Kind",
    "Laid",
    "Missing",
    "Person",
    "Planner",
    "Result",
    "Risk",
    "State",
    "Step",
    "TryMade",
    "Urgency",
    "days_of_absence",
    "next_step",
    "one_order",
    "risk_of",
    "steps_of",
    "urgency",
]
