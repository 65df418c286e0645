"""Checks on what a document says more than once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Severity
from allpresent.core.policy.merge import Place
from allpresent.core.policy.model.base import ABOUT, Block
from allpresent.core.policy.model.words import DutyKind, Party
from allpresent.core.policy.select import most_particular


def said_twice(subject: Subject) -> Iterable[Finding]:
    """Two statements about one case that do not agree."""
    lists: tuple[tuple[str, tuple[str, ...], Sequence[Block]], ...] = (
        ("marking", ("when",), subject.says.marking),
        ("evidence", ("of", "for", "threshold"), subject.says.evidence),
    )
    for section, keys, statements in lists:
        for (n, first), (m, second) in combinations(enumerate(statements), 2):
            here, there = _says(second), _says(first)
            if here != there and all(here[key] == there[key] for key in keys):
                yield subject.warn(
                    "said-twice",
                    (section, m),
                    f"'{here[keys[0]]}' is spoken of on line {subject.place((section, n)).line} too, and differently.",
                    "The first statement holds.",
                    also=[(section, n)],
                )


def _says(block: Block) -> dict[str, object]:
    return block.model_dump(by_alias=True, exclude=set(ABOUT))


def says_otherwise(subject: Subject) -> Iterable[Finding]:
    """A block that notes another paragraph of the document which says something else."""
    for place, text in subject.texts():
        *outer, number, key = ("", *place.path)
        if outer[-1:] != ["elsewhere"] or key == "clause" or not isinstance(number, int):
            continue
        block = Place(place.document, place.path[:-3])
        said = block.data.get(str(key)) if isinstance(block.data, dict) else None
        if said != text:
            yield place.finding(
                Severity.WARNING,
                "says-otherwise",
                f"here {key} is {text}, but {said} on line {block.line} [{', '.join(block.reasons)}].",
                f"{key} is {said}.",
            )


def called_before_due(subject: Subject) -> Iterable[Finding]:
    """Homes called before the time by which parents have to report."""
    due = [duty.by for duty in subject.says.duties if duty.duty is DutyKind.REPORT_ABSENCE and duty.by]
    for number, duty in enumerate(subject.says.duties):
        sooner = duty.duty is DutyKind.CONTACT_HOME and Party.PARENT in duty.to and duty.by and due
        if sooner and duty.by and duty.by < max(due):
            yield subject.warn(
                "called-before-due",
                ("duties", number),
                f"homes are to be called by {duty.by:%H:%M}, but parents have until {max(due):%H:%M} to report.",
                "Calls may begin before parents' time is up; the message says so.",
            )


def arrival_differs(subject: Subject) -> Iterable[Finding]:
    """A day that starts at one time and a register that calls pupils late from another."""
    for number, window in enumerate(subject.says.windows):
        days = [day for day in subject.says.day if day.weekdays == window.weekdays]
        times = most_particular((day for day in days if day.year_groups == window.year_groups), subject.day, None)
        on_time = window.on_time_until or window.opens
        if window.half == "AM" and times and times.starts != on_time:
            yield (subject.remark if window.on_time_until else subject.warn)(
                "arrival-differs",
                ("windows", number),
                f"pupils are due at {times.starts:%H:%M}, but late from {on_time:%H:%M}.",
                f"An arrival after {on_time:%H:%M} is late.",
                also=[("day", subject.says.day.index(times))],
            )
