"""What is wrong with a set of terms and closures, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from allpresent.core.calendar.closures import Closure, Term
from allpresent.core.calendar.words import day_words


class CalendarProblem(NamedTuple):
    """One thing wrong: `where` names the term or closure, `message` says what is wrong and how to mend it."""

    where: str
    message: str


class CalendarError(ValueError):
    """The terms or closures cannot make a calendar; `problems` says why."""

    def __init__(self, problems: tuple[CalendarProblem, ...]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


def calendar_problems(terms: Sequence[Term], closures: Sequence[Closure]) -> tuple[CalendarProblem, ...]:
    """Every reason why these cannot make a calendar; empty if they can.

    A closure outside every term is no problem: it takes nothing out.
    """
    return (*_ends_before_start(terms, closures), *_overlaps(terms))


def _ends_before_start(terms: Sequence[Term], closures: Sequence[Closure]) -> list[CalendarProblem]:
    named = [(term.name, term.starts, term.ends) for term in terms]
    named += [(closure.reason, closure.starts, closure.ends) for closure in closures]
    return [
        CalendarProblem(
            name,
            f"{name} ends on {day_words(ends)}, before it starts on {day_words(starts)}. Correct one date.",
        )
        for name, starts, ends in named
        if ends < starts
    ]


def _overlaps(terms: Sequence[Term]) -> list[CalendarProblem]:
    in_order = sorted(terms, key=lambda term: (term.starts, term.ends))
    return [
        CalendarProblem(
            later.name,
            f"{later.name} starts on {day_words(later.starts)}, but {earlier.name} runs to "
            f"{day_words(earlier.ends)}. Terms may not overlap: correct one date.",
        )
        for earlier, later in pairwise(in_order)
        if later.starts <= earlier.ends
    ]
