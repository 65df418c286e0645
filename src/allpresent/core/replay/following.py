"""What follows from a line crossed, by the ladders of a policy: which steps, for whom, when, as far as data tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.closures import Term
from allpresent.core.calendar.terms import whole_terms
from allpresent.core.policy.model.response import Ladder, Of, Step, Threshold
from allpresent.core.policy.model.words import Action, Channel
from allpresent.core.replay.crossings import Spell, first_days
from allpresent.core.thresholds import ANYBODY, Whom

_LETTERS = frozenset({Action.LETTER, Action.NOTICE, Action.PENALTY})
"""Steps that are a letter by themselves, whatever they go through."""


class Act(NamedTuple):
    """A step that would have been due for a pupil, and from which day."""

    pupil: int
    on: date


@dataclass(frozen=True)
class Facts:
    """What the replay knows. `amount`: of a pupil on a day, exact; None where there is none. `terms`: half-terms."""

    threshold: Threshold
    spells: Mapping[int, tuple[Spell, ...]]
    terms: tuple[Term, ...]
    amount: Callable[[int, date], Fraction | None]
    whom: Mapping[int, Whom]


class Follows(NamedTuple):
    """A step of a ladder. `acts`: due by the line alone. `at_most`: of a step that people decide on, for how many."""

    ladder: Ladder
    step: Step
    acts: tuple[Act, ...]
    at_most: int | None = None

    @property
    def is_letter(self) -> bool:
        """Whether a letter goes out with it."""
        return self.step.does in _LETTERS or Channel.LETTER in self.step.through

    @property
    def is_meeting(self) -> bool:
        """Whether people meet."""
        return self.step.does is Action.MEETING or Channel.MEETING in self.step.through


def following(ladders: Iterable[Ladder], facts: Facts) -> tuple[Follows, ...]:
    """Every step that a crossing sets going, and those that come straight after one; in the order of the ladders.

    A step that names the line and no earlier step is due once a year for a pupil, on the first day over the line. One
    that comes after such steps in a later term is due on the first day of that term on which the pupil is over the
    line again or still, unless they improved (O-App2-2). What only people can decide is counted as may follow, at most
    for as many as the steps before.
    """
    return tuple(found for ladder in ladders for found in _of_ladder(ladder, facts))


def _of_ladder(ladder: Ladder, facts: Facts) -> Iterator[Follows]:
    due: dict[str, tuple[Act, ...]] = {}
    for step in ladder.steps:
        before = [due[name] for name in step.after if name in due]
        if len(before) < len(step.after):
            continue
        if facts.threshold.id in step.threshold and (step.in_next or not before):
            due[step.id] = tuple(_later(step, before, facts) if before else _first(ladder, step, facts))
            yield Follows(ladder, step, due[step.id])
        elif before:
            yield Follows(ladder, step, (), len(set.intersection(*({act.pupil for act in acts} for acts in before))))


def _first(ladder: Ladder, step: Step, facts: Facts) -> Iterator[Act]:
    for found in first_days(facts.spells).values():
        for pupil, day in found.items():
            if _is_for(ladder, step, facts.whom.get(pupil, ANYBODY)):
                yield Act(pupil, day)


def _is_for(ladder: Ladder, step: Step, whom: Whom) -> bool:
    years = not ladder.year_groups or whom.year_group in ladder.year_groups
    asked = (ladder.for_, step.for_)
    return years and all(not each or not whom.circumstances.isdisjoint(each) for each in asked)


def _later(step: Step, before: list[tuple[Act, ...]], facts: Facts) -> Iterator[Act]:
    latest: dict[tuple[int, AcademicYear], date] = {}
    for acts in before:
        for act in acts:
            key = act.pupil, academic_year_of(act.on)
            latest[key] = max(act.on, latest.get(key, act.on))
    for (pupil, _), then in latest.items():
        term = _next_term(step, then, facts.terms)
        day = _over_in(facts.spells[pupil], term) if term else None
        if day and not (step.unless_improved and _improved(pupil, then, day, facts)):
            yield Act(pupil, day)


def _next_term(step: Step, then: date, terms: tuple[Term, ...]) -> Term | None:
    """The next term (or half-term) after a day; None where the calendar knows none, or for another school year."""
    if step.in_next == "school year":
        return None
    kinds = terms if step.in_next == "half-term" else whole_terms(terms)
    return next((term for term in sorted(kinds, key=lambda term: term.starts) if term.starts > then), None)


def _over_in(held: Iterable[Spell], term: Term) -> date | None:
    days = (max(spell.first, term.starts) for spell in held if spell.last >= term.starts)
    return next((day for day in days if day <= term.ends), None)


def _improved(pupil: int, then: date, day: date, facts: Facts) -> bool:
    was, now = facts.amount(pupil, then), facts.amount(pupil, day)
    if was is None or now is None:
        return False
    return now > was if facts.threshold.of is Of.ATTENDANCE else now < was
