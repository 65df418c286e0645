"""Training: whom a policy's statements speak of, how often, on what; and what somebody still owes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Span, Unit, parse_span

_EVERYONE = ("all staff", "everyone", "every member of staff", "whole staff", "all members of staff")
_NAMED = {
    "annual": "1 year", "annually": "1 year", "yearly": "1 year", "once a year": "1 year", "twice a year": "6 months",
    "termly": "1 term", "once a term": "1 term", "half-termly": "1 half-term", "monthly": "1 month",
    "weekly": "1 week", "every other year": "2 years",
}  # fmt: skip
_NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5"}
_EVERY = re.compile(r"(?:every|each) (?:(\w+) )?([a-z-]+)")
_FILLING = {"at", "least", "school", "academic"}
_AS_NEEDED = ("as needed", "when needed", "as required", "when required", "if needed", "where needed")
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.HALF_TERMS: 2, Unit.TERMS: 4, Unit.YEARS: 12}


class Audience(NamedTuple):
    """Whom a statement speaks of: everyone, those with attendance duties, or `posts`.

    A post is a key of the policy's roles; where the words name none, the words themselves, hyphens between.
    """

    everyone: bool = False
    specialists: bool = False
    posts: frozenset[str] = frozenset()


class TrainingNeed(NamedTuple):
    """One statement of a policy: who, in its words and as read; how often; on what.

    `every` is None where it gives no interval; `as_needed` where it says that need decides.
    """

    who: str
    audience: Audience
    how_often: str
    every: Span | None
    as_needed: bool
    topics: tuple[str, ...]
    clauses: tuple[str, ...]


class State(StrEnum):
    """How one person stands with one statement."""

    HAD = "up to date"
    DUE = "due"
    OVERDUE = "overdue"
    OPEN = "as needed"


class Held(NamedTuple):
    """How a person stands: the day since which every topic has been had, the next day due, topics never had."""

    state: State
    last: date | None
    due_on: date | None
    missing: tuple[str, ...]


def training_needs(policy: Policy) -> tuple[TrainingNeed, ...]:
    """What the policy's `training` asks for (M-3.1g, O-A-7, O-B-22.2)."""
    return tuple(
        TrainingNeed(
            who=" and ".join(said.who),
            audience=_audience(said.who, policy),
            how_often=said.how_often,
            every=interval_of(said.how_often),
            as_needed=any(words in said.how_often.lower() for words in _AS_NEEDED),
            topics=said.topics,
            clauses=said.clause or said.source,
        )
        for said in policy.content.training
    )


def _audience(who: tuple[str, ...], policy: Policy) -> Audience:
    found = [_read(said.lower(), policy) for said in who]
    everyone = any(one.everyone for one in found)
    specialists = any(one.specialists for one in found) and not everyone
    return Audience(everyone, specialists, frozenset().union(*(one.posts for one in found)))


def _read(said: str, policy: Policy) -> Audience:
    if posts := _posts(said, policy):
        return Audience(posts=posts)
    if any(words in said for words in _EVERYONE):
        return Audience(everyone=True)
    if "attendance" in said:
        return Audience(specialists=True)
    return Audience(posts=frozenset({said.replace(" ", "-")}))


def _posts(said: str, policy: Policy) -> frozenset[str]:
    """The posts that go by this key or label; a plural will do."""
    wanted = {said, said.removesuffix("s")}
    return frozenset(
        post
        for post, role in policy.roles.items()
        if wanted & {post, post.replace("-", " "), *(name.lower() for name in role.names)}
    )


def interval_of(how_often: str) -> Span | None:
    """How long training lasts before it is due again: 'every year', 'annually', 'every 2 years', 'termly'.

    None where no length of time is said ('regularly', 'once').
    """
    said = " ".join(word for word in how_often.lower().split() if word not in _FILLING)
    found = _EVERY.fullmatch(said)
    number = (found[1] or "1") if found else ""
    try:
        span = parse_span(f"{_NUMBERS.get(number, number)} {found[2]}" if found else _NAMED.get(said, said))
    except ValueError:
        return None
    return span if span.number and span.unit in _DAYS | _MONTHS else None


def training_stands(need: TrainingNeed, had: Mapping[str, date], since: date, today: date) -> Held:
    """How somebody stands who is bound by a statement `since` a day, and has last `had` each topic on a day.

    Every topic counts. What was never had is due at once and, where the statement has an interval, overdue once that
    has gone by. What has no interval is never due again. (M-3.1g, O-B-22.2)
    """
    missing = tuple(topic for topic in need.topics if topic not in had)
    last = None if missing else min((had[topic] for topic in need.topics), default=None)
    begins = last or since
    due_on = _later(begins, need.every) if need.every else None
    if last is None:
        return Held(_never_had(need, due_on, today), None, due_on, missing)
    over = due_on is not None and due_on < today
    return Held(State.OVERDUE if over else State.HAD, last, due_on, ())


def _never_had(need: TrainingNeed, due_on: date | None, today: date) -> State:
    if need.as_needed:
        return State.OPEN
    return State.OVERDUE if due_on and due_on < today else State.DUE


def _later(day: date, span: Span) -> date:
    """A day so much later. A term counts as four months and a half-term as two: terms of other years are not known.

    Of a month that is too short, its last day.
    """
    if span.unit in _DAYS:
        return day + timedelta(days=_DAYS[span.unit] * span.number)
    months = day.month - 1 + _MONTHS[span.unit] * span.number
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
