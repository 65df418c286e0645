"""Whether parents sent word of an absence by the time that the policy gives them: a fact to help by, not to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import F

from allpresent.absences.models import Notice
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.practice import Case, Clock, Subject
from allpresent.practice.absences import DayAway
from allpresent.practice.reading import Period, Reading
from allpresent.schools.models import School
from allpresent.shared.words import clock_time


def parents_told(school: School, period: Period, days: Iterable[DayAway]) -> Reading:
    """The first word of each first day away, and the first days of which no word came: one query."""
    by = period.policy.parents_report_by
    asks = f"Parents say by {clock_time(by)} why their child is away." if by else ""
    clock = Clock("told", "Parents sent word", asks, period.policy.parents_report_clauses)
    return Reading(clock, tuple(_cases(period, _first_words(school, period), days)) if by else ())


Words = dict[tuple[int, date], datetime]


def _first_words(school: School, period: Period) -> Words:
    told = Notice.objects.filter(
        school=school, day__gte=period.first, day__lte=period.last, about=Notice.About.ABSENCE
    ).order_by(F("told_at").desc())
    return {(pupil, day): at for pupil, day, at in told.values_list("pupil", "day", "told_at")}


def _cases(period: Period, words: Words, days: Iterable[DayAway]) -> Iterator[Case]:
    silent = {(away.pupil_id, away.day) for away in days if away.number == 1}
    for pupil, day in sorted(silent | set(words)):
        by = period.policy_on(day).parents_report_by
        if by and period.calendar.meets(day):
            yield Case(Subject("pupil", pupil, day), london_instant(day, by), words.get((pupil, day)))
