"""Checks on the list of codes: wording wider than the law, and headings that count a code wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from allpresent.core.codes import CodeSet, Statistical, code_set_on
from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.model.words import CountsAs

_CLASSES = {
    CountsAs.ATTENDANCE: {Statistical.PRESENT, Statistical.AEA},
    CountsAs.AUTHORISED: {Statistical.AUTH},
    CountsAs.UNAUTHORISED: {Statistical.UNAUTH},
    CountsAs.NOT_POSSIBLE: {Statistical.NOT_POSSIBLE},
    CountsAs.NOT_COLLECTED: {Statistical.ADMIN},
}
_WORDS = {
    Statistical.PRESENT: "as attendance",
    Statistical.AEA: "as attendance (approved educational activity)",
    Statistical.AUTH: "as authorised absence",
    Statistical.UNAUTH: "as unauthorised absence",
    Statistical.NOT_POSSIBLE: "in no rate: the session is not a possible one",
    Statistical.ADMIN: "nowhere: it is not collected",
}


def wider_than_law(subject: Subject) -> Iterable[Finding]:
    """A code described so that it would cover more than the law allows."""
    limits = subject.law.codes.limits if subject.law.codes else ()
    for path, code, words in _wordings(subject):
        for limit in limits:
            match = _claimed(limit.wider, words) if limit.code == code else None
            if match:
                yield subject.warn(
                    "wider-than-law",
                    path,
                    f"code {code} is described with '{match[0].strip()}'; {limit.law} ({', '.join(limit.source)}).",
                    f"{code} keeps its meaning in law.",
                )


_DENIAL = re.compile(
    r"\b(?:not?|never|nor|cannot|except|exclud\w+|(?:rather|other) than|without)\b|n't\b", re.IGNORECASE
)
_DENIED_AFTER = re.compile(r"[^.;:]{0,20}\b(?:not|never|cannot)\b", re.IGNORECASE)


def _claimed(wider: str, words: str) -> re.Match[str] | None:
    """Where the words claim what would be wider than the law; None where they only say that it is not so."""
    for match in re.finditer(wider, words, re.IGNORECASE):
        before = re.split(r"[.;:]", words[: match.start()])[-1]
        if not _DENIAL.search(before) and not _DENIED_AFTER.match(words[match.end() :]):
            return match
    return None


def _wordings(subject: Subject) -> Iterator[tuple[Path, str, str]]:
    """Every description of a code in the document: its place, the code, the words."""
    codes = subject.says.codes
    for n, group in enumerate(codes.groups if codes else ()):
        for m, item in enumerate(group.codes):
            words = " ".join(filter(None, (item.words, item.scenario)))
            yield ("codes", "groups", n, "codes", m), item.code, words
    for n, claim in enumerate(codes.claims if codes else ()):
        for code in claim.codes:
            yield ("codes", "claims", n), code, claim.words or ""


def counted_wrongly(subject: Subject) -> Iterable[Finding]:
    """A code put among codes that count as something else."""
    national = code_set_on(subject.day)
    for path, counts_as, letters in _groupings(subject):
        if counts_as is CountsAs.NOT_ABSENCE:
            continue
        for letter in letters:
            if national[letter].statistical not in _CLASSES[counts_as]:
                yield subject.warn(
                    "counted-wrongly",
                    path,
                    f"code {letter} stands among codes that count as {counts_as.value}; "
                    f"it counts {_WORDS[national[letter].statistical]}.",
                    "Figures follow the national meaning of each code.",
                )


def counted_together(subject: Subject) -> Iterable[Finding]:
    """Attendance and sessions that are not possible, called by one name: not absence."""
    national = code_set_on(subject.day)
    for path, counts_as, letters in _groupings(subject):
        if counts_as is not CountsAs.NOT_ABSENCE:
            continue
        attended, rest = _parted(letters, national)
        if attended and rest:
            yield subject.warn(
                "counted-together",
                path,
                f"{' '.join(attended)} and {' '.join(rest)} are called 'not absences' together; the first count "
                "as attendance, the others do not count at all.",
                "Figures follow the national meaning of each code.",
            )


def _parted(letters: list[str], national: CodeSet) -> tuple[list[str], list[str]]:
    """The letters that count as attendance, and the others."""
    attended = [letter for letter in letters if national[letter].attendance]
    return attended, [letter for letter in letters if letter not in attended]


def _groupings(subject: Subject) -> Iterator[tuple[Path, CountsAs, list[str]]]:
    """Every group of codes of which the document says how it counts."""
    codes = subject.says.codes
    for n, group in enumerate(codes.groups if codes else ()):
        if group.counts_as:
            yield ("codes", "groups", n), group.counts_as, [item.code for item in group.codes]
    for n, claim in enumerate(codes.claims if codes else ()):
        if claim.counts_as:
            yield ("codes", "claims", n), claim.counts_as, list(claim.codes)


def codes_left_out(subject: Subject) -> Iterable[Finding]:
    """National codes that the setting's own list does not offer."""
    codes = subject.says.codes
    if not codes or not codes.groups:
        return
    offered = {item.code for group in codes.groups for item in group.codes}
    missing = [letter for letter in code_set_on(subject.day) if letter not in offered]
    if missing:
        yield subject.warn(
            "codes-left-out",
            ("codes",),
            f"the list leaves out the national codes {' '.join(missing)}.",
            "They are not offered on the setting's registers; imports still understand them.",
        )
