"""The policy of one day as people would read it."""

from __future__ import annotations

from collections.abc import Iterator

from allpresent.core.policy import Policy
from allpresent.core.policy.model.day import Selected, Window
from allpresent.core.policy.model.response import Of, Step, Threshold


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
    """The day and its registers: every statement, with the weekdays and year groups it is for."""
    if not policy.content.windows:
        return
    yield "The day"
    for number, times in enumerate(policy.content.day):
        gates = f"gates {times.gates:%H:%M}, " if times.gates else ""
        ends = f", ends {times.ends:%H:%M}" if times.ends else ""
        yield _line(policy, f"day[{number + 1}]", f"{gates}starts {times.starts:%H:%M}{ends}{_whom(times)}")
    for window in policy.content.windows:
        yield _window(policy, window)
    yield ""


def _window(policy: Policy, window: Window) -> str:
    within = policy.complete_within(window.year_groups[0] if window.year_groups else None)
    due = f", marks due within {within} minutes" if within else ""
    late = min(window.late_until or window.closes, window.closes)
    times = f"{window.half.word} register {window.opens:%H:%M} to {window.closes:%H:%M}, late until {late:%H:%M}"
    return f"  {times}{due}{_whom(window)} [{', '.join(window.clause or window.source)}]"


def _whom(statement: Selected) -> str:
    """For which weekdays and year groups a statement holds; nothing where it is for all."""
    days = ", ".join(day.value.title() for day in statement.weekdays)
    years = ", ".join(statement.year_groups)
    named = " and ".join(filter(None, (days, f"years {years}" if years else "")))
    return f" ({named})" if named else ""


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
        words = f"{threshold.id}: {_counted(threshold)} {threshold.edges} in {threshold.over}"
        yield _line(policy, f"thresholds[{number + 1}]", " ".join(words.split()))
    yield ""


def _counted(threshold: Threshold) -> str:
    """What a threshold counts: G N O U; episodes of I; points (L 1, U 2); same-weekday (Monday, Friday)."""
    codes = " ".join(threshold.codes)
    if threshold.of is Of.EPISODES:
        return f"episodes of {codes or 'absence'}"
    if threshold.points:
        return f"points ({', '.join(f'{code} {worth}' for code, worth in threshold.points.items())})"
    if threshold.pattern:
        days = ", ".join(day.value.title() for day in threshold.weekdays)
        return f"{threshold.pattern.value}{f' ({days})' if days else ''}"
    return codes or threshold.of.value


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
    parts += [f"unless improved since {step.unless_improved}"] if step.unless_improved else []
    return ", ".join(parts)


def _codes(policy: Policy) -> Iterator[str]:
    yield "Codes"
    heading = None
    for listed in policy.code_list.values():
        if listed.heading != heading:
            heading = listed.heading
            yield f"  {heading} [{', '.join(listed.clauses)}]"
        yield f"    {listed.code:<3}{listed.words}"
