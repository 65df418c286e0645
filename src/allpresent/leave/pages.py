"""What the pages of leave show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.leave.needs import Need, NeedState
from allpresent.core.leave.part_time import Standing, State, week_words
from allpresent.leave.forms import DecideForm
from allpresent.leave.letters import Letter
from allpresent.leave.lines import PartTimeLine, RequestLine, span_words
from allpresent.leave.overruns import Overstayed
from allpresent.leave.permissions import Deciders
from allpresent.leave.story import Told
from allpresent.messages.queries import Sent
from allpresent.people.queries import RollPupil
from allpresent.shared.words import count_of

CONSIDERED = "Being considered."
"""What those who may not see restricted facts see in the place of a restricted need."""
PRESSING = (Standing.OVERDUE, Standing.DUE, Standing.ENDING)


def shown_needs(needs: Iterable[Need], *, restricted: bool) -> tuple[Need, ...]:
    """The needs for this reader: restricted ones are one line that says nothing, for those who may not see them."""
    needs = tuple(needs)
    if restricted or not any(need.restricted for need in needs):
        return needs
    open_ones = tuple(need for need in needs if not need.restricted)
    return (*open_ones, Need("considered", CONSIDERED, NeedState.NOTED, ()))


class WaitingRow(NamedTuple):
    """A request that waits for an answer: for how long, how soon it begins, and what it still needs."""

    pupil: RollPupil
    line: RequestLine
    days: str
    waited: str
    begins: str
    owed: tuple[Need, ...]


class DecidedRow(NamedTuple):
    """A request that was answered, and whose days are not over."""

    pupil: RollPupil
    line: RequestLine
    days: str


class PartTimeRow(NamedTuple):
    """A part-time timetable that is not over."""

    pupil: RollPupil
    line: PartTimeLine
    state: State
    week: str


class OverstayedRow(NamedTuple):
    """A pupil away longer than the leave given."""

    pupil: RollPupil
    line: RequestLine
    ended: str
    sessions: str
    found: Overstayed


@dataclass(frozen=True)
class LeavePage:
    """Everything about leave that somebody has to know or do."""

    day: date
    who: Deciders
    overstayed: tuple[OverstayedRow, ...]
    waiting: tuple[WaitingRow, ...]
    part_time: tuple[PartTimeRow, ...]
    decided: tuple[DecidedRow, ...]

    @property
    def pressing(self) -> int:
        """How many part-time timetables need somebody: a review is due or overdue, or the end is near."""
        return sum(row.state.standing in PRESSING for row in self.part_time)


def leave_page(
    now: datetime,
    who: Deciders,
    pupils: Mapping[int, RollPupil],
    *,
    lines: Iterable[RequestLine],
    needs: Mapping[int, tuple[Need, ...]],
    part_times: Iterable[PartTimeLine],
    overstayed: Iterable[Overstayed],
    restricted: bool,
) -> LeavePage:
    """The requests and timetables of pupils on the roll; those nearest first."""
    today = wall_clock(now)[0]
    known = [line for line in lines if line.pupil_id in pupils]
    rows = [PartTimeRow(*_part_time(pupils, line, today)) for line in part_times if line.pupil_id in pupils]
    return LeavePage(
        day=today,
        who=who,
        overstayed=tuple(map(_overstayed, overstayed)),
        waiting=tuple(
            _waiting(pupils[line.pupil_id], line, shown_needs(needs[line.id], restricted=restricted), today)
            for line in known
            if line.id in needs
        ),
        part_time=tuple(sorted((row for row in rows if row.state.standing is not Standing.OVER), key=_pressing_first)),
        decided=tuple(
            DecidedRow(pupils[line.pupil_id], line, span_words(line.given or line.span))
            for line in known
            if line.decision and not line.withdrawal and (line.given or line.span).last.day >= today
        ),
    )


def _pressing_first(row: PartTimeRow) -> tuple[int, date]:
    return list(Standing).index(row.state.standing), row.state.last_day


def _part_time(pupils: Mapping[int, RollPupil], line: PartTimeLine, today: date) -> tuple:
    return pupils[line.pupil_id], line, line.state_on(today), week_words(line.agreement.attends)


def _waiting(pupil: RollPupil, line: RequestLine, needs: tuple[Need, ...], today: date) -> WaitingRow:
    owed = tuple(need for need in needs if need.state in (NeedState.OPEN, NeedState.BARS))
    return WaitingRow(pupil, line, span_words(line.span), waited_words(line, today), begins_words(line, today), owed)


def waited_words(line: RequestLine, today: date) -> str:
    """'asked today', 'has waited 3 days'."""
    days = (today - wall_clock(line.asked_at)[0]).days
    return f"has waited {count_of(days, 'day')}" if days > 0 else "asked today"


def begins_words(line: RequestLine, today: date) -> str:
    """'begins in 3 days', 'begins today', 'began 2 days ago'."""
    days = (line.span.first.day - today).days
    if days == 0:
        return "begins today"
    return f"begins in {count_of(days, 'day')}" if days > 0 else f"began {count_of(-days, 'day')} ago"


def _overstayed(found: Overstayed) -> OverstayedRow:
    sessions = count_of(len(found.found.sessions), "session")
    return OverstayedRow(found.pupil, found.line, span_words(found.line.given or found.line.span), sessions, found)


@dataclass(frozen=True)
class StoryPage:
    """The whole story of one request. `acts` is what this reader may do now."""

    line: RequestLine
    pupil: RollPupil
    days: str
    needs: tuple[Need, ...]
    story: tuple[Told, ...]
    acts: frozenset[str]
    who: Deciders
    note: str
    note_clauses: tuple[str, ...]
    letters: tuple[Sent, ...]
    others: tuple[RequestLine, ...]


@dataclass(frozen=True)
class DecidePage:
    """The decision: what the request is, what it needs, the form, and the letter before it goes."""

    line: RequestLine
    pupil: RollPupil
    days: str
    needs: tuple[Need, ...]
    form: DecideForm
    letter: Letter | None
    who: Deciders
    code: str
    sets_length: str
    length_clauses: tuple[str, ...]
    unconfirmed: str


@dataclass(frozen=True)
class PartTimePage:
    """One part-time timetable: what was agreed, its reviews, its end."""

    line: PartTimeLine
    pupil: RollPupil
    state: State
    week: str
    may_end: bool
    worker_told_on: date | None
