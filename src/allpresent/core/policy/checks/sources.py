"""Checks on the laws and guidance a document leans on: name, currency, edition, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding
from allpresent.core.policy.model.law import LegalSource

_INSTRUMENT = re.compile(r"\b(regulations?|act|order) \d{4}", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEGISLATION = re.compile(r"legislation\.gov\.uk/([a-z]+)/")
# The kinds of document that legislation.gov.uk publishes for the United Kingdom and for England.
_KINDS = {"id", "ukpga", "ukla", "ukppa", "ukcm", "uksi", "ukmo", "ukci", "uksro", "eur", "eudr", "eudn", "eut"}


def _bare(title: str) -> str:
    """A title without its article, capitals or doubled spaces."""
    return " ".join(title.lower().removeprefix("the ").split())


def _known(subject: Subject, source: LegalSource) -> LegalSource | None:
    """The nation's entry for a source, by its number or else its exact name."""
    by_number = {known.cites: known for known in subject.law.sources if known.cites}
    by_title = {_bare(known.title): known for known in subject.law.sources}
    return by_number.get(source.cites or "") or by_title.get(_bare(source.title))


def source_misnamed(subject: Subject) -> Iterable[Finding]:
    """A law named almost, but not quite, as it is called."""
    for number, source in enumerate(subject.says.sources):
        if not _INSTRUMENT.search(source.title) or _known(subject, source):
            continue
        nearest = max(subject.law.sources, key=lambda known: _likeness(known, source), default=None)
        if nearest and _likeness(nearest, source) > 0.85:
            yield subject.warn(
                "source-misnamed",
                ("sources", number, "title"),
                f"no law is known as '{source.title}'; the nearest is the {nearest.title}.",
                f"It is taken to mean the {nearest.title}.",
            )


def _likeness(known: LegalSource, source: LegalSource) -> float:
    """How like two names of one year are, from 0 to 1. Of another year, they are names of two laws."""
    if _YEAR.findall(known.title) != _YEAR.findall(source.title):
        return 0
    return SequenceMatcher(None, _bare(known.title), _bare(source.title)).ratio()


def source_out_of_date(subject: Subject) -> Iterable[Finding]:
    """A law or guidance that had been revoked or replaced when the policy began, leaned on as current."""
    for number, source in enumerate(subject.says.sources):
        known = _known(subject, source)
        ended = known and (known.revoked or known.superseded)
        if known is None or not ended or ended > subject.day or source.for_history:
            continue
        how = "revoked" if known.revoked else "replaced"
        yield subject.warn(
            "source-out-of-date",
            ("sources", number),
            f"'{source.title}' was {how} on {ended.day} {ended:%B %Y} by {known.by}.",
            "It is used only to read marks and events of earlier dates.",
        )


def edition_out_of_date(subject: Subject) -> Iterable[Finding]:
    """Guidance still in use, but leaned on in an edition older than the one in force."""
    for number, source in enumerate(subject.says.sources):
        known, years = _known(subject, source), _YEAR.findall(source.edition or "")
        if not known or not known.in_force or not years or source.for_history:
            continue
        if known.in_force <= subject.day and int(years[-1]) < known.in_force.year:
            yield subject.warn(
                "edition-out-of-date",
                ("sources", number, "edition"),
                f"'{source.title}' is cited in the edition of {source.edition}; the one in force began on "
                f"{known.in_force.day} {known.in_force:%B %Y}.",
                "The edition in force is followed.",
            )


def link_broken(subject: Subject) -> Iterable[Finding]:
    """An address on legislation.gov.uk of a kind that the site does not have."""
    for number, source in enumerate(subject.says.sources):
        match = _LEGISLATION.search(source.link or "")
        if match and match[1] not in _KINDS:
            yield subject.warn(
                "link-broken",
                ("sources", number, "link"),
                f"the address cannot work: legislation.gov.uk has no '{match[1]}' (did they mean uksi?).",
                "The link is not shown.",
            )


def editions_differ(subject: Subject) -> Iterable[Finding]:
    """One publication cited in two editions."""
    for first, second in _pairs(subject.says.sources):
        here, there = subject.says.sources[second], subject.says.sources[first]
        if here.cites and here.cites == there.cites and here.edition != there.edition:
            yield subject.warn(
                "editions-differ",
                ("sources", second, "edition"),
                f"'{here.title}' is cited in the edition of {here.edition} here and of {there.edition} on "
                f"line {subject.place(('sources', first)).line}.",
                "Both are kept; say which one is meant.",
                also=[("sources", first)],
            )


def _pairs(items: tuple[LegalSource, ...]) -> Iterator[tuple[int, int]]:
    return ((first, second) for second in range(len(items)) for first in range(second))
