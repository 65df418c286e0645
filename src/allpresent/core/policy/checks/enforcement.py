"""Checks on penalty notices in a ladder: too soon, or with nothing offered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.model.content import Content
from allpresent.core.policy.model.response import Ladder, Of, Step, Threshold
from allpresent.core.policy.model.words import Action

_SUPPORT = {
    Action.CONVERSATION, Action.MEETING, Action.VISIT, Action.PLAN, Action.EARLY_HELP, Action.REFERRAL,
    Action.CONTRACT, Action.NOTICE,
}  # fmt: skip
_APPROVED = "The step stays as written; a named person approves every notice."


def penalty_below_threshold(subject: Subject) -> Iterable[Finding]:
    """A penalty notice planned at fewer absences than the national threshold."""
    law = subject.law.penalty
    for path, ladder, number in _penalties(subject.says):
        steps = [step for step in ladder.steps[: number + 1] if step.threshold]
        if law and steps and not any(_reaches(subject, law.threshold, step) for step in steps):
            yield subject.warn(
                "penalty-below-threshold",
                path,
                f"a penalty notice is planned when {' or '.join(steps[-1].threshold)} is met; it is considered at "
                f"the national threshold, {_in_words(subject, law.threshold)} ({', '.join(law.source)}).",
                _APPROVED,
            )


def fined_without_support(subject: Subject) -> Iterable[Finding]:
    """A penalty notice with no help offered before it, for anything but a holiday."""
    for path, ladder, number in _penalties(subject.says):
        helped = any(step.does in _SUPPORT for step in ladder.steps[:number])
        if not helped and not _for_holidays(subject, ladder.steps[: number + 1]):
            yield subject.warn(
                "fined-without-support",
                path,
                f"'{ladder.steps[number].label}' comes with no support or notice to improve before it; guidance wants "
                "support first, wherever support is fitting.",
                _APPROVED,
            )


def _penalties(content: Content) -> Iterator[tuple[Path, Ladder, int]]:
    """Every step that is a penalty notice: its place, its ladder and its number there."""
    for n, ladder in enumerate(content.ladders):
        for m, step in enumerate(ladder.steps):
            if step.does is Action.PENALTY:
                yield ("ladders", n, "steps", m), ladder, m


def _thresholds(subject: Subject, step: Step) -> list[Threshold]:
    return [threshold for threshold in subject.whole.content.thresholds if threshold.id in step.threshold]


def _reaches(subject: Subject, national: str | None, step: Step) -> bool:
    """Whether a step waits for the national threshold, or for one that counts as much of the same codes."""
    law = next(threshold for threshold in subject.law.thresholds if threshold.id == national)
    found = _thresholds(subject, step)
    return bool(found) and all(own.id == national or national in own.and_ or _no_lower(own, law) for own in found)


def _no_lower(own: Threshold, law: Threshold) -> bool:
    """Whether whoever meets `own` has met at least the count of `law`. Another way of counting cannot be compared."""
    if not own.floor or not law.floor or own.of not in {Of.CODES, Of.UNAUTHORISED}:
        return False
    sessions = own.floor[0].number * (2 if own.floor[0].measure == "days" else 1)
    return own.floor[0].measure in {"sessions", "days", "times"} and sessions >= law.floor[0].number


def _for_holidays(subject: Subject, steps: tuple[Step, ...]) -> bool:
    """Whether the steps wait for nothing but holidays without leave (code G)."""
    found = [threshold for step in steps for threshold in _thresholds(subject, step)]
    own = [threshold for threshold in found if threshold.id not in {law.id for law in subject.law.thresholds}]
    return bool(own) and all(threshold.codes == ("G",) for threshold in own)


def _in_words(subject: Subject, national: str | None) -> str:
    law = next(threshold for threshold in subject.law.thresholds if threshold.id == national)
    return f"{law.edges} of {', '.join(law.codes)} in {law.over}"
