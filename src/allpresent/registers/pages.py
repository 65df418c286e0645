"""What the register's pages show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import uuid4

from markupsafe import Markup

from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import Notices
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, CodeSet, EnteredBy, Statistical, code_set_on
from allpresent.core.register.problems import Problem
from allpresent.core.register.sheet import PRESENT_MARK, SubmittedMark
from allpresent.core.register.state import RegisterState
from allpresent.registers.models import Source
from allpresent.registers.notes import Notes
from allpresent.registers.queries import Line, Sheet, Taken
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time, count_of, moment

_LOOKS = {
    Statistical.PRESENT: "present",
    Statistical.AEA: "aea",
    Statistical.AUTH: "auth",
    Statistical.UNAUTH: "unauth",
    Statistical.NOT_POSSIBLE: "not_possible",
    Statistical.ADMIN: "admin",
}


def look_of(code: Code | None) -> str:
    """The look of a mark (design.md, "Marks"): a style sheet's word."""
    if code is None:
        return "blank"
    if code.letter == "N":
        return "owed"
    return "late" if code.letter == "L" else _LOOKS[code.statistical]


class Cell(NamedTuple):
    """A mark drawn: its letter, its look, what a screen reader says."""

    letter: str
    look: str
    says: str


def cell(letter: str, codes: CodeSet) -> Cell:
    code = codes.get(letter)
    return Cell(letter or "", look_of(code), code.name if code else "no mark")


def when_taken(taken: Taken, day: date) -> str:
    """'at 8:54', or with its date where a register was taken on a later day."""
    late = taken.at.astimezone(LONDON).date() != day
    return f"on {moment(taken.at)}" if late else f"at {clock_time(taken.at)}"


@cache
def mark_html(letter: str, day: date) -> Markup:
    """A mark as it is drawn everywhere, in the meaning of its day. Drawn once for each code and code set."""
    drawn = cell(letter, code_set_on(day))
    if drawn.look == "present":
        return Markup("<i>{}</i>").format(letter)
    return Markup('<i class="mark mark--{}" title="{}">{}</i>').format(drawn.look, drawn.says, letter or "\u00a0")


@cache
def _pair(am: str, pm: str, day: date) -> Markup:
    return Markup('<span class="pair">{}{}</span>').format(mark_html(am, day), mark_html(pm, day))


def strip_html(before: Iterable[tuple[date, str, str]]) -> Markup:
    """Days side by side, two marks each, as a paper register has them."""
    return Markup(" ").join(_pair(am, pm, code_set_on(day).day) for day, am, pm in before)


@dataclass(frozen=True)
class RowView:
    """One pupil's row as drawn."""

    id: int
    name: str
    spoken: str
    place: int
    held: str
    look: str
    expected: bool
    before: Markup
    chosen: str
    choices: tuple[str, ...]
    other: Cell | None
    locked: bool
    due: bool
    minutes: int | str
    detail: str
    note: str
    heard: tuple[str, ...]
    restriction: str
    problem: str


@dataclass(frozen=True)
class RegisterPage:
    """The page of one register. `says` is what is wrong with all of it; `unsent`, the marks that were not kept."""

    sheet: Sheet
    codes: CodeSet
    level: EnteredBy | None
    may_take: bool
    editable: bool
    rows: tuple[RowView, ...]
    key: str
    says: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.says) or any(row.problem for row in self.rows)

    @property
    def seen(self) -> str:
        return ",".join(f"{row.pupil}:{row.version}" for row in self.sheet.rows)

    @property
    def present_mark(self) -> str:
        return PRESENT_MARK[self.sheet.session.half]

    @property
    def counted(self) -> int:
        """Pupils who have a mark or are to have one."""
        return sum(row.expected or row.code is not None for row in self.sheet.rows)

    @property
    def marked(self) -> int:
        return sum(row.code is not None for row in self.sheet.rows)

    @property
    def blanks(self) -> int:
        return sum(row.wants_a_mark for row in self.sheet.rows)

    @property
    def types_codes(self) -> bool:
        """Whether this person may enter codes beyond the three buttons."""
        return self.level is not None and self.level is not EnteredBy.TEACHER

    @property
    def offered(self) -> tuple[Code, ...]:
        return self.codes.offered_to(self.level, self.sheet.session.half) if self.level else ()

    @property
    def state(self) -> str:
        """How long it is open, in words."""
        status, window = self.sheet.status, self.sheet.window
        match status.state:
            case RegisterState.BEFORE:
                return f"Opens at {clock_time(window.opens)}"
            case RegisterState.OPEN | RegisterState.LATE:
                return f"Open until {clock_time(window.closes)}, {count_of(status.minutes_left, 'minute')} left"
            case RegisterState.OVERDUE if not status.close_passed:
                return f"Overdue since {clock_time(status.due_at)}; open until {clock_time(window.closes)}"
            case RegisterState.OVERDUE:
                return f"Not taken: it was due by {clock_time(status.due_at)}"
        return f"Closed at {clock_time(window.closes)}"

    @property
    def saved(self) -> str:
        taken = self.sheet.taken
        return f"Saved {when_taken(taken, self.sheet.session.day)} by {taken.by_name}" if taken else "Not saved yet"


def register_page(
    sheet: Sheet,
    codes: CodeSet,
    *,
    level: EnteredBy | None,
    may_take: bool,
    notices: Notices,
    notes: Notes,
    sent: tuple[SubmittedMark, ...] = (),
    problems: tuple[Problem, ...] = (),
    key: str = "",
) -> RegisterPage:
    """The page, with what was sent and what was wrong with it when it is shown again."""
    state = sheet.status.state
    taken_now = state not in (RegisterState.BEFORE, RegisterState.CLOSED)
    editable = may_take and level is not None and sheet.closure is None and taken_now
    typed = {mark.pupil: mark for mark in sent} if editable else {}
    wrong = {problem.pupil: problem.message for problem in problems} if editable else {}
    rows = tuple(
        _row(
            place,
            line,
            sheet.session,
            codes,
            (*notes.get(id, ()), *_heard(notices.get(id, ()), sheet.session)),
            typed.get(id),
            wrong.get(id, ""),
        )
        for place, (id, line) in enumerate(((line.pupil.id, line) for line in sheet.lines), start=1)
    )
    here = {row.id for row in rows if row.problem}
    return RegisterPage(
        sheet, codes, level, may_take, editable, rows, key or uuid4().hex,
        says=tuple(problem.message for problem in problems if problem.pupil not in here),
        unsent=() if editable else tuple(_unsent(sheet, sent)),
    )  # fmt: skip


def _unsent(sheet: Sheet, sent: Iterable[SubmittedMark]) -> Iterator[str]:
    """The marks chosen that the register does not hold, by name."""
    rows = {row.pupil: row for row in sheet.rows}
    for mark in sent:
        row = rows.get(mark.pupil)
        if row is not None and row.code != mark.code:
            yield f"{row.name} {mark.code}"


def _heard(told: tuple[NoticeLine, ...], session: Session) -> Iterator[str]:
    return (notice.in_words(session.day) for notice in told if notice.begun_by(session))


def _row(
    place: int,
    line: Line,
    session: Session,
    codes: CodeSet,
    heard: tuple[str, ...],
    typed: SubmittedMark | None,
    problem: str,
) -> RowView:
    row, pupil = line.row, line.pupil
    code = typed.code if typed else (row.code or "")
    choices = (PRESENT_MARK[session.half], "N", "L")
    return RowView(
        id=row.pupil,
        name=row.name,
        spoken=f"{pupil.called} {pupil.surname}",
        place=place,
        held=row.code or "",
        look=look_of(codes.get(row.code or "")),
        expected=row.expected,
        before=strip_html(line.before),
        chosen=code,
        choices=choices,
        other=cell(code, codes) if code and code not in choices else None,
        locked=row.locked,
        due=row.wants_a_mark,
        minutes=(typed.minutes_late if typed else row.minutes_late) or "",
        detail=typed.detail if typed else row.detail,
        note="; ".join(_notes(line, codes)),
        heard=heard,
        restriction=pupil.restriction,
        problem=problem,
    )


def _notes(line: Line, codes: CodeSet) -> Iterator[str]:
    row, mark = line.row, line.mark
    if mark and mark.source == Source.PLANNED:
        yield f"Planned: {codes[mark.code].name.lower()}" + (f" ({mark.detail})" if mark.detail else "")
    elif mark and mark.source == Source.LATE and mark.minutes_late:
        yield f"Arrived {count_of(mark.minutes_late, 'minute')} late"
    elif mark and mark.detail:
        yield mark.detail
    if not row.expected and mark is None:
        yield "Not expected this session"
