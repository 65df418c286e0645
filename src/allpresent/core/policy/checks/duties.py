"""Checks on who does what: one duty with two deadlines, two ways, or two orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.model.duties import Call, Duty
from allpresent.core.policy.model.words import Case, Event, OnDay, Party


def _pairs(subject: Subject) -> Iterator[tuple[int, Duty, int, Duty]]:
    """Pairs of statements about one duty of one person, for the same pupils, that can fall on one day."""
    for (n, first), (m, second) in combinations(enumerate(subject.says.duties), 2):
        if _alike(first, second) and _days_meet(first, second):
            yield n, first, m, second


def _alike(first: Duty, second: Duty) -> bool:
    """Whether two statements speak of one act: not of a text message and then a call, or of two moments."""
    moments = first.when is None or second.when is None or first.when is second.when
    ways = {_deadline(first), _deadline(second)} == {None} or not _other_ways(first, second)
    return (
        (first.duty, first.who, set(first.for_), first.year_groups)
        == (second.duty, second.who, set(second.for_), second.year_groups)
        and (not first.to or not second.to or set(first.to) == set(second.to))
        and moments
        and ways
    )


def _other_ways(first: Duty, second: Duty) -> bool:
    """Whether both name channels, and none in common."""
    return bool(first.through and second.through) and not set(first.through) & set(second.through)


def _days_meet(first: Duty, second: Duty) -> bool:
    """Whether some day of an absence is spoken of by both."""
    return any(_falls_on(first, day) and _falls_on(second, day) for day in range(1, 32))


def _falls_on(duty: Duty, day: int) -> bool:
    if duty.nth_day:
        return day == duty.nth_day
    return {OnDay.FIRST: day == 1, OnDay.EACH_LATER: day > 1}.get(duty.on or OnDay.EACH, True)


def two_deadlines(subject: Subject) -> Iterable[Finding]:
    """One duty with two deadlines."""
    for n, first, m, second in _pairs(subject):
        given = (_deadline(first), _deadline(second))
        if None in given or given[0] == given[1]:
            continue
        parent = Party.PARENT in first.who
        yield subject.warn(
            "two-deadlines",
            ("duties", m),
            f"{first.duty.value} by {', '.join(first.who)} has two deadlines: {given[0]} "
            f"(line {subject.place(('duties', n)).line}) and {given[1]}.",
            "The later one decides when an absence is unexplained." if parent else "The sooner one holds.",
            also=[("duties", n)],
        )


def _deadline(duty: Duty) -> str | None:
    if duty.by:
        return f"{duty.by:%H:%M}"
    return str(duty.within) if duty.within else None


def channels_differ(subject: Subject) -> Iterable[Finding]:
    """One duty said twice with different channels."""
    for n, first, m, second in _pairs(subject):
        here, there = set(first.through), set(second.through)
        if first.to == second.to and here and there and here != there:
            yield subject.warn(
                "channels-differ",
                ("duties", m, "through"),
                f"{first.duty.value} goes by {', '.join(first.through)} on line "
                f"{subject.place(('duties', n)).line}, but by {', '.join(second.through)} here.",
                f"All of them may be used: {', '.join(dict.fromkeys((*first.through, *second.through)))}.",
                also=[("duties", n)],
            )


_MISSING = {
    Event.EXPECTED_ARRIVAL, Event.REGISTER_OPENS, Event.REGISTER_CLOSES, Event.NO_CONTACT, Event.ABSENCE,
    Event.UNEXPLAINED,
}  # fmt: skip
"""The moments that all mean: a pupil is not here, and nobody knows why."""


def contact_order(subject: Subject) -> Iterable[Finding]:
    """Calling orders that begin with different people."""
    orders = [item for item in enumerate(subject.says.calling) if item[1].starts in _MISSING]
    if not orders:
        return
    number, main = max(orders, key=lambda item: len(item[1].order))
    for other, calling in orders:
        first, lead = calling.order[0], main.order[0]
        if set(calling.for_) == set(main.for_) and set(first.contact) != set(lead.contact):
            yield subject.warn(
                "contact-order",
                ("calling", other),
                f"'{calling.id}' calls {' or '.join(first.contact)} first, but '{main.id}' "
                f"(line {subject.place(('calling', number)).line}) calls {' or '.join(lead.contact)} first.",
                f"The fuller order, '{main.id}', is followed; the order can be changed.",
                also=[("calling", number)],
            )


def contact_circle(subject: Subject) -> Iterable[Finding]:
    """A call that waits, directly or through others, for itself."""
    for number, calling in enumerate(subject.says.calling):
        waits = _waits(calling.order)
        for rung, call in enumerate(calling.order):
            if any(party in _reached(party, waits) for party in call.contact):
                yield subject.warn(
                    "contact-circle",
                    ("calling", number, "order", rung),
                    f"calling {' or '.join(call.contact)} waits until {', '.join(call.after)} have been tried, "
                    "and so in the end for itself.",
                    "The steps are taken in the order written, without waiting.",
                )
                break


def _waits(order: tuple[Call, ...]) -> dict[str, set[str]]:
    """For each party, whoever has to have been tried before it."""
    waits: dict[str, set[str]] = {}
    for call in order:
        for party in call.contact:
            waits.setdefault(party, set()).update(call.after)
    return waits


def _reached(party: str, waits: dict[str, set[str]]) -> set[str]:
    """Everyone that `party` waits for, directly or through others."""
    found: set[str] = set()
    ahead = list(waits.get(party, ()))
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead.extend(waits.get(other, ()))
    return found


def absent_before_close(subject: Subject) -> Iterable[Finding]:
    """Marked absent at registration in one place, late until the register closes in another."""
    marks = {marking.when: (("marking", n), marking.mark) for n, marking in enumerate(subject.says.marking)}
    missing, late = marks.get(Case.MISSING), marks.get(Case.LATE_BEFORE_CLOSE)
    if missing and late and missing[1] != "N":
        path: Path = missing[0]
        yield subject.warn(
            "absent-before-close",
            path,
            f"a pupil missing at registration is marked '{missing[1]}', but an arrival before the register "
            f"closes is {late[1]}.",
            f"The mark is N at first and becomes {late[1]} if the pupil arrives before the register closes.",
            also=[late[0]],
        )
