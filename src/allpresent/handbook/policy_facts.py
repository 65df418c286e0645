"""The settings of a policy that a register runs on, in words, each with the clauses behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.policy import Policy
from allpresent.shared.words import clock_time, plain_day


class Fact(NamedTuple):
    """One setting: what it is, what the policy says, and the clauses (or paragraphs of law) that say so."""

    name: str
    says: str
    clauses: tuple[str, ...]


def facts_of(policy: Policy, day: date) -> tuple[Fact, ...]:
    """The facts that pages show, in the order of a school day."""
    return (*_day(policy, day), *_registers(policy, day), *_deadlines(policy), *_keeping(policy), *_paper(policy, day))


def _why(policy: Policy, path: str) -> tuple[str, ...]:
    try:
        return policy.why(path)
    except LookupError:
        return ()


def _day(policy: Policy, day: date) -> Iterator[Fact]:
    times = policy.day_times(day)
    if times is None:
        return
    parts = (("gates open", times.gates), ("begins", times.starts), ("ends", times.ends))
    said = ", ".join(f"{words} {clock_time(at)}" for words, at in parts if at)
    yield Fact("The day", said, times.clause or times.source)


def _registers(policy: Policy, day: date) -> Iterator[Fact]:
    for half in Half:
        try:
            window = policy.window(day, half)
        except PolicyProblem:
            continue
        said = f"taken at {clock_time(window.opens)}, open until {clock_time(window.closes)}"
        if window.complete_within:
            said += f", to be sent in within {window.complete_within} minutes"
        yield Fact(f"{half.word.capitalize()} register", said, window.clauses)


def _deadlines(policy: Policy) -> Iterator[Fact]:
    if policy.parents_report_by:
        said = f"by {clock_time(policy.parents_report_by)} on the day"
        yield Fact("Parents report an absence", said, policy.parents_report_clauses)
    span = policy.settle_within
    how = "by itself" if policy.settles_by_itself else "once a person approves it"
    said = f"{span}, then {policy.settle_becomes} {how}"
    yield Fact("A reason may stay unknown for", said, _why(policy, "settle"))


def _keeping(policy: Policy) -> Iterator[Fact]:
    rule = policy.contacts_rule
    ideal = f", ideally {rule.ideally}" if rule.ideally else ""
    yield Fact(
        "Emergency contacts", f"at least {rule.at_least} {rule.counting}{ideal}", _why(policy, "emergency-contacts")
    )
    yield Fact("Every entry is kept for", f"{policy.retention_years} years", _why(policy, "retention"))
    yield Fact("An amendment keeps", ", ".join(policy.amendment_needs), _why(policy, "amendments"))


def _paper(policy: Policy, day: date) -> Iterator[Fact]:
    if policy.next_review:
        overdue = ", which has passed: the review is overdue" if policy.next_review < day else ""
        yield Fact("Next review", plain_day(policy.next_review) + overdue, _why(policy, "review"))
    for key, role in policy.roles.items():
        reach = ", ".join(filter(None, (role.phone, role.email)))
        if reach:
            yield Fact(
                role.names[0] if role.names else key.replace("-", " ").capitalize(), reach, role.clause or role.source
            )
