"""The board of a day: every pupil of whom nobody knows why they are not here, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allpresent.absences.lines import NoticeLine
from allpresent.accounts.staff import Staff
from allpresent.calls.lines import TryLine
from allpresent.calls.queries.facts import DayFacts, day_facts
from allpresent.calls.queries.missing import Found, missing_of, missing_pupils
from allpresent.core.calendar.sessions import Half
from allpresent.core.response import Missing, Planner, State, Step, Urgency, next_step, steps_of, urgency
from allpresent.people.queries import RollPupil
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of


@dataclass(frozen=True)
class Row:
    """One pupil on the board. `tries` are of today, `earlier` of the days before in the same absence.

    `notices` are the messages that hold today; `back`, the message that named a day of return that has passed.
    """

    pupil: RollPupil
    group: Group
    missing: Missing
    steps: tuple[Step, ...]
    urgency: Urgency
    tries: tuple[TryLine, ...]
    earlier: tuple[TryLine, ...]
    notices: tuple[NoticeLine, ...]
    back: NoticeLine | None

    @property
    def halves(self) -> tuple[Half, ...]:
        return self.missing.halves

    @property
    def next(self) -> Step | None:
        """What is owed first; None when nothing is owed now."""
        return next_step(self.steps)

    @property
    def owed(self) -> tuple[Step, ...]:
        """Every step that is owed now."""
        return tuple(step for step in self.steps if step.is_open)

    @property
    def next_at(self) -> datetime | None:
        """When the next step begins, where none is owed yet."""
        return min((step.due_at for step in self.steps if step.state is State.LATER and step.due_at), default=None)

    @property
    def part(self) -> str:
        """The part of the board that it belongs to."""
        if self.missing.ended:
            return "ended"
        if self.next:
            return "rows"
        return "later" if self.next_at else "quiet"

    @property
    def when(self) -> str:
        """'morning and afternoon'."""
        return " and ".join(half.word for half in self.halves)


@dataclass(frozen=True)
class Board:
    """The absences of a day at a moment, most pressing first, by what they ask.

    `rows`: something is owed now. `later`: their time has not come. `quiet`: every step was tried or left out, and the
    reason is still owed. `ended`: explained, or here by now; the mark is still to be settled.
    """

    day: date
    now: datetime
    rows: tuple[Row, ...] = ()
    later: tuple[Row, ...] = ()
    quiet: tuple[Row, ...] = ()
    ended: tuple[Row, ...] = ()

    @property
    def all(self) -> tuple[Row, ...]:
        return (*self.rows, *self.later, *self.quiet, *self.ended)

    @property
    def next_at(self) -> datetime | None:
        """When the next call falls due, where none does now."""
        return min((row.next_at for row in self.later if row.next_at), default=None)

    def of(self, pupil_id: int) -> Row | None:
        return next((row for row in self.all if row.pupil.id == pupil_id), None)


def board(school: School, staff: Staff, *, now: datetime) -> Board:
    """The board of today for the groups that this person calls about. Raises PolicyProblem where no policy gives the
    times of the registers."""
    return board_of(day_facts(school, staff, now=now), now=now)


def board_of(facts: DayFacts, *, now: datetime) -> Board:
    """The board of a day whose registers are loaded: four queries more, however many are missing."""
    found = missing_pupils(facts.registers)
    if not found:
        return Board(facts.day, now)
    planner = Planner(setting_of(facts.school).policy_on(facts.day))
    known = missing_of(facts, found)
    rows = sorted((_row(one, *known[one.pupil.id], facts, planner, now) for one in found), key=lambda row: row.urgency)
    parts = {part: tuple(row for row in rows if row.part == part) for part in ("rows", "later", "quiet", "ended")}
    return Board(facts.day, now, **parts)


def _row(
    one: Found, missing: Missing, tries: tuple[TryLine, ...], facts: DayFacts, planner: Planner, now: datetime
) -> Row:
    steps = steps_of(planner, missing, now=now)
    return Row(
        pupil=one.pupil,
        group=one.group,
        missing=missing,
        steps=steps,
        urgency=urgency(missing, steps),
        tries=tuple(line for line in tries if line.day == facts.day),
        earlier=tuple(line for line in tries if line.day < facts.day),
        notices=facts.notices.get(one.pupil.id, ()),
        back=facts.not_back.get(one.pupil.id),
    )
