"""Whose sessions are in DfE's national figures, and why any others are not.

The codes decide what a session counts as (`parts`); these rules decide whether it is counted at all. Dated data in
`national.toml`. The unit is the enrolment: a child who moves is counted at each school, for the days on its register.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.ages import age_on
from allpresent.core.calendar.periods import census_periods

_DAY = timedelta(days=1)


class Rule(StrEnum):
    """Where a day of a pupil stands: counted, or left out by one rule."""

    COUNTED = "counted"
    NOT_ON_ROLL = "not-on-roll"
    BOARDER = "boarder"
    TOO_YOUNG = "too-young"
    FOUR = "four"
    TOO_OLD = "too-old"
    JOINED_LATE = "joined-late"
    LAST_SUMMER = "last-summer"

    @property
    def words(self) -> RuleWords:
        """The rule's title, its reason to follow 'left out: ...', and its source."""
        return _all_words()[self]


class RuleWords(NamedTuple):
    """What pages say of a rule."""

    title: str
    because: str
    source: str


class OnRoll(NamedTuple):
    """One stretch on the admission register, both days included; `ends` None: still on it."""

    begins: date
    ends: date | None

    def holds(self, day: date) -> bool:
        """Whether the name is on the register on the day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


class Enrolled(NamedTuple):
    """What the rules ask of a pupil at one school."""

    born: date
    stretches: tuple[OnRoll, ...]
    boarder: bool = False


class Run(NamedTuple):
    """Days one after another that stand under one rule, both ends included."""

    starts: date
    ends: date
    rule: Rule


class _YearRules(NamedTuple):
    """The rules of an academic year: ages in whole years on 31 August before it."""

    youngest: int
    oldest: int
    separately: int
    leaves_in_summer: int
    summer_from: date


def rule_on(pupil: Enrolled, day: date) -> Rule:
    """The rule under which a pupil's sessions of a day stand in DfE's figures of the day's academic year.

    Where several would leave it out, the first of `Rule` is given. Raises ValueError for years before the first
    rules held (2012/13). Source: DfE absence statistics methodology.
    """
    year = academic_year_of(day)
    rules = _rules_of(year)
    if not any(stretch.holds(day) for stretch in pupil.stretches):
        return Rule.NOT_ON_ROLL
    return Rule.BOARDER if pupil.boarder else _by_age(pupil, year, rules) or _by_summer(pupil, day, rules)


def runs_of(pupil: Enrolled, year: AcademicYear) -> tuple[Run, ...]:
    """The days of an academic year in order, 1 August to 31 July without a gap, cut where the rule changes.

    Raises ValueError for years before the first rules held (2012/13).
    """
    cuts = sorted({year.starts, year.ends + _DAY, *filter(year.holds, _changes(pupil, year))})
    found = [Run(first, after - _DAY, rule_on(pupil, first)) for first, after in pairwise(cuts)]
    together = (tuple(same) for _, same in groupby(found, key=lambda run: run.rule))
    return tuple(Run(same[0].starts, same[-1].ends, same[0].rule) for same in together)


def first_year() -> AcademicYear:
    """The first academic year whose rules are held."""
    return AcademicYear(min(row["first"] for row in _data()["years"]))


def _changes(pupil: Enrolled, year: AcademicYear) -> Iterable[date]:
    """The days on which another rule may begin."""
    yield _rules_of(year).summer_from
    for stretch in pupil.stretches:
        yield stretch.begins
        if stretch.ends:
            yield stretch.ends + _DAY


def _by_age(pupil: Enrolled, year: AcademicYear, rules: _YearRules) -> Rule | None:
    age = _age_before(pupil.born, year)
    if age == rules.separately:
        return Rule.FOUR
    if age < rules.youngest:
        return Rule.TOO_YOUNG
    return Rule.TOO_OLD if age > rules.oldest else None


def _by_summer(pupil: Enrolled, day: date, rules: _YearRules) -> Rule:
    year = academic_year_of(day)
    if min(stretch.begins for stretch in pupil.stretches) >= rules.summer_from:
        return Rule.JOINED_LATE
    in_last_summer = day >= rules.summer_from and _age_before(pupil.born, year) == rules.leaves_in_summer
    return Rule.LAST_SUMMER if in_last_summer else Rule.COUNTED


def _age_before(born: date, year: AcademicYear) -> int:
    """Whole years on 31 August before the year; 0 for a child born later."""
    before = date(year.first, 8, 31)
    return age_on(born, before) if born <= before else 0


@cache
def _rules_of(year: AcademicYear) -> _YearRules:
    held = [row for row in _data()["years"] if row["first"] <= year.first]
    if not held:
        raise ValueError(f"DfE's rules are held from {first_year().label} on.")
    row = max(held, key=lambda row: row["first"])
    summer = next(period for period in census_periods(year) if period.name == row["summer_half"])
    return _YearRules(row["youngest"], row["oldest"], row["separately"], row["leaves_in_summer"], summer.starts)


@cache
def _all_words() -> dict[Rule, RuleWords]:
    return {rule: RuleWords(**_data()["rules"][rule]) for rule in Rule}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("national.toml").read_text("utf-8"))
