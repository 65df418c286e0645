"""The page that sets a school beside the nation, and goes from its own figure to DfE's one step at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.figures.differences import Share, hundredths
from allpresent.core.figures.national import Rule
from allpresent.core.figures.published import Phase
from allpresent.figures.asides import Aside, asides
from allpresent.figures.beside import Column, OwnCells, published_columns
from allpresent.figures.gap import Explained, Gap, Measure
from allpresent.figures.joined import Group, in_groups, pupils_of, whole_of
from allpresent.figures.points import NO_FIGURE, part_words, percent_words, share_words, signed, step_words
from allpresent.shared.words import count_of, plain_day, short_day

SINCE = {"entered": False, "changed": True}
"""The steps that take back what was written since, and whether there was a mark before."""
LISTED = 40
"""Pupils named below a step; the rest are put together."""


class Line(NamedTuple):
    """A pupil in a step. `id` is None for all the others together. `marks`: what was amended, session by session."""

    id: int | None
    name: str
    before: str
    after: str
    points: str
    marks: tuple[str, ...] = ()


class StepShown(NamedTuple):
    """A step: what it does, why, and for whom. `after`: the percentage that it leads to."""

    title: str
    because: str
    points: str
    after: str
    pupils: str
    lines: tuple[Line, ...]


class AsideShown(NamedTuple):
    """What makes no difference, and whose sessions they are: (id, name)."""

    title: str
    words: str
    pupils: tuple[tuple[int, str], ...]


class Verdict(NamedTuple):
    """What is explained of the gap between our figure and the one that DfE gives, and what is not."""

    given: str
    gap: str
    explained: str
    unexplained: str
    all_explained: bool


@dataclass(frozen=True)
class NationalPage:
    """All that the page shows. `noun`: what the school calls one pupil, and many.

    `below`: counts of fewer pupils are withheld from this reader; 1 for those who may know every pupil, and nobody else
    is shown single pupils.
    """

    gap: Gap
    measure: Measure
    phase: Phase
    below: int
    noun: tuple[str, str]

    @property
    def named(self) -> bool:
        return self.below == 1

    @property
    def headline(self) -> str:
        ours, national = (
            percent_words(level.share(Measure.ATTENDANCE)) for level in (self.gap.ours, self.gap.national)
        )
        if ours == NO_FIGURE:
            return "No sessions have been recorded this year"
        if national == NO_FIGURE:
            return f"{ours} attendance by all our marks, none of which DfE counts"
        if ours == national:
            return f"{ours} attendance, by all our marks and as DfE counts"
        return f"{ours} attendance by all our marks, {national} as DfE counts"

    @property
    def columns(self) -> tuple[Column, ...]:
        gap, window = self.gap, self.gap.window
        own = OwnCells(self.noun[1], self.below)
        return (
            own.column("All our marks", gap.ours, gap.ground.year.starts, gap.today),
            own.column("As DfE counts", gap.national, window.first, window.last),
            *published_columns(self.phase, gap.ground.school.authority, window.last, gap.today),
        )

    @property
    def start(self) -> str:
        return percent_words(self.gap.ours.share(self.measure))

    @property
    def end(self) -> str:
        return percent_words(self.gap.national.share(self.measure))

    @property
    def steps(self) -> tuple[StepShown, ...]:
        """Those that change anything for anybody; of few pupils together with the next, for who may not know them."""
        found = (one for one in self.gap.steps(self.measure) if one.pupils)
        return tuple(map(self._step, in_groups(found, self.below)))

    def _step(self, group: Group) -> StepShown:
        whole = whole_of(group)
        words = [self._words(one.step.name) for one in group]
        return StepShown(
            title="; ".join(title for title, _ in words),
            because="; ".join(because for _, because in words),
            points=step_words(whole.before, whole.after),
            after=percent_words(whole.after),
            pupils=self._count(len(pupils_of(group))),
            lines=tuple(line for one in group for line in self._lines(one)) if self.named else (),
        )

    def _count(self, pupils: int) -> str:
        return count_of(pupils, *self.noun) if pupils >= self.below else f"fewer than {self.below} {self.noun[1]}"

    def _words(self, name: str) -> tuple[str, str]:
        """The title of a step, and its reason."""
        first, last = (plain_day(day) for day in self.gap.window[:2])
        known = self.gap.window.known
        then = f", at the end of {plain_day(wall_clock(known)[0])}" if known else ""
        own = {
            "later": ("Days that DfE’s figure has not reached", f"it ends on {last}"),
            "earlier": ("Days before DfE’s figure begins", f"it begins on {first}"),
            "entered": ("Marks entered since", f"these sessions had no mark when DfE read the registers{then}"),
            "changed": ("Marks corrected since", f"DfE read them as they stood before the correction{then}"),
        }
        return own[name] if name in own else Rule(name).words[:2]

    def _lines(self, found: Explained) -> Iterator[Line]:
        """The pupils of a step, those who move the figure most first."""
        parts = {pupil: found.step.points_of(change) for pupil, change in found.pupils.items()}
        order = sorted(parts, key=lambda pupil: (-abs(parts[pupil] or 0), self._name(pupil)))
        for pupil in order[:LISTED]:
            change = found.pupils[pupil]
            words = share_words(change.before), share_words(change.after), part_words(parts[pupil])
            yield Line(pupil, self._name(pupil), *words, tuple(self._marks(found.step.name, pupil)))
        if rest := [parts[pupil] or Fraction(0) for pupil in order[LISTED:]]:
            yield Line(None, f"{len(rest)} others together", "", "", part_words(sum(rest, Fraction(0))))

    def _marks(self, step: str, pupil: int) -> Iterator[str]:
        """What was entered or amended, where that is the step."""
        for session, then, now in self.gap.amended[pupil] if step in SINCE else ():
            if bool(then) is SINCE[step]:
                yield f"{short_day(session.day)}, {session.half.word}: {then or 'no mark'}, now {now or 'no mark'}"

    def _name(self, pupil: int) -> str:
        return self.gap.ground.pupils[pupil].name

    @property
    def counted(self) -> Iterator[tuple[int, str, str]]:
        """(id, name, share) of everybody whom DfE counts, by name."""
        parts, wholes = (column.tolist() for column in self.gap.national.shares(self.measure))
        rows = zip(self.gap.ground.sheet.pupil_ids.tolist(), parts, wholes, strict=True)
        named = sorted((self._name(pupil), pupil, share_words(Share(*share))) for pupil, *share in rows if share[1])
        return ((pupil, name, words) for name, pupil, words in named)

    @property
    def asides(self) -> tuple[AsideShown, ...]:
        return tuple(map(self._aside, asides(self.gap)))

    def _aside(self, aside: Aside) -> AsideShown:
        whose = self._count(len(aside.pupils))
        if len(aside.pupils) >= self.below:
            whose = f"{count_of(aside.sessions, 'session')} of {whose}"
        names = sorted((self._name(pupil), pupil) for pupil in aside.pupils) if self.named else ()
        return AsideShown(aside.title, f"{whose}: {aside.because}", tuple((pupil, name) for name, pupil in names))

    @property
    def four(self) -> str:
        """Four-year-olds, whom DfE gives separately: their absence as a whole, and nothing else. '' for none or few."""
        pupils, figure = self.gap.left_out(Rule.FOUR)
        absence = Share(figure.absence, figure.possible)
        return f"{percent_words(absence)} ({share_words(absence)} sessions missed)" if pupils >= self.below else ""

    def verdict(self, given: Decimal) -> Verdict | None:
        """DfE's figure against ours: what the steps explain, and what is left. None where we have none to set it by."""
        ours, national = (level.share(self.measure).percent for level in (self.gap.ours, self.gap.national))
        if ours is None or national is None:
            return None
        stated = Fraction(given)
        digits = max(0, -int(given.as_tuple().exponent))
        return Verdict(
            given=f"{given:f}%",
            gap=signed(hundredths(stated) - hundredths(ours)),
            explained=signed(hundredths(national) - hundredths(ours)),
            unexplained=signed(hundredths(stated) - hundredths(national)),
            all_explained=abs(stated - national) <= Fraction(1, 2 * 10**digits),
        )
