"""Presenters of goals: what the form offers, what the chart shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.improvement import Board, Measure
from allpresent.core.policy.words_of import Words
from allpresent.figures.answer import Question
from allpresent.figures.asking import OLDEST
from allpresent.figures.charts import Line, line_chart
from allpresent.figures.dimensions import Dimension
from allpresent.figures.ground import Ground
from allpresent.improvement.progress import Looked, Progress
from allpresent.improvement.queries import GoalLine
from allpresent.shared.words import percent, short_day

TOLD_APART = ("year_group", "group", "sex")
"""Dimensions every value of which is offered; of a characteristic, those who have it."""


def cohorts(ground: Ground, may: Iterable[Dimension]) -> Iterator[tuple[str, str]]:
    """Whom a goal may be about, as (what the form sends, words)."""
    for dimension in may:
        if dimension.key in TOLD_APART:
            for value in dimension.cut(ground).values:
                yield f"{dimension.key}={value.key}", f"{dimension.words}: {value.words}"
        elif ground.characteristics.get(dimension.key):
            yield f"{dimension.key}=yes", dimension.words


def bodies(boards: Iterable[Board], words: Words) -> list[tuple[str, str]]:
    """Who may be said to set a goal: the leaders, and the boards to which the policy gives it."""
    leaders = f"The leaders of the {words.school}"
    return [(leaders, leaders), *((board.label, f"{board.label}, with the leaders") for board in boards)]


def goal_begins(question: Question, today: date) -> dict[str, object]:
    """What the form begins with: the pupils and days of a question of figures."""
    chosen = [f"{key}={value}" for key, value in question.only]
    return {
        "cohort": chosen[0] if chosen else "everyone",
        "and_cohort": chosen[1] if len(chosen) > 1 else "",
        "measure": Measure.ATTENDANCE.value,
        "since": question.first,
        "first": today,
        "last": academic_year_of(today).ends,
    }


def oldest(today: date) -> date:
    """The oldest day that figures go back to."""
    return today - OLDEST


def goal_chart(line: GoalLine, weeks: Sequence[Looked]) -> str:
    """Where a goal stood at the end of each week, and where it should be."""
    labels = [short_day(week.last) for week in weeks]
    so_far = [week.share.percent if week.share else None for week in weeks]
    return line_chart(labels, (Line("So far", so_far), Line("Where it should be", [float(line.percent)] * len(weeks))))


def end_goal(progress: Progress) -> dict[str, object]:
    """The form that ends a goal."""
    line, now = progress.line, progress.now.share
    stands = "It is counted of too few to be shown" if now is None else f"It stands at {percent(now.percent)}"
    return {
        "title": f"End: {line.title}",
        "intro": f"{stands}; it should be {line.aims_at}. What is said here stays.",
        "button": "End the goal",
        "back": ("goal", {"goal": line.id}),
    }
