"""The grounds of leave: what each earns, what it asks, and which of them a school's form offers.

Source: SI 2024/208 reg 11, carried in `grounds.toml`; clauses M-5.1a, O-B-6.1. X is never leave: it is for sessions
that a pupil who is not of compulsory school age is not due at.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from allpresent.core.policy.model.law import Leave
from allpresent.core.policy.model.words import Ground
from allpresent.core.policy.policy import Policy

HOLIDAY = "holiday"
OBSERVANCE = "religious-observance"
EXCEPTIONAL = Ground.EXCEPTIONAL.value


class Question(NamedTuple):
    """What has to be answered before leave is given, and the law that asks it."""

    key: str
    words: str
    source: str


class GroundRule(NamedTuple):
    """One ground: the code it earns, and the questions that its giving answers.

    `weighed_as` is the ground whose code and questions it takes: itself, but for a wish such as a holiday.
    `unconfirmed`: why the source is not yet certain ('' where it is).
    """

    id: str
    weighed_as: str
    code: str
    name: str
    compulsory_age: bool
    questions: tuple[Question, ...]
    source: str
    unconfirmed: str

    @property
    def is_part_time(self) -> bool:
        """Whether it is a part-time timetable, which has a record of its own (reg 11(6))."""
        return self.id == Ground.PART_TIME


class Offer(NamedTuple):
    """A ground as the school's form offers it, with what the policy says of it and the clauses that do."""

    rule: GroundRule
    note: str
    clauses: tuple[str, ...]


def ground_rule(ground: str) -> GroundRule:
    """The rule of a ground or a wish. Raises LookupError for one on which no leave can be given (reg 11(2))."""
    return ground_rules()[ground]


@cache
def ground_rules() -> dict[str, GroundRule]:
    """Every ground and wish that can be weighed, in the order of the table (reg 11)."""
    rows = tomllib.loads(files(__package__).joinpath("grounds.toml").read_text("utf-8"))["ground"]
    table = {row["id"]: row for row in rows}
    return {name: _rule(row, table[row.get("weighed_as", name)]) for name, row in table.items()}


def _rule(row: dict[str, Any], weighed: dict[str, Any]) -> GroundRule:
    return GroundRule(
        id=row["id"],
        weighed_as=weighed["id"],
        code=weighed["code"],
        name=row["name"],
        compulsory_age=weighed.get("compulsory_age", False),
        questions=tuple(Question(**question) for question in weighed["questions"]),
        source=row["source"],
        unconfirmed=row.get("unconfirmed", ""),
    )


def offers(policy: Policy) -> tuple[Offer, ...]:
    """What a request may be for: the policy's grounds in its order, then the wishes weighed as exceptional ones.

    Employment other than C1's is never offered (reg 11(2)). (M-5.1a, M-5.1c, O-B-6.1, O-B-6.4.2, O-B-6.5.3.1)
    """
    leave = leave_of(policy)
    why = policy.why("leave.grounds")
    own = [Offer(ground_rule(ground.value), "", why) for ground in leave.grounds if ground.value in ground_rules()]
    held = {offer.rule.id for offer in own}
    wishes = _wishes(policy, leave) if EXCEPTIONAL in held else ()
    return (*own, *(wish for wish in wishes if wish.rule.id not in held))


def leave_of(policy: Policy) -> Leave:
    """What the policy says of leave; nothing at all where no layer speaks of it (reg 11)."""
    return policy.content.leave or Leave.model_construct()


def _wishes(policy: Policy, leave: Leave) -> tuple[Offer, ...]:
    """A holiday, and further days of observance where the policy sends them here."""
    says = leave.holiday or "not in general an exceptional circumstance"
    clauses = policy.why("leave.holiday") if leave.holiday else (ground_rule(HOLIDAY).source,)
    holiday = Offer(ground_rule(HOLIDAY), says, clauses)
    observance = policy.content.observance
    if observance is None or observance.further_days != "leave":
        return (holiday,)
    note = f"the first {observance.days or 1} of each occasion needs no leave"
    return (holiday, Offer(ground_rule(OBSERVANCE), note, policy.why("observance.further-days")))
