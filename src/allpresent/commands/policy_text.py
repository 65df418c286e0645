"""The policy of one day as people would read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy import Policy
from allpresent.core.policy.model.response import Step


def policy_text(policy: Policy) -> str:
    """A page of plain text: what holds on the policy's day, each line with its clause or source."""
    names = ", over ".join(f"{layer.file.name} ({layer.tree.name})" for layer in reversed(policy.layers))
    head = [
        f"{policy.name}: the policy on {policy.day:%A} {policy.day.day} {policy.day:%B %Y}",
        f"Made of {names}.",
        "",
    ]
    return "\n".join([*head, *_day(policy), *_limits(policy), *_thresholds(policy), *_ladders(policy), *_codes(policy)])


def _line(policy: Policy, path: str, words: str) -> str:
    return f"  {words} [{', '.join(policy.why(path))}]"


def _day(policy: Policy) -> Iterator[str]:
    """The day and its registers, as on the next Monday."""
    if not policy.content.windows:
        return
    monday = policy.day + timedelta(days=-policy.day.weekday() % 7)
    yield "The day"
    times = policy.day_times(monday)
    if times:
        gates = f"gates {times.gates:%H:%M}, " if times.gates else ""
        ends = f", ends {times.ends:%H:%M}" if times.ends else ""
        yield _line(policy, "day", f"{gates}starts {times.starts:%H:%M}{ends}")
    for half in Half:
        yield _window(policy, monday, half)
    yield ""


def _window(policy: Policy, day: date, half: Half) -> str:
    window = policy.window(day, half)
    due = f", marks due within {window.complete_within} minutes" if window.complete_within else ""
    times = f"{half.word} register {window.opens:%H:%M} to {window.closes:%H:%M}, late until {window.late_until:%H:%M}"
    return f"  {times}{due} [{', '.join(window.clauses)}]"


def _limits(policy: Policy) -> Iterator[str]:
    yield "Limits"
    if policy.parents_report_by:
        words = f"parents report an absence by {policy.parents_report_by:%H:%M} at the latest"
        yield f"  {words} [{', '.join(policy.parents_report_clauses)}]"
    yield _line(
        policy,
        "settle.within",
        f"a reason is settled within {policy.settle_within}, or becomes {policy.settle_becomes}",
    )
    rule = policy.contacts_rule
    ideally = f", ideally {rule.ideally}" if rule.ideally else ""
    yield _line(policy, "emergency-contacts", f"emergency {rule.counting}: at least {rule.at_least}{ideally}")
    yield _line(policy, "retention", f"every entry is kept {policy.retention_years} years from the day it was made")
    if policy.next_review:
        yield _line(policy, "review", f"the policy is next reviewed by {policy.next_review:%B %Y}")
    yield ""


def _thresholds(policy: Policy) -> Iterator[str]:
    yield "Thresholds"
    for number, threshold in enumerate(policy.content.thresholds):
        of = " ".join(threshold.codes) or (threshold.pattern.value if threshold.pattern else threshold.of.value)
        words = f"{threshold.id}: {of} {threshold.edges} in {threshold.over}"
        yield _line(policy, f"thresholds[{number + 1}]", " ".join(words.split()))
    yield ""


def _ladders(policy: Policy) -> Iterator[str]:
    for n, ladder in enumerate(policy.content.ladders):
        yield ladder.label
        for m, step in enumerate(ladder.steps):
            yield _line(policy, f"ladders[{n + 1}].steps[{m + 1}]", f"{m + 1}. {_step(step)}")
        yield ""


def _step(step: Step) -> str:
    parts = [step.label]
    parts += [f"when {' or '.join(step.threshold)}"] if step.threshold else []
    parts += [f"after {', '.join(step.after)}"] if step.after else []
    parts += [f"in the next {step.in_next}"] if step.in_next else []
    parts += [f"once {step.waits} have passed"] if step.waits else []
    parts += ["unless improved"] if step.unless_improved else []
    return ", ".join(parts)


def _codes(policy: Policy) -> Iterator[str]:
    yield "Codes"
    heading = None
    for listed in policy.code_list.values():
        if listed.heading != heading:
            heading = listed.heading
            yield f"  {heading} [{', '.join(listed.clauses)}]"
        yield f"    {listed.code:<3}{listed.words}"
