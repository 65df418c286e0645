"""Faults that stop a policy although each of its files is well formed. Each is an error with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from allpresent.core.codes import UnknownCode, read_code
from allpresent.core.policy.document import Document
from allpresent.core.policy.faults_day import day_faults
from allpresent.core.policy.faults_response import response_faults
from allpresent.core.policy.findings import Finding, Path, Severity
from allpresent.core.policy.merge import Merged, Place
from allpresent.core.policy.model.content import KEYS, Content, Layer


def faults(merged: Merged, layers: Sequence[Document]) -> Iterator[Finding]:
    """Every fault of the layers laid together, lowest layer first in `layers`."""
    yield from _locked(merged)
    yield from day_faults(merged, layers[-1])
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
    for path, letter in _codes_named(merged.content):
        says = _not_a_code(letter, top.file.in_force.from_)
        if says:
            yield merged.error("code-unknown", path, says)


def _not_a_code(letter: str, day: date) -> str | None:
    """What is wrong with a code as a policy writes it, or None. A policy writes it in capitals, as the law does."""
    try:
        code = read_code(letter, day)
    except UnknownCode as problem:
        return str(problem)
    return None if code.letter == letter else f"'{letter}' is no code as it stands; write it {code.letter}"


def _codes_named(content: Content) -> Iterator[tuple[Path, str]]:
    """Every place that names a code."""
    for n, group in enumerate(content.codes.groups if content.codes else ()):
        for m, listed in enumerate(group.codes):
            yield ("codes", "groups", n, "codes", m), listed.code
    for n, claim in enumerate(content.codes.claims if content.codes else ()):
        yield from ((("codes", "claims", n, "codes"), letter) for letter in claim.codes)
    for n, threshold in enumerate(content.thresholds):
        yield from ((("thresholds", n, "codes"), letter) for letter in threshold.codes)
        yield from ((("thresholds", n, "points"), letter) for letter in threshold.points)
    for n, marking in enumerate(content.marking):
        if marking.mark not in MARK_WORDS:
            yield ("marking", n, "mark"), marking.mark
    if content.settle and content.settle.becomes:
        yield ("settle", "becomes"), content.settle.becomes
    for n, reason in enumerate(content.unauthorised_reasons):
        yield from ((("unauthorised-reasons", n, "codes"), letter) for letter in reason.codes)
