"""Whether an answer to a request for leave can stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.leave.grounds import GroundRule
from allpresent.core.leave.needs import Need, NeedState, still_owed

RESTRICTED = "A step that only those who may see restricted facts can do is still owed. Ask the safeguarding lead."


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    SHORTER = "granted shorter"
    REFUSED = "refused"


class Span(NamedTuple):
    """From one session to another, both included."""

    first: Session
    last: Session


class Answer(NamedTuple):
    """A decision as somebody is about to take it. `given` is None where leave is refused."""

    outcome: Outcome
    given: Span | None
    reasons: str
    answers: Mapping[str, str]


class LeaveFault(NamedTuple):
    """One thing that stands in the way, beside the field it belongs to ('' for the whole)."""

    field: str
    message: str


def decision_faults(
    asked: Span, answer: Answer, rule: GroundRule, needs: tuple[Need, ...], begun: Session | None
) -> Iterator[LeaveFault]:
    """Everything wrong with an answer at once.

    Nobody is answered while something is owed; leave is given for sessions still to come (`begun` is the last session
    of those asked for that has begun, or None) and with the ground's questions answered; reasons are always said.
    (M-5.1b, O-B-6.1, O-B-6.4.2, O-B-6.4.4; reg 11)
    """
    for need in still_owed(needs):
        yield LeaveFault("", RESTRICTED if need.restricted else need.words)
    if not answer.reasons.strip():
        yield LeaveFault("reasons", "Say why, in a few words. The reasons are kept with the decision.")
    if answer.outcome is Outcome.REFUSED:
        return
    yield from (LeaveFault("outcome", need.words) for need in needs if need.state is NeedState.BARS)
    for question in rule.questions:
        if not answer.answers.get(question.key, "").strip():
            yield LeaveFault(question.key, f"{question.words}: leave cannot be given without it ({question.source}).")
    yield from _faults_of_the_days(asked, answer, begun)


def _faults_of_the_days(asked: Span, answer: Answer, begun: Session | None) -> Iterator[LeaveFault]:
    given = answer.given
    if given is None or given.last < given.first:
        yield LeaveFault("given_last", "The last session comes before the first. Correct one of the days.")
    elif answer.outcome is Outcome.SHORTER and (given.first < asked.first or given.last > asked.last):
        yield LeaveFault("given_last", "Leave is given within the days asked for. Correct one of the days.")
    elif answer.outcome is Outcome.SHORTER and given == asked:
        yield LeaveFault("outcome", "These are all the days asked for: choose Granted in full.")
    elif begun is not None and given.first <= begun:
        yield LeaveFault(
            "given_first" if answer.outcome is Outcome.SHORTER else "outcome",
            "Its first session has begun, and leave is never given after the event. Give the sessions still to come.",
        )
