"""Faults that stop a policy although each of its files is well formed. Each is an error with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.policy.document import Document
from allpresent.core.policy.faults_response import response_faults
from allpresent.core.policy.findings import Finding, Path, Severity
from allpresent.core.policy.merge import Merged, Place
from allpresent.core.policy.model.content import KEYS, Content, Layer
from allpresent.core.policy.model.day import Selected
from allpresent.core.policy.model.words import Weekday
from allpresent.core.policy.select import applies, clashes, rank

SCHOOL_WEEK = tuple(Weekday)[:5]


def faults(merged: Merged, layers: Sequence[Document]) -> Iterator[Finding]:
    """Every fault of the layers laid together, lowest layer first in `layers`."""
    yield from _locked(merged)
    yield from _windows_too_long(merged)
    yield from _statements_clash(merged)
    if layers[-1].file.layer is Layer.SCHOOL:
        yield from _windows_missing(merged, layers[-1])
    yield from chain.from_iterable(_ids_twice(layer) for layer in layers)
    yield from response_faults(merged)
    yield from _codes_unknown(merged, layers[-1])


def _locked(merged: Merged) -> Iterator[Finding]:
    """A setting that a school gives although its trust has locked it."""
    for lock, said in merged.breaches:
        if lock.document.file.layer is Layer.TRUST:
            trust = lock.document
            yield said.finding(
                Severity.ERROR,
                "locked",
                f"{trust.file.name} has locked this ({trust.tree.name}:{lock.line}); "
                "take it out here, or ask the trust to unlock it",
            )


def _windows_too_long(merged: Merged) -> Iterator[Finding]:
    """A register kept open longer than guidance allows."""
    limit = merged.content.register_limit
    for number, window in enumerate(merged.content.windows):
        if limit is not None and window.minutes > limit.longest:
            yield merged.error(
                "window-too-long",
                ("windows", number, "closes"),
                f"the register stays open for {window.minutes} minutes; at most {limit.longest} are allowed "
                f"({', '.join(limit.source)}); close it sooner",
            )


def _statements_clash(merged: Merged) -> Iterator[Finding]:
    """Two statements, equally particular, about one weekday and year group."""
    windows = merged.content.windows
    for half in Half:
        yield from _clashing(merged, "windows", [w if w.half is half else None for w in windows])
    yield from _clashing(merged, "day", list(merged.content.day))


def _clashing(merged: Merged, section: str, statements: Sequence[Selected | None]) -> Iterator[Finding]:
    numbers = {id(statement): number for number, statement in enumerate(statements)}
    for first, second in clashes([statement for statement in statements if statement is not None]):
        earlier = merged.place((section, numbers[id(first)]))
        assert earlier is not None
        yield merged.error(
            "statements-clash",
            (section, numbers[id(second)]),
            f"this speaks of the same weekday and year group as line {earlier.line}; "
            "name the weekdays or year groups of one of them, or take one out",
        )


def _windows_missing(merged: Merged, top: Document) -> Iterator[Finding]:
    """A session of the week that no window covers when no year group is asked for."""
    for half in Half:
        windows = [w for w in merged.content.windows if w.half is half and rank(w) < 2]
        bare = [day.value for day in SCHOOL_WEEK if not any(applies(w, day, None) for w in windows)]
        if bare:
            line = top.tree.line(("windows",))
            days = "every day" if len(bare) == len(SCHOOL_WEEK) else ", ".join(bare)
            yield Finding(
                Severity.ERROR,
                "window-missing",
                top.tree.name,
                line,
                "windows",
                f"no {half} register window covers {days} for every year group; "
                f"add one with half: {half}, opens and closes",
            )


def _ids_twice(document: Document) -> Iterator[Finding]:
    """Two items of one list by one id."""
    for section in (section for section, key in KEYS.items() if key == "id"):
        seen: list[str] = []
        for number, item in enumerate(getattr(document.file, section)):
            if item.id in seen:
                says = f"two {section} are called '{item.id}'; give each its own id"
                yield Place(document, (section, number, "id")).finding(Severity.ERROR, "id-twice", says)
            seen.append(item.id)


MARK_WORDS = ("present", "absent", "authorised", "unauthorised")


def _codes_unknown(merged: Merged, top: Document) -> Iterator[Finding]:
    """A code that is not a national code on the first day of the policy."""
    codes = code_set_on(top.file.in_force.from_)
    for path, letter in _codes_named(merged.content):
        if letter not in codes:
            says = f"'{letter}' is not an attendance code on {codes.day}; the codes are {' '.join(codes)}"
            yield merged.error("code-unknown", path, says)


def _codes_named(content: Content) -> Iterator[tuple[Path, str]]:
    """Every place that names a code."""
    for n, group in enumerate(content.codes.groups if content.codes else ()):
        for m, listed in enumerate(group.codes):
            yield ("codes", "groups", n, "codes", m), listed.code
    for n, claim in enumerate(content.codes.claims if content.codes else ()):
        yield from ((("codes", "claims", n, "codes"), letter) for letter in claim.codes)
    for n, threshold in enumerate(content.thresholds):
        yield from ((("thresholds", n, "codes"), letter) for letter in threshold.codes)
    for n, marking in enumerate(content.marking):
        if marking.mark not in MARK_WORDS:
            yield ("marking", n, "mark"), marking.mark
    if content.settle and content.settle.becomes:
        yield ("settle", "becomes"), content.settle.becomes
    for n, reason in enumerate(content.unauthorised_reasons):
        yield from ((("unauthorised-reasons", n, "codes"), letter) for letter in reason.codes)
