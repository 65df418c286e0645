"""Checks on the document itself: its dates, headings, numbers and unfinished text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Severity

_HEADINGS = ("next review date", "last review date", "review date", "date of approval", "effective from")
_UNFINISHED = re.compile(
    r"error! bookmark|\[(?:insert|add|name)\b|\b(?:tbc|tbd|todo|lorem ipsum)\b|x{3,}|\?{2,}", re.IGNORECASE
)
_SHOUTING = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,}){3,}")


def review_dates(subject: Subject) -> Iterable[Finding]:
    """More than one date for the next review."""
    review = subject.says.review
    dates = sorted({stated.on for stated in review.next}) if review else []
    if len(dates) > 1:
        shown = " and ".join(f"{on:%B %Y}" for on in dates)
        yield subject.warn(
            "review-dates",
            ("review", "next"),
            f"the next review is given as {shown}.",
            "All are kept; reminders come before the earliest.",
        )


def heading_misspelt(subject: Subject) -> Iterable[Finding]:
    """A heading that is nearly, but not quite, a usual one."""
    review = subject.says.review
    for number, stated in enumerate(review.next if review else ()):
        heading = (stated.heading or "").lower()
        near = max(_HEADINGS, key=lambda usual: SequenceMatcher(None, usual, heading).ratio())
        if heading and heading not in _HEADINGS and SequenceMatcher(None, near, heading).ratio() > 0.85:
            yield subject.warn(
                "heading-misspelt",
                ("review", "next", number, "heading"),
                f"'{stated.heading}' looks like a slip for '{near}'.",
                "The date is used all the same.",
            )


def number_twice(subject: Subject) -> Iterable[Finding]:
    """A number that two paragraphs of the body share."""
    body = subject.says.outline.body if subject.says.outline else ()
    counted = Counter(section.number for section in body)
    for number, section in enumerate(body):
        if counted[section.number] > 1 and section.number not in {s.number for s in body[:number]}:
            yield subject.warn(
                "number-twice",
                ("outline", "body", number),
                f"the number {section.number} is used {counted[section.number]} times.",
                f"The paragraphs are told apart as {section.number}(1), {section.number}(2) and so on.",
            )


def contents_differ(subject: Subject) -> Iterable[Finding]:
    """A contents page whose numbers are not the body's."""
    outline = subject.says.outline
    if not outline:
        return
    moved = [
        f"{entry.title} is {entry.number} there and {section.number} in the body"
        for entry in outline.contents
        for section in outline.body
        if _same(entry.title, section.title) and entry.number != section.number
    ]
    if moved:
        yield subject.warn(
            "contents-differ",
            ("outline", "contents"),
            f"the contents page disagrees with the body: {'; '.join(moved)}.",
            "Clauses go by the body's numbers.",
        )


def _same(one: str, other: str) -> bool:
    """Whether two headings are the same one, allowing for a shortened form."""
    one, other = one.lower(), other.lower()
    return one.startswith(other) or other.startswith(one)


def unfinished(subject: Subject) -> Iterable[Finding]:
    """Text left in by mistake: a placeholder, or a note to whoever should have finished it."""
    for place, text in subject.texts():
        match = _UNFINISHED.search(text) or _SHOUTING.search(text)
        if match:
            yield place.finding(
                Severity.WARNING,
                "unfinished",
                f"'{match[0]}' looks like unfinished text.",
                "It is not shown to anyone.",
            )
