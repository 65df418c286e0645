"""Checks on thresholds and ladders: edges that nearly meet, labels that collide, steps at odds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from allpresent.core.policy.checks.likeness import absence_from
from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.model.response import Step

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def edges_meet(subject: Subject) -> Iterable[Finding]:
    """Two thresholds at one figure, of which only one takes the figure itself in. Both are right; keep both."""
    others = {threshold.id: threshold for threshold in subject.whole.content.thresholds}
    for number, threshold in enumerate(subject.says.thresholds):
        for other in others.values():
            here, there = absence_from(threshold.of, threshold), absence_from(other.of, other)
            if threshold.id == other.id or not here or not there or threshold.for_ != other.for_:
                continue
            if here[0] == there[0] and not here[1] and there[1]:
                yield subject.remark(
                    "edges-meet",
                    ("thresholds", number),
                    f"'{threshold.id}' leaves out exactly {100 - here[0]}% attendance, which '{other.id}' takes in.",
                    "The two are kept apart.",
                )


def _steps(subject: Subject) -> Iterator[tuple[Path, Step]]:
    for n, ladder in enumerate(subject.says.ladders):
        for m, step in enumerate(ladder.steps):
            yield ("ladders", n, "steps", m), step


def same_label(subject: Subject) -> Iterable[Finding]:
    """Two steps of a ladder whose names mean the same to a reader: a second letter and Letter 2."""
    for (path, step), (other_path, other) in combinations(_steps(subject), 2):
        if path[:2] == other_path[:2] and _names(step) & _names(other):
            yield subject.warn(
                "same-label",
                other_path,
                f"'{other.called or other.label}' can be taken for '{step.called or step.label}' "
                f"(line {subject.place(path).line}), another step.",
                f"They are two letters: '{step.id}' and '{other.id}'.",
                also=[path],
            )


def _names(step: Step) -> set[frozenset[str]]:
    """What a step is called, as sets of words in which 'second' and '2' are one."""
    return {_bare(name) for name in (step.label, step.called) if name}


def _bare(name: str) -> frozenset[str]:
    words = name.lower().split()
    return frozenset(str(_ORDINALS.index(word) + 1) if word in _ORDINALS else word for word in words)


def warns_and_ends(subject: Subject) -> Iterable[Finding]:
    """A step that is both a warning before enforcement and the end of an earlier step."""
    penalty = subject.says.penalty
    warning = penalty.warned_by if penalty else None
    for path, step in _steps(subject):
        if step.ends and warning in {step.id, step.does}:
            yield subject.warn(
                "warns-and-ends",
                path,
                f"'{step.label}' is the warning that comes before a penalty notice, and also ends "
                f"{', '.join(step.ends)}.",
                "It may be sent on its own as a warning, or to end the earlier step; the sender says which.",
                also=[("penalty", "warned-by")],
            )


def old_names(subject: Subject) -> Iterable[Finding]:
    """A formal measure by a name it no longer has."""
    new = {old.lower(): measure.called for measure in subject.law.measures for old in measure.formerly}
    measures = [((("measures", n)), m.called) for n, m in enumerate(subject.says.measures)]
    steps = [(path, name) for path, step in _steps(subject) for name in (step.label, step.called) if name]
    for path, called in (*measures, *steps):
        old = next((name for name in new if name in called.lower()), None)
        if old:
            yield subject.warn(
                "old-names",
                path,
                f"'{called}' is an old or loose name; the law's is {new[old]}.",
                f"It is recorded as {new[old]}.",
            )
