"""A school's year as DfE counts it: which sessions are in its figures, and under which rule the others are not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.periods import dashboard_periods
from allpresent.core.figures.national import Enrolled, OnRoll, Rule, runs_of
from allpresent.core.figures.published import Phase
from allpresent.figures.ground import Ground
from allpresent.figures.sheet import SLOTS
from allpresent.figures.sums import Labels
from allpresent.people.models import Characteristic, Enrolment
from allpresent.schools.models import School

RULES = tuple(Rule)
LABEL = {rule: number for number, rule in enumerate(RULES)}
PRIMARY_YEARS = frozenset({"R", *map(str, range(1, 7))})
SECONDARY_YEARS = frozenset(map(str, range(7, 12)))
FIRST_WEEK = 37
PHASE_OF_KIND = {School.Kind.SPECIAL: Phase.SPECIAL}


def rule_labels(ground: Ground, enrolled: Mapping[int, Enrolled]) -> Labels:
    """(pupils, SLOTS): under which rule each session of the sheet stands, by its place in `RULES`."""
    rows = [_labels_of(enrolled[facts.id], ground.year) for facts in ground.facts]
    return np.array(rows, np.int8).reshape(len(rows), SLOTS)


def enrolled_of(ground: Ground) -> dict[int, Enrolled]:
    """What DfE's rules ask of each pupil of the sheet: two queries."""
    stretches = defaultdict(list)
    rows = Enrolment.objects.filter(pupil__school=ground.school).order_by("begins")
    for pupil_id, *days in rows.values_list("pupil_id", "begins", "ends"):
        stretches[pupil_id].append(OnRoll(*days))
    boarders = {stretch.pupil_id for stretch in ground.characteristics[Characteristic.Kind.BOARDER]}
    return {facts.id: Enrolled(facts.born, tuple(stretches[facts.id]), facts.id in boarders) for facts in ground.facts}


@lru_cache(maxsize=4096)
def _labels_of(pupil: Enrolled, year: AcademicYear) -> Labels:
    labels = np.full(SLOTS, LABEL[Rule.NOT_ON_ROLL], np.int8)
    for run in runs_of(pupil, year):
        first, after = ((day - year.starts).days * 2 for day in (run.starts, run.ends + timedelta(days=1)))
        labels[first:after] = LABEL[run.rule]
    return labels


def phase_of(ground: Ground) -> Phase:
    """The phase whose published figures a school is set beside."""
    return phase_by(ground.school, Counter(ground.fact("year_group")))


def phase_by(school: School, years: Mapping[str, int]) -> Phase:
    """The phase that most of a school's pupils are in, given how many there are in each year group.

    Schools of a kind that DfE's series leaves out are set beside all schools.
    """
    if school.kind != School.Kind.MAINSTREAM:
        return PHASE_OF_KIND.get(School.Kind(school.kind), Phase.ALL)
    primary, secondary = (sum(years.get(year, 0) for year in some) for some in (PRIMARY_YEARS, SECONDARY_YEARS))
    if not primary and not secondary:
        return Phase.ALL
    return Phase.PRIMARY if primary > secondary else Phase.SECONDARY


def first_day_of(year: AcademicYear) -> tuple[date, bool]:
    """The day on which DfE's figures of a year begin, and whether that is known.

    Where it is not, the Monday of the year's 37th week, on which they began in 2024 and in 2025.
    """
    known = dashboard_periods(year)
    return (known[0].starts, True) if known else (date.fromisocalendar(year.first, FIRST_WEEK, 1), False)
