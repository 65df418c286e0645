"""A class over a half-term: each pupil's attendance, which way it moved, and what there is to celebrate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.closures import Term
from allpresent.core.figures import Figure
from allpresent.core.policy.model.response import Of, Pattern, Threshold
from allpresent.core.policy.model.words import Action
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.movement import Movement, Steps, movement, steps_of
from allpresent.figures.answer import Question, answered
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.lists import Lists, Within
from allpresent.figures.queries.lists import Listed, listed
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of

FULL = 100


class HalfTerms(NamedTuple):
    """The half-term of today, or in the holidays the last one, as far as it has gone; and the one before, if any."""

    now: Term
    before: Term | None


def half_terms(school: School, today: date) -> HalfTerms | None:
    """None before the first term that the school's calendar knows."""
    begun = sorted((term for term in setting_of(school).calendar.terms if term.starts <= today), key=lambda t: t.starts)
    if not begun:
        return None
    return HalfTerms(begun[-1], begun[-2] if len(begun) > 1 else None)


@dataclass(frozen=True)
class Child:
    """One pupil of the class. Figures of this half-term so far, of the half-term before, and of the year so far."""

    pupil: Listed
    now: Figure
    before: Figure
    so_far: Figure
    moved: Movement | None

    @property
    def all_present(self) -> bool:
        """Every session of this half-term attended, and at least one was possible."""
        return bool(self.now.possible) and not self.now.absence


class Listing(NamedTuple):
    """A threshold of the policy with those of the class who are within it."""

    threshold: Threshold
    within: tuple[Within, ...]


class Tracker:
    """The classes of a school on a day. Sheets are read once for all of them."""

    def __init__(self, school: School, today: date, terms: HalfTerms) -> None:
        self.school, self.today, self.terms = school, today, terms

    @cached_property
    def policy(self) -> Policy:
        return setting_of(self.school).policy_on(self.today)

    @cached_property
    def steps(self) -> Steps:
        return steps_of(self.policy.content.thresholds)

    @cached_property
    def _grounds(self) -> dict[int, Ground]:
        days = (term.starts for term in self.terms if term)
        years = sorted({academic_year_of(day) for day in (*days, self.today)})
        return grounds_of(self.school, years, today=self.today)

    @cached_property
    def _pupils(self) -> tuple[Listed, ...]:
        return listed(self.school, self.today, self.today)

    @cached_property
    def _now(self) -> dict[str, Figure]:
        return self._figures(self.terms.now.starts, min(self.terms.now.ends, self.today))

    @cached_property
    def _before(self) -> dict[str, Figure]:
        term = self.terms.before
        return self._figures(term.starts, term.ends) if term else {}

    @cached_property
    def _so_far(self) -> dict[str, Figure]:
        return self._figures(academic_year_of(self.today).starts, self.today)

    def _figures(self, first: date, last: date) -> dict[str, Figure]:
        answer = answered(self.school, Question(first, last, ("pupil",)), today=self.today, grounds=self._grounds)
        return {row.key[0].key: row.figure for row in answer.rows}

    def children(self, group: Group) -> tuple[Child, ...]:
        """The pupils of a class today, by name."""
        return tuple(self._child(pupil) for pupil in self._pupils if pupil.group_id == group.id)

    def _child(self, pupil: Listed) -> Child:
        now, before, so_far = (found.get(str(pupil.id), Figure()) for found in (self._now, self._before, self._so_far))
        return Child(pupil, now, before, so_far, movement(before, now, self.steps))


def listings(school: School, group: Group, today: date, thresholds: Iterable[Threshold]) -> tuple[Listing, ...]:
    """Who of a class is within each of some thresholds today; those that nobody is within are left out."""
    at = Lists(school, today, group_ids=frozenset({group.id})).day_of(today)
    found = (Listing(each, at.within(each)) for each in thresholds)
    return tuple(listing for listing in found if listing.within)


def celebrated(policy: Policy) -> tuple[Threshold, ...]:
    """The thresholds that are good news: full or rising attendance, and those at which a ladder gives praise."""
    praised = _set_going(policy, {Action.PRAISE, Action.REWARD})
    return tuple(each for each in policy.content.thresholds if each.id in praised or _is_good(each))


def _is_good(threshold: Threshold) -> bool:
    floor = threshold.floor if threshold.of is Of.ATTENDANCE else None
    full = floor is not None and floor[0].measure is Measure.PERCENT and floor[0].number >= FULL
    return full or threshold.pattern is Pattern.RISING


def talked_about(policy: Policy) -> tuple[Threshold, ...]:
    """The thresholds of falling attendance, and those at which a ladder has a conversation, unless they are praised."""
    asked, good = _set_going(policy, {Action.CONVERSATION}), {each.id for each in celebrated(policy)}
    return tuple(
        each
        for each in policy.content.thresholds
        if each.id not in good and (each.id in asked or each.pattern is Pattern.FALLING)
    )


def _set_going(policy: Policy, actions: set[Action]) -> set[str]:
    steps = (step for ladder in policy.content.ladders for step in ladder.steps)
    return {name for step in steps if step.does in actions for name in step.threshold}


def wall_line(policy: Policy) -> int:
    """The percentage that a wall shows no attendance below: the highest line under which the policy acts."""
    ceilings = (each.ceiling for each in policy.content.thresholds if each.of is Of.ATTENDANCE)
    lines = [int(edge[0].number) for edge in ceilings if edge and edge[0].measure is Measure.PERCENT]
    return max(lines, default=FULL)
