"""The page of chances: sentences made of what is known of each pupil, the model, and how it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import NamedTuple

from allpresent.core.chances import Fitted, Model, Next, Standing, in_words, tenths, words_of
from allpresent.core.figures import one_decimal
from allpresent.figures.chances import Chance
from allpresent.figures.chances_before import LastYear
from allpresent.figures.charts import Line
from allpresent.shared.words import count_of

OPEN_FROM = 3
"""Tenths from which pupils are listed where no chance is chosen."""
MOST = 100
"""Pupils that a page lists."""


class PupilLine(NamedTuple):
    """One pupil: the chance in words, how it went with others of that chance, why, and what would change it."""

    id: int
    name: str
    group: str
    words: str
    like: str
    why: tuple[str, ...]
    change: str


class Share(NamedTuple):
    """How many pupils have about one chance. `about`: it, in tenths, as the address has it."""

    about: int
    words: str
    pupils: int


@dataclass(frozen=True)
class ChancesPage:
    """`about`: the tenths chosen; None: OPEN_FROM and more. `nouns`: the school's words for one pupil and for many."""

    model: Model
    chances: Sequence[Chance]
    groups: Mapping[int, str]
    about: int | None
    nouns: tuple[str, str]
    last_year: LastYear | None

    @cached_property
    def open(self) -> tuple[Chance, ...]:
        """Those whose end is still open, the highest chance first."""
        found = [one for one in self.chances if one.standing is Standing.OPEN]
        return tuple(sorted(found, key=lambda one: -one.chance))

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        found = Counter(tenths(one.chance) for one in self.open)
        return tuple(Share(about, words_of(about), found[about]) for about in range(10, -1, -1) if found[about])

    @cached_property
    def chosen(self) -> tuple[Chance, ...]:
        if self.about is None:
            return tuple(one for one in self.open if tenths(one.chance) >= OPEN_FROM)
        return tuple(one for one in self.open if tenths(one.chance) == self.about)

    @property
    def heading(self) -> str:
        words = f"about {OPEN_FROM} in 10 or more" if self.about is None else words_of(self.about)
        return f"{count_of(len(self.chosen), *self.nouns).capitalize()}: {words}"

    @property
    def lines(self) -> tuple[PupilLine, ...]:
        return tuple(self._line(one) for one in self.chosen[:MOST])

    @property
    def left_out(self) -> int:
        return len(self.chosen[MOST:])

    @property
    def reached(self) -> tuple[Chance, ...]:
        """Those who have missed 10% of the whole year already: nothing about them is a matter of chance."""
        return tuple(one for one in self.chances if one.standing is Standing.REACHED)

    @property
    def settled(self) -> str:
        """How many others there are of whom no chance is said."""
        found = Counter(one.standing for one in self.chances)
        said = [f"{found[one]} {one.value}" for one in (Standing.CANNOT, Standing.UNKNOWN) if found[one]]
        return "; ".join(said)

    def _line(self, one: Chance) -> PupilLine:
        came = self.model.fitted(one.known).tenth(one.chance).came
        group = self.groups.get(one.pupil.group_id or 0, "")
        like = f"Of 100 invented {self.nouns[1]} with such a chance, {round(100 * came)} ended the year so."
        return PupilLine(one.pupil.id, one.pupil.name, group, in_words(one.chance), like, why(one), change(one.coming))


def why(one: Chance) -> tuple[str, ...]:
    """What the chance is made of, in sentences."""
    known, lacking = one.known, ceil(one.known.room)
    so_far = f"{known.missed} of {known.possible} sessions missed so far ({one_decimal(known.missed, known.possible)}%)"
    lately = f"{known.recent_missed} of {known.recent_possible} in the last four weeks"
    room = f"{lacking} more of the {known.left} still to come would bring the year to 10%"
    return (f"{so_far}, {lately}", room, _last_year(one))


def _last_year(one: Chance) -> str:
    share = one.known.last_year
    if share is None:
        return "Of last year too little is known"
    return f"Last year {one_decimal(share.numerator, share.denominator)}% was missed"


def change(coming: Next | None) -> str:
    """What the next weeks would change, in a sentence."""
    if coming is None:
        return ""
    attended, likewise = in_words(coming.all_attended), in_words(coming.as_lately)
    span = "Four weeks" if coming.sessions == 40 else f"The {coming.sessions} sessions left"
    return f"{span} without a miss: {attended}. {span} like the last four: {likewise}."


class CurveRow(NamedTuple):
    """One tenth of the chances said, in per cent."""

    span: str
    pupils: int
    said: float
    came: float


def rows_of(fitted: Fitted) -> tuple[CurveRow, ...]:
    """How it went with pupils the curve had not seen, tenth by tenth."""
    return tuple(
        CurveRow(f"{10 * number} to {10 * number + 10}%", one.pupils, 100 * one.said, 100 * one.came)
        for number, one in enumerate(fitted.tenths)
    )


def lines_of(fitted: Fitted) -> tuple[list[str], tuple[Line, Line]]:
    """The same as a chart takes it."""
    rows = rows_of(fitted)
    said, came = Line("What was said", [row.said for row in rows]), Line("What came", [row.came for row in rows])
    return [row.span for row in rows], (said, came)
