"""Where goals stand, worked out from the registers as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from django.http import QueryDict

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.codes import Code, code_set_on
from allpresent.core.figures.small import limit_on, shown_line
from allpresent.core.improvement import Counted, Measure, Share, Standing, share_of, standing
from allpresent.figures.answer import Question, Row, answered
from allpresent.figures.asking import asked
from allpresent.figures.dimensions import DIMENSIONS
from allpresent.figures.ground import Ground
from allpresent.improvement.queries import GoalLine
from allpresent.schools.models import School

Grounds = Mapping[int, Ground]
Only = tuple[tuple[str, str], ...]


class Looked(NamedTuple):
    """A measure of some pupils over some days. `share` None: too few pupils for whoever looks."""

    first: date
    last: date
    share: Share | None
    pupils: int


class Progress(NamedTuple):
    """A goal and where it stands, or stood when it ended.

    `cohort`: its pupils in words; `query`: the figures of now, as their address says. `start` is None where it was
    counted of too few pupils for whoever looks.
    """

    line: GoalLine
    cohort: str
    start: Share | None
    now: Looked
    standing: Standing | None
    query: str
    is_late: bool


def grounds_of(school: School, first: date, today: date) -> dict[int, Ground]:
    """The academic years from a day to today, each read once however often it is asked."""
    this = academic_year_of(today)
    years = range(academic_year_of(min(first, today)).first, this.first + 1)
    return {year: Ground(school, this._replace(first=year), today=today) for year in years}


def cohort_of(line: GoalLine, today: date) -> Only:
    """Whom a goal is about, as (dimension, value) pairs."""
    return asked(QueryDict(line.question), today, DIMENSIONS.values()).question.only


def is_restricted(only: Only) -> bool:
    """Whether it tells pupils apart by facts that are not for everyone."""
    return any(DIMENSIONS[key].restricted for key, _ in only)


def in_words(only: Only, ground: Ground) -> str:
    """'Year 4, Pupil premium'; everyone where nothing tells them apart."""
    return ", ".join(_value_words(ground, *pair) for pair in only) or "everyone"


def _value_words(ground: Ground, key: str, wanted: str) -> str:
    values = DIMENSIONS[key].cut(ground).values
    return next((value.words for value in values if value.key == wanted), f"{DIMENSIONS[key].words}: {wanted}")


def looked(
    school: School, measure: Measure, question: Question, *, today: date, grounds: Grounds, small: bool
) -> Looked:
    """A measure over the days of a question. `small`: whoever looks may not know single pupils."""
    if question.last < question.first:
        return Looked(question.first, question.last, Share(0, 0), 0)
    row = answered(school, question, today=today, grounds=grounds).total
    share = share_of(measure, counted(row, question.last))
    hidden = small and _is_small(measure, share, row.pupils, today)
    return Looked(question.first, question.last, None if hidden else share, row.pupils)


def counted(row: Row, day: date) -> Counted:
    """What an answer holds, as measures take it."""
    codes = code_set_on(day)
    late = (number for letter, number in row.codes.items() if letter in codes and _after_close(codes[letter]))
    return Counted(row.figure, sum(late), row.pupils, row.persistent, row.severe)


def _after_close(code: Code) -> bool:
    return bool(code.late and code.absence)


def _is_small(measure: Measure, share: Share, pupils: int, today: date) -> bool:
    below = limit_on(today)
    if measure.of_pupils:
        return None in shown_line((share.part, share.whole - share.part), below)
    return 0 < pupils < below


def question_now(line: GoalLine, today: date) -> Question:
    """The days of a goal so far: from its first day to today, its last day, or the day on which it was ended."""
    until = wall_clock(line.end.at)[0] if line.end else today
    return Question(line.first, min(until, line.last), only=cohort_of(line, today))


def progress_of(school: School, lines: Iterable[GoalLine], today: date, *, small: bool) -> tuple[Progress, ...]:
    """Where each goal stands: the sheets of marks are read once for all of them."""
    lines = tuple(lines)
    grounds = grounds_of(school, min((line.first for line in lines), default=today), today)
    return tuple(_progress(school, line, today, grounds, small) for line in lines)


def _progress(school: School, line: GoalLine, today: date, grounds: Grounds, small: bool) -> Progress:
    question = question_now(line, today)
    now = looked(school, line.measure, question, today=today, grounds=grounds, small=small)
    if line.end and now.share:
        now = now._replace(share=line.end.stood)
    stands = None if now.share is None else standing(line.measure, line.start, now.share, line.percent)
    hidden = small and _is_small(line.measure, line.start, line.start_pupils, today)
    return Progress(
        line,
        in_words(question.only, grounds[max(grounds)]),
        None if hidden else line.start,
        now,
        stands,
        address_of(question),
        not line.end and line.last < today,
    )


def address_of(question: Question) -> str:
    """A question as the address of figures says it."""
    query = QueryDict(mutable=True)
    query.update({"first": str(question.first), "last": str(question.last), **dict(question.only)})
    return query.urlencode()


def week_by_week(school: School, line: GoalLine, today: date, *, small: bool) -> tuple[Looked, ...]:
    """Where a goal stood at the end of each week: counted from its first day, so that the last is where it stands."""
    whole = question_now(line, today)
    grounds = grounds_of(school, line.first, today)
    ends = (monday + timedelta(days=4) for monday in _mondays(whole.first, whole.last))
    weeks = (replace(whole, last=min(end, whole.last)) for end in ends)
    found = (looked(school, line.measure, week, today=today, grounds=grounds, small=small) for week in weeks)
    return tuple(week for week in found if week.share is None or week.share.whole)


def _mondays(first: date, last: date) -> Iterable[date]:
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += timedelta(weeks=1)
