"""What every section of a pack is counted from: a school, the days of the pack, and the days that it is set beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.figures.lines import is_persistent
from allpresent.core.policy.words_of import Words
from allpresent.figures.answer import Answer, Question, Row, answered
from allpresent.figures.dashboard import A_YEAR, Dashboard
from allpresent.figures.dimensions import DIMENSIONS
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.packs.kinds import PackKind
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.practice.reading import Period
from allpresent.schools.models import Group, School
from allpresent.schools.queries import Setting, setting_of

DAY = timedelta(days=1)


class Days(NamedTuple):
    """Some days and what they are called."""

    words: str
    first: date
    last: date


@dataclass(frozen=True)
class Facts:
    """A pack of one kind over the days from `first` to `last`, both included. `now`: aware, UTC."""

    school: School
    words: Words
    kind: PackKind
    first: date
    last: date
    now: datetime

    @cached_property
    def setting(self) -> Setting:
        return setting_of(self.school)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last, self.setting)

    @cached_property
    def board(self) -> Dashboard:
        """The dashboard as it stood on the pack's last day."""
        seen = frozenset(DIMENSIONS) if self.kind.restricted else frozenset()
        return Dashboard(self.school, self.last, seen, self.kind.names)

    @cached_property
    def spans(self) -> tuple[Days, ...]:
        """The pack's days, the pack before, the same days of last year, and the year so far."""
        return (
            Days("These days", self.first, self.last),
            self.before,
            Days("Same days last year", self.first - A_YEAR, self.last - A_YEAR),
            Days("Year so far", academic_year_of(self.last).starts, self.last),
        )

    @cached_property
    def before(self) -> Days:
        """The days of the pack before this one: the half-term or term before, else as many days."""
        earlier = [term for term in self.setting.calendar.terms if term.ends < self.first]
        if earlier:
            return Days(earlier[-1].name, earlier[-1].starts, earlier[-1].ends)
        length = self.last - self.first
        return Days("The days before", self.first - length - DAY, self.first - DAY)

    @cached_property
    def grounds(self) -> dict[int, Ground]:
        """Every academic year that the pack speaks of, read together."""
        years = {year for days in self.spans for year in Question(days.first, days.last).years}
        return grounds_of(self.school, sorted(years), today=self.last)

    def ask(self, days: Days, *by: str) -> Answer:
        return answered(self.school, Question(days.first, days.last, by), today=self.last, grounds=self.grounds)

    @cached_property
    def totals(self) -> tuple[Row, ...]:
        """All pupils, in each of the spans."""
        return tuple(self.ask(days).total for days in self.spans)

    @cached_property
    def on_roll(self) -> tuple[RollPupil, ...]:
        """The pupils on the roll on the last day, by name."""
        return pupils_on_roll(self.school, self.last)

    @cached_property
    def groups(self) -> dict[int | None, str]:
        """The names of groups."""
        return dict(Group.objects.filter(school=self.school).values_list("id", "name"))

    @cached_property
    def persistent_now(self) -> frozenset[int]:
        """Who is persistently absent in the year up to the last day."""
        return self._persistent(self.last)

    @cached_property
    def persistent_before(self) -> frozenset[int]:
        """Who was, in the year up to the day before the pack's first."""
        return self._persistent(self.first - DAY)

    def _persistent(self, last: date) -> frozenset[int]:
        starts = academic_year_of(self.last).starts
        if last < starts:
            return frozenset()
        own = self.ask(Days("", starts, last)).total.own
        return frozenset(own.pupil_ids[is_persistent(own.absence, own.possible)].tolist())
