"""One pupil against every threshold and shape: what was found, from which sessions, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.figures import Figure, tally_dated
from allpresent.core.policy.model.law import Target
from allpresent.core.policy.model.response import Pattern, Threshold
from allpresent.core.policy.words_of import Words
from allpresent.core.thresholds import Finding, History, Look, Lookback, looked_at, shape_of
from allpresent.core.thresholds.ahead import ahead
from allpresent.core.thresholds.history import ABSENCE, LETTERS
from allpresent.core.thresholds.rules import in_words
from allpresent.figures.lists import TERM, Lists, OneDay, late_shape
from allpresent.figures.lists_pages import LATE, TITLES, is_restricted, key_of, next_end, week_picture
from allpresent.figures.lists_words import ahead_words, label, stated


class Standing(NamedTuple):
    """A pupil and one threshold: `finding` None where the pupil is not within it. `ahead` in words, or ''."""

    key: str
    label: str
    stated: str
    reasons: tuple[str, ...]
    finding: Finding | None
    ahead: str


class Made(NamedTuple):
    """A shape that the pupil's marks make this term."""

    title: str
    says: str
    rule: str
    sessions: tuple[Session, ...]


class PupilLists:
    """The page of one pupil. A pupil who is not on the roll today is within nothing."""

    def __init__(self, lists: Lists, pupil_id: int, words: Words, *, restricted: bool) -> None:
        self.lists, self.pupil_id, self.words, self.restricted = lists, pupil_id, words, restricted

    @cached_property
    def at(self) -> OneDay:
        return self.lists.day_of(self.lists.day)

    @property
    def on_roll(self) -> bool:
        return self.pupil_id in self.at.pupils

    @cached_property
    def history(self) -> History:
        return self.at.history(self.at.row(self.pupil_id))

    @property
    def _year(self) -> tuple[int, int]:
        """The places of the sessions of this school year."""
        return self.history.slots.between(self._back.year_starts, self.lists.day)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the policy aims at for every pupil (M-1a)."""
        return self.lists.policy.content.targets

    @cached_property
    def figure(self) -> Figure:
        """The year to date, from the pupil's first day on the roll."""
        history, (low, high) = self.history, self._year
        marks = zip(history.slots.sessions[low:high], history.cells[low:high], strict=True)
        return tally_dated((session.day, LETTERS[cell]) for session, cell in marks if cell)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every threshold that is about such a pupil; those that they are within come first."""
        shown = (each for each in self.lists.thresholds.values() if self.restricted or not is_restricted(each))
        return tuple(sorted(map(self._standing, shown), key=lambda standing: standing.finding is None))

    def _standing(self, threshold: Threshold) -> Standing:
        finding = self.at.finding(threshold, self.pupil_id)
        back = self._back
        until = next_end(back.calendar, self.lists.day)
        about = self.at.is_about(threshold, self.pupil_id)
        found = ahead(threshold, self.history, back, until) if until and about else None
        says = ahead_words(threshold, found, finding is not None, self.words)
        reasons = threshold.clause or threshold.source
        return Standing(key_of(threshold), label(threshold), stated(threshold), reasons, finding, says)

    @property
    def _back(self) -> Lookback:
        return self.at.back(self.at.pupils[self.pupil_id].year_group)

    @cached_property
    def shapes(self) -> tuple[Made, ...]:
        """The shapes that the marks of this term make."""
        return tuple(self._made())

    def _made(self) -> Iterator[Made]:
        window = self._back.window(TERM)
        if window is None:
            return
        look = Look(self.history, *looked_at(self.history, window), self._back)
        found = {pattern.value: shape_of(pattern, look) for pattern in Pattern} | {LATE: late_shape(look)}
        for key, shape in found.items():
            if shape:
                yield Made(
                    TITLES[key], shape.words, in_words(key, self.words.pupil), self.history.sessions(shape.places)
                )

    @property
    def week(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """When in the week the sessions missed this school year were."""
        return week_picture(self.history.sessions(self.history.places(ABSENCE, *self._year)))
