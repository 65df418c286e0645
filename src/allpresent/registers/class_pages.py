"""A class as a paper register: pupils in rows, days in columns, morning and afternoon side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.figures import Figure, one_decimal, tally_dated
from allpresent.people.queries.members import Member
from allpresent.registers.pages import look_of
from allpresent.registers.queries import ClassGrid
from allpresent.schools.queries import Setting
from allpresent.shared.clock import LONDON

AWAY = "away"
"""The look of a square on a day when the pupil was not in the class."""


class Column(NamedTuple):
    """One session of the grid. `closed`: the code of the closure that took it out, or ''; `due`: already begun."""

    session: Session
    meets: bool
    closed: str
    due: bool


class Square(NamedTuple):
    """One pupil's square. `opens`: whether it leads to the mark's own page. An empty `look` draws nothing."""

    session: Session
    letter: str
    look: str
    says: str
    opens: bool = False
    amended: bool = False


class GridRow(NamedTuple):
    """One pupil: squares in the order of the columns, the figure of the days shown, and of the year so far."""

    member: Member
    squares: tuple[Square, ...]
    shown: Figure
    so_far: Figure


@dataclass(frozen=True)
class GridPage:
    """A class over some days, laid out."""

    grid: ClassGrid
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(column.session.day for column in self.columns))

    @property
    def weeks(self) -> tuple[tuple[date, tuple[date, ...]], ...]:
        return tuple((monday, tuple(days)) for monday, days in groupby(self.days, key=monday_of))

    @cached_property
    def total(self) -> Figure:
        return sum((row.shown for row in self.rows), start=Figure())

    @property
    def attending(self) -> tuple[int | None, ...]:
        """How many attended each session; None where there is no mark to count."""
        return tuple(self._attending(place) for place in range(len(self.columns)))

    def _attending(self, place: int) -> int | None:
        marked = [row.squares[place] for row in self.rows if row.squares[place].opens]
        codes = code_set_on(self.columns[place].session.day)
        return sum(codes[square.letter].attendance for square in marked) if marked else None

    @property
    def key(self) -> tuple[tuple[str, str, str], ...]:
        """Each code shown, once: its letter, its look, its meaning on its day."""
        squares = (square for row in self.rows for square in row.squares if square.letter)
        found = {(square.letter, square.says): square.look for square in squares}
        return tuple(sorted((letter, look, says) for (letter, says), look in found.items()))

    @property
    def has_blanks(self) -> bool:
        return any(square.look == "blank" for row in self.rows for square in row.squares)

    @property
    def has_amended(self) -> bool:
        return any(square.amended for row in self.rows for square in row.squares)


def grid_page(grid: ClassGrid, setting: Setting, first: date, last: date, *, now: datetime) -> GridPage:
    """Lay out a class from `first` to `last`: the weekdays that the school was due to meet, closed ones among them."""
    columns = tuple(_columns(setting, grid.group.year_group, first, last, now))
    rows = tuple(_row(member, columns, grid.marks.get(member.id, {})) for member in grid.members)
    return GridPage(grid, columns, tuple(row for row in rows if any(square.look != AWAY for square in row.squares)))


def _columns(setting: Setting, year_group: str, first: date, last: date, now: datetime) -> Iterator[Column]:
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        pair = [_column(setting, year_group, Session(day, half), now) for half in Half]
        if any(column.meets or column.closed for column in pair):
            yield from pair


def _column(setting: Setting, year_group: str, session: Session, now: datetime) -> Column:
    meets = setting.calendar.is_session(session)
    closure = None if meets else setting.closure_on(session)
    due = meets and _has_begun(setting, year_group, session, now)
    return Column(session, meets, closure.kind.code if closure else "", due)


def _has_begun(setting: Setting, year_group: str, session: Session, now: datetime) -> bool:
    """Whether the register of a session had opened. The window is asked only of the day itself."""
    today = now.astimezone(LONDON).date()
    return session.day < today or (session.day == today and now >= setting.window(session, year_group).opens_at(today))


def _row(member: Member, columns: Iterable[Column], marks: Mapping[Session, tuple[str, int]]) -> GridRow:
    squares = tuple(_square(member, column, marks.get(column.session)) for column in columns)
    return GridRow(
        member,
        squares,
        tally_dated((square.session.day, square.letter) for square in squares if square.opens),
        tally_dated((session.day, code) for session, (code, _) in marks.items()),
    )


def _square(member: Member, column: Column, mark: tuple[str, int] | None) -> Square:
    session = column.session
    if not member.belongs_on(session.day):
        return Square(session, "", AWAY, "not in this class")
    if mark:
        code = code_set_on(session.day)[mark[0]]
        return Square(session, mark[0], look_of(code), code.name, opens=True, amended=mark[1] > 1)
    if column.closed:
        return Square(session, column.closed, "not_possible", code_set_on(session.day)[column.closed].name)
    if not column.meets or not column.due:
        return Square(session, "", "", "")
    if not member.expected_at(session):
        return Square(session, "", "", "not expected")
    return Square(session, "", "blank", "not marked yet")


def attendance_words(figure: Figure) -> str:
    """'94.1% (16 of 17)', or a dash where nothing was possible."""
    percent = one_decimal(figure.attendance, figure.possible)
    return f"{percent}% ({figure.attendance} of {figure.possible})" if percent else "–"
