"""Checks on words that the law has fixed: persistent and severe absence, marks, days of observance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from allpresent.core.codes import Statistical, code_set_on
from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.model.response import Edges, Of
from allpresent.core.policy.values import Measure

_NAMED = {
    "persistent": re.compile(r"\bpersistent(?:ly)?\b|\bPA\b", re.IGNORECASE),
    "severe": re.compile(r"\bsevere(?:ly)?\b", re.IGNORECASE),
}
_NEARLY = re.compile(
    r"\b(?:risk|near\w*|approach\w*|towards|almost|nearly|pre|before|potential\w*|borderline)\b", re.IGNORECASE
)


def called_like_law(subject: Subject) -> Iterable[Finding]:
    """A band or threshold called persistent or severe absence, but with another edge than the law's."""
    law = {threshold.id: threshold for threshold in subject.law.thresholds}
    for path, name, of, edges in _named(subject):
        for key, pattern in _NAMED.items():
            national = absence_from(law[key].of, law[key]) if key in law else None
            own = absence_from(of, edges)
            if not own or own == national or not pattern.search(name) or _NEARLY.search(name.replace("-", " ")):
                continue
            yield subject.warn(
                "called-like-law",
                path,
                f"'{name}' is {edges.edges} {of.value} here; {key} absence is {law[key].edges} {law[key].of.value} "
                f"({', '.join(law[key].source)}).",
                f"Figures of {key} absence follow the national meaning; this line is kept beside it.",
            )


def _named(subject: Subject) -> Iterator[tuple[Path, str, Of, Edges]]:
    """Every threshold of the body's own making, and every band, with its name."""
    national = {threshold.id for threshold in subject.law.thresholds}
    for n, threshold in enumerate(subject.says.thresholds):
        if threshold.id not in national:
            yield ("thresholds", n), threshold.id.replace("-", " "), threshold.of, threshold
    for n, scale in enumerate(subject.says.scales):
        for m, band in enumerate(scale.bands):
            yield ("scales", n, "bands", m), band.label, scale.of, band


def absence_from(of: Of, edges: Edges) -> tuple[Decimal, bool] | None:
    """The absence, in percent, from which a range begins, and whether that figure itself is in it."""
    edge = edges.ceiling if of is Of.ATTENDANCE else edges.floor
    if of not in {Of.ATTENDANCE, Of.ABSENCE} or not edge or edge[0].measure is not Measure.PERCENT:
        return None
    return (100 - edge[0].number if of is Of.ATTENDANCE else edge[0].number), edge[1]


def marked_against_law(subject: Subject) -> Iterable[Finding]:
    """A mark for a case in which the law or guidance has another one."""
    law = {marking.when: marking for marking in subject.law.marking}
    for number, marking in enumerate(subject.says.marking):
        national = law.get(marking.when)
        if national and not _covers(subject, marking.mark, national.mark):
            yield subject.warn(
                "marked-against-law",
                ("marking", number, "mark"),
                f"'{marking.when.value}' is marked {marking.mark} here; it is {national.mark} "
                f"({', '.join(national.source)}).",
                f"The register follows the law: {national.mark}.",
            )


_MEANS = {
    "present": {Statistical.PRESENT},
    "absent": {Statistical.AUTH, Statistical.UNAUTH},
    "authorised": {Statistical.AUTH},
    "unauthorised": {Statistical.UNAUTH},
}


def _covers(subject: Subject, own: str, law: str) -> bool:
    """Whether a mark is the law's, or a wider or narrower word for it: 'absent' for U, G for 'unauthorised'."""
    codes = code_set_on(subject.day)
    if own not in _MEANS and law not in _MEANS:
        return own == law
    meanings = [_MEANS.get(mark) or {codes[mark].statistical} for mark in (own, law)]
    return bool(meanings[0] & meanings[1])


def observance_longer(subject: Subject) -> Iterable[Finding]:
    """More days for one religious occasion than the day set apart."""
    own, law = subject.says.observance, subject.law.observance
    if own and law and own.days and law.days and own.days > law.days:
        yield subject.warn(
            "observance-longer",
            ("observance", "days"),
            f"{own.days} days are given for one occasion; R is for the day set apart, {law.days} "
            f"({', '.join(law.source)}).",
            "R is offered for the day itself; a further day needs leave. A yearly limit is written as days-a-year.",
        )
