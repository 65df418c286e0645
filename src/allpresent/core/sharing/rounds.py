"""When parents hear how their child attends: as often as the policy says (M-4.6a, O-A-2.9.4, O-B-20.1)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.policy.model.law import Report
from allpresent.core.policy.policy import Policy

HALF_TERMS, TERMS = 6, 3
_PARENTS = frozenset({"parent", "each-parent", "parent-lived-with", "parents"})
_NO_ROUND = re.compile(r"(at (any|all) times?|always|as |on request|on demand|when|whenever|if )")
_NUMBERS = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Unit(StrEnum):
    """What the year is cut by."""

    WEEKS = "weeks"
    MONTHS = "months"
    PARTS = "parts of the year"


class Rhythm(NamedTuple):
    """So many weeks or months between two reports, or so many reports a year.

    `own_reading`: the policy names no interval, and the program reads it as once each half-term.
    """

    unit: Unit
    number: int
    own_reading: bool = False

    @property
    def a_year(self) -> float:
        """About how many reports a year of 39 weeks has: for comparing two rhythms."""
        return {Unit.WEEKS: 39 / self.number, Unit.MONTHS: 11 / self.number}.get(self.unit, float(self.number))


OWN_READING = Rhythm(Unit.PARTS, HALF_TERMS, own_reading=True)


class Promise(NamedTuple):
    """A report that the policy promises to parents in rounds, the clauses that do, and its rhythm."""

    report: Report
    rhythm: Rhythm

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses, or sources, that promise it."""
        return self.report.clause or self.report.source


class Round(NamedTuple):
    """One time that parents hear: for the school days from `starts` to `ends`, due on `ends`."""

    starts: date
    ends: date


def rhythm_of(how_often: str) -> Rhythm | None:
    """'twice a year' as two reports a year; None for what has no rounds, such as 'at any time' or 'as earned'.

    What names no interval, such as 'regularly', is read as once each half-term (M-4.6a: the setting's choice).
    """
    words = " ".join(how_often.lower().replace("-", " ").split())
    if _NO_ROUND.match(words):
        return None
    number = next((_number(word) for word in words.split() if _number(word)), 1)
    if "fortnight" in words:
        return Rhythm(Unit.WEEKS, 2)
    if "week" in words:
        return Rhythm(Unit.WEEKS, number if "every" in words else 1)
    if "month" in words:
        return Rhythm(Unit.MONTHS, number if "every" in words else 1)
    return _parts(words, number)


def _parts(words: str, number: int) -> Rhythm:
    times = 1 if "every" in words else number
    if re.search(r"half term|(^| )half of (the|each|every) term", words):
        return Rhythm(Unit.PARTS, HALF_TERMS)
    if "term" in words:
        return Rhythm(Unit.PARTS, TERMS * times)
    if "quarter" in words:
        return Rhythm(Unit.PARTS, 4)
    if re.search(r"year|annual", words):
        return Rhythm(Unit.PARTS, 2 if re.search(r"half (a )?year|half annual|half yearly", words) else times)
    return OWN_READING


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and 0 < int(word) < 60 else _NUMBERS.get(word, 0)


def promise_of(policy: Policy) -> Promise | None:
    """What the policy promises every parent in rounds: its most frequent such report; None where it promises none.

    Reports on some pupils alone (`for`) are no promise to everybody, and are left to those who make them.
    Source: `reports` with `to: parent` (M-4.6a, O-A-2.9.4, O-B-20.1).
    """
    of_parents = (report for report in policy.content.reports if _PARENTS & set(report.to) and not report.for_)
    promised = [Promise(report, rhythm) for report in of_parents if (rhythm := rhythm_of(report.how_often))]
    return max(promised, key=lambda promise: promise.rhythm.a_year, default=None)


def rounds(rhythm: Rhythm, blocks: Iterable[Sequence[date]]) -> tuple[Round, ...]:
    """The rounds of one year, in order. `blocks`: the school days of each block of term, in order.

    A part of the year ends with a block of term where there are blocks enough, else after an equal share of its days.
    """
    held = [tuple(block) for block in blocks if block]
    days = [day for block in held for day in block]
    last_days = sorted(set(_last_days(rhythm, held, days)))
    starts = [days[0], *(days[days.index(last) + 1] for last in last_days[:-1])] if days else []
    return tuple(map(Round, starts, last_days))


def _last_days(rhythm: Rhythm, blocks: list[tuple[date, ...]], days: list[date]) -> list[date]:
    if not days:
        return []
    if rhythm.unit is Unit.PARTS:
        units = blocks if len(blocks) >= rhythm.number else [(day,) for day in days]
        ends = {-(-part * len(units) // rhythm.number) for part in range(1, rhythm.number + 1)}
        return [units[end - 1][-1] for end in ends if end]
    key = monday_of if rhythm.unit is Unit.WEEKS else (lambda day: day.replace(day=1))
    lasts = [tuple(of)[-1] for _, of in groupby(days, key)]
    return [*lasts[rhythm.number - 1 :: rhythm.number], days[-1]]


def round_to_send(of_year: Sequence[Round], today: date, done: Collection[date]) -> Round | None:
    """The round that is to be sent: the one that ended last and nobody sent, else the one that runs today.

    `done`: the last days of the rounds that somebody has sent, at least in part. None: the year is over and all heard.
    """
    over = [one for one in of_year if one.ends < today]
    if over and over[-1].ends not in done:
        return over[-1]
    return next((one for one in of_year if one.ends >= today), None)
