"""What the pages of calls show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from allpresent.calls.forms import REASONS, Reached, offered
from allpresent.calls.lines import TryLine
from allpresent.calls.queries import Board, DayFacts, Row
from allpresent.core.policy.words_of import Words
from allpresent.core.register.state import RegisterState
from allpresent.core.response import Kind, Person, Result, State, Step
from allpresent.core.response.facts import PROFESSIONALS
from allpresent.schools.queries import setting_of
from allpresent.shared.words import clock_time, count_of, long_day

_BUTTONS = {
    Kind.CALL: (
        (Result.NO_ANSWER, "No answer"),
        (Result.LEFT_MESSAGE, "Left a message"),
        (Result.SENT, "Message sent"),
        (Result.REACHED, "Reached, no reason"),
        (Result.WRONG_NUMBER, "Wrong number"),
    ),
    Kind.TELL: ((Result.TOLD, "Told"), (Result.SENT, "Message sent"), (Result.NO_ANSWER, "No answer"),
                (Result.LEFT_MESSAGE, "Left a message")),
    Kind.DECIDE: (),
}  # fmt: skip
"""What a press says came of it; a reason given has a button of its own, beside the reason."""
_TONES = {State.OVERDUE: "owed", State.DUE: "open", State.DONE: "in"}


@dataclass(frozen=True)
class StepView:
    """One step as a page shows it. `choices` are people at numbers, the next to be tried first.

    `known`: the reader may know restricted facts; a professional goes by their role otherwise.
    """

    step: Step
    tries: tuple[TryLine, ...]
    known: bool
    key: str
    now: datetime

    @property
    def choices(self) -> tuple[Reached, ...]:
        """The next number first: of whoever comes next, one that was not tried yet."""
        nearest = self.step.next_person
        tried = {line.number for line in self.tries}
        return tuple(sorted(offered(self.step.people), key=lambda one: (one.person != nearest, one.number in tried)))

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        return tuple((result.value, says) for result, says in _BUTTONS[self.step.kind])

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return REASONS

    @property
    def decides(self) -> bool:
        return self.step.kind is Kind.DECIDE

    @property
    def tone(self) -> str:
        return _TONES.get(self.step.state, "soon")

    @property
    def due(self) -> str:
        """'due since 9:20', 'overdue: it was due by 9:30', 'done'."""
        step = self.step
        match step.state:
            case State.OVERDUE if step.by:
                return f"overdue: it was due by {clock_time(step.by)}"
            case State.DUE:
                until = f", by {clock_time(step.by)}" if step.by and step.by >= self.now else ""
                return f"due since {clock_time(step.due_at)}{until}" if step.due_at else "due"
            case State.LATER if step.due_at:
                return f"from {clock_time(step.due_at)}"
        return str(step.state)

    @property
    def fresh(self) -> str:
        """'Sam Okafor tried 07700 900123 1 minute ago', where it was just now."""
        last = next((line for line in reversed(self.tries) if line.is_fresh(self.now)), None)
        return last.ago(self.now) if last else ""

    def named(self, one: Reached) -> str:
        """'Grace Adeyemi (mother), 07700 900123'; a professional by their role for those who may not know more."""
        person = one.person
        if person.party in PROFESSIONALS and not self.known:
            name = person.party.replace("-", " ").capitalize()
        else:
            name = f"{person.name} ({person.relation.lower()})" if person.relation else person.name
        return f"{name}, {one.number}" if one.number else name


@dataclass(frozen=True)
class RowView:
    """One pupil as the worklist, Today and the page of one absence show them."""

    row: Row
    known: bool
    now: datetime

    @property
    def steps(self) -> tuple[StepView, ...]:
        return tuple(self._view(step) for step in self.row.steps)

    @property
    def next(self) -> StepView | None:
        return self._view(self.row.next) if self.row.next else None

    @property
    def others_owed(self) -> tuple[StepView, ...]:
        """What else is owed beside the next step."""
        return tuple(self._view(step) for step in self.row.owed[1:])

    @property
    def first_because(self) -> str:
        """Why the pupil comes before others: 'Looked after', 'Most at risk', 'Expected back, not here'."""
        return self.row.urgency.in_words(restricted=self.known)

    @property
    def long(self) -> str:
        """'second school day', where it is not the first."""
        number = self.row.missing.day_number
        return f"school day {number} of this absence" if number > 1 else ""

    @property
    def said(self) -> tuple[str, ...]:
        """What was said that explains nothing, or ended the calls."""
        return tuple(line.in_words(self.row.missing.day) for line in self.row.notices)

    def tried(self, lines: Iterable[TryLine] | None = None) -> tuple[str, ...]:
        """What was tried, in lines; today's where none are given."""
        chosen = self.row.tries if lines is None else lines
        return tuple(f"{line.in_words(restricted=self.known)} ({line.by_name})" for line in chosen)

    @property
    def withheld(self) -> tuple[Person, ...]:
        """The adults who must not be contacted."""
        return tuple(person for person in self.row.missing.people if person.restriction)

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.row.next.clauses if self.row.next else ()

    def _view(self, step: Step) -> StepView:
        tries = tuple(line for line in self.row.tries if line.step == step.key)
        return StepView(step, tries, self.known, uuid4().hex, self.now)


@dataclass(frozen=True)
class CallsPage:
    """The worklist at a moment."""

    board: Board
    headline: str
    next: str
    rows: tuple[RowView, ...]
    later: tuple[RowView, ...]
    quiet: tuple[RowView, ...]
    ended: tuple[RowView, ...]
    records_late: bool


def calls_page(board: Board, facts: DayFacts, words: Words, *, known: bool, records_late: bool) -> CallsPage:
    """`known`: the reader may know restricted facts; `records_late`: they may record an arrival."""

    def views(rows: Iterable[Row]) -> tuple[RowView, ...]:
        return tuple(RowView(row, known, board.now) for row in rows)

    return CallsPage(
        board=board,
        headline=_headline(board, facts, words),
        next=_next(board, facts),
        rows=views(board.rows),
        later=views(board.later),
        quiet=views(board.quiet),
        ended=views(board.ended),
        records_late=records_late,
    )


def _headline(board: Board, facts: DayFacts, words: Words) -> str:
    if not facts.registers:
        meets = setting_of(facts.school).calendar.meets(facts.day)
        return "No class has anybody in it yet" if meets else "No school today"
    if board.rows:
        return f"{count_of(len(board.rows), words.pupil, words.pupils)} to call about"
    if board.later:
        return "Nobody to call about yet"
    if all(register.status.state is RegisterState.BEFORE for register in facts.registers):
        return "No register has opened yet"
    owed = sum(register.is_owed for register in facts.registers)
    if owed:
        return f"Nobody to call about; {count_of(owed, 'register')} not in"
    return "Nobody to call about now" if board.quiet else "Everyone is accounted for"


def _next(board: Board, facts: DayFacts) -> str:
    """The time of the next thing."""
    if board.next_at:
        return f"Calls fall due at {clock_time(board.next_at)}."
    closing = [register for register in facts.registers if board.now < register.status.closes_at]
    if closing:
        first = min(closing, key=lambda register: register.status.closes_at)
        return f"The {first.session.half.word} register closes at {clock_time(first.window.closes)}."
    day = setting_of(facts.school).calendar.next_school_day(facts.day)
    return f"The next school day is {long_day(day)}." if day else ""
