"""Past school days gone through again with a line drawn elsewhere: who would have been over it, on which days.

Worked out from the register as it stands now. Nothing is stored, and nothing is sent.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.policy.model.response import Of, Threshold
from allpresent.core.policy.policy import Policy
from allpresent.core.replay import Facts, Follows, Spell, following, spells
from allpresent.core.thresholds import History, Lookback, Whom, assess, is_about, looked_at
from allpresent.core.thresholds.counting import counted, measure_of
from allpresent.figures.candidates import Rows, Stretch, may_be_within
from allpresent.figures.marks import Marks, marks_of
from allpresent.figures.queries.lists import Listed, circumstances, listed, minutes_late
from allpresent.figures.queries.sheets import sheets_of_schools
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


class Replay:
    """One school from a day to a day. What is known of pupils besides their marks is as on the last day."""

    def __init__(self, school: School, first: date, last: date) -> None:
        self.school, self.first, self.last = school, first, last

    @property
    def policy(self) -> Policy:
        """The policy of the last day."""
        return setting_of(self.school).policy_on(self.last)

    @property
    def calendar(self) -> SchoolCalendar:
        return setting_of(self.school).calendar

    @cached_property
    def pupils(self) -> dict[int, Listed]:
        """Everybody on the roll at some time between the days; of two stretches on it, the later."""
        found = sorted(listed(self.school, self.first, self.last), key=lambda pupil: pupil.begins)
        return {pupil.id: pupil for pupil in found}

    @cached_property
    def whom(self) -> dict[int, Whom]:
        """What thresholds and ladders ask about each pupil."""
        held = circumstances(self.school, self.last, self.pupils.values())
        return {pupil.id: Whom(held[pupil.id], pupil.year_group) for pupil in self.pupils.values()}

    @cached_property
    def minutes(self) -> dict[int, dict[Session, int]]:
        return minutes_late(self.school, self._years[0].starts, self.last)

    @cached_property
    def marks(self) -> Marks:
        """The marks of all of them, from as far back as any threshold of the policy looks."""
        sheets = sheets_of_schools([self.school], self._years)[self.school.id]
        since = {pupil.id: pupil.begins for pupil in self.pupils.values()}
        return marks_of(list(sheets.values()), since, self.last)

    @cached_property
    def _years(self) -> list[AcademicYear]:
        back = Lookback(self.calendar, self.first)
        windows = (back.window(threshold.over) for threshold in self.policy.content.thresholds)
        first = min([self.first, *(window.first for window in windows if window)])
        return list(map(AcademicYear, range(academic_year_of(first).first, academic_year_of(self.last).first + 1)))

    @cached_property
    def calendars(self) -> tuple[tuple[SchoolCalendar, Rows], ...]:
        """Each calendar with the rows that it is for: a year group with closures of its own has its own."""
        apart = frozenset().union(*(closure.year_groups for closure in self.calendar.closures))
        groups = np.array([self.pupils[pupil_id].year_group for pupil_id in self.marks.pupil_ids], object)
        own = [(self.calendar.for_year_group(group), groups == group) for group in sorted(apart)]
        return ((self.calendar, ~np.isin(groups, sorted(apart))), *own)

    def calendar_of(self, pupil_id: int) -> SchoolCalendar:
        row = self.row(pupil_id)
        return next(calendar for calendar, rows in self.calendars if rows[row])

    def row(self, pupil_id: int) -> int:
        return int(np.searchsorted(self.marks.pupil_ids, pupil_id))

    def on_roll(self, day: date) -> Rows:
        """(pupils,): who is on the roll on a day."""
        begins, ends = self._stretches
        return (begins <= day.toordinal()) & (ends >= day.toordinal())

    @cached_property
    def _stretches(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(pupils,): first and last day on the roll, as ordinals."""
        known = [self.pupils[pupil_id] for pupil_id in self.marks.pupil_ids]
        ends = [(pupil.ends or date.max).toordinal() for pupil in known]
        return np.array([pupil.begins.toordinal() for pupil in known], np.int64), np.array(ends, np.int64)

    @cached_property
    def _histories(self) -> dict[int, History]:
        return {}

    def history(self, row: int) -> History:
        if row not in self._histories:
            self._histories[row] = self.marks.history(row, self.minutes.get(self.marks.pupil_ids[row]))
        return self._histories[row]


class Looked(StrEnum):
    """How often a school is taken to look at its lines."""

    DAY = "every school day"
    WEEK = "once a school week"
    HALF_TERM = "once a half-term"


class Line:
    """A threshold, the policy's or an altered one, over a replay.

    Shapes are looked for once a school week where every day is asked for: they are of weeks.
    """

    def __init__(self, replay: Replay, threshold: Threshold, looked: Looked = Looked.DAY) -> None:
        self.replay, self.threshold = replay, threshold
        of_weeks = looked is Looked.DAY and threshold.of is Of.PATTERN
        self.looked = Looked.WEEK if of_weeks else looked

    @cached_property
    def spells(self) -> dict[int, tuple[Spell, ...]]:
        """When each pupil was over the line."""
        return spells((day, self._within(day)) for day in self._days)

    @property
    def _days(self) -> tuple[date, ...]:
        replay = self.replay
        days = replay.calendar.school_days_between(replay.first, replay.last)
        if self.looked is Looked.DAY:
            return days
        if self.looked is Looked.WEEK:
            return tuple(max(week) for _, week in groupby(days, key=monday_of))
        ends = (replay.calendar.school_days_between(term.starts, term.ends)[-1:] for term in replay.calendar.terms)
        return tuple(sorted(day for end in ends for day in end if replay.first <= day <= replay.last))

    def _within(self, day: date) -> list[int]:
        among = self._about & self.replay.on_roll(day)
        found = (self._seen(Lookback(calendar, day), rows & among) for calendar, rows in self.replay.calendars)
        return [self.replay.marks.pupil_ids[row] for rows in found for row in rows]

    @cached_property
    def _about(self) -> Rows:
        """(pupils,): whom the threshold is about at all."""
        replay = self.replay
        if not self.threshold.for_ and not self.threshold.year_groups:
            return np.ones(len(replay.marks.pupil_ids), bool)
        return np.array([is_about(self.threshold, replay.whom[each]) for each in replay.marks.pupil_ids], bool)

    def _seen(self, back: Lookback, among: Rows) -> list[int]:
        window = back.window(self.threshold.over)
        if window is None or not among.any():
            return []
        marks = self.replay.marks
        ends = marks.slots.between(window.first, window.last)
        maybe, certain = may_be_within(self.threshold, Stretch(marks, *ends, back))
        rows = np.flatnonzero(maybe & among).tolist()
        return rows if certain and not self.threshold.and_ else [row for row in rows if self._is_within(row, back)]

    def _is_within(self, row: int, back: Lookback) -> bool:
        replay = self.replay
        others = [each for each in replay.policy.content.thresholds if each.id != self.threshold.id]
        whom = replay.whom[replay.marks.pupil_ids[row]]
        return assess(self.threshold, replay.history(row), back, whom=whom, others=others) is not None

    def amount(self, pupil_id: int, day: date) -> Fraction | None:
        """What is counted of a pupil on a day, exact; None where nothing can be counted."""
        replay, measure = self.replay, measure_of(self.threshold)
        window = Lookback(replay.calendar_of(pupil_id), day).window(self.threshold.over)
        if window is None or measure is None or self.threshold.of is Of.PATTERN:
            return None
        history = replay.history(replay.row(pupil_id))
        found = counted(self.threshold, measure, history, *looked_at(history, window))
        return Fraction(*found.amount) if found else None

    @cached_property
    def following(self) -> tuple[Follows, ...]:
        """The steps of the policy's ladders that would have followed."""
        replay = self.replay
        facts = Facts(self.threshold, self.spells, replay.calendar.terms, self.amount, replay.whom)
        return following(replay.policy.content.ladders, facts)
