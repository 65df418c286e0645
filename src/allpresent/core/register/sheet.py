"""The sheet of one register as it lies before somebody: its rows, the marks handed in, what is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half

PRESENT_MARK = {Half.AM: "/", Half.PM: "\\"}
"""The present mark of each half (reg 10(2))."""


class SheetRow(NamedTuple):
    """One pupil on the sheet of one session.

    `code` is the mark in force, None for a blank; `version` counts its entries (0: none yet). `locked`
    marks what the office or the head entered ahead. `minutes_late` and `detail` belong to the mark in
    force.
    """

    pupil: int
    name: str
    on_roll: bool
    expected: bool
    code: str | None
    version: int
    locked: bool
    compulsory_age: bool
    minutes_late: int | None = None
    detail: str = ""

    @property
    def wants_a_mark(self) -> bool:
        """Whether a mark is still owed: on the roll, expected, and blank."""
        return self.code is None and self.expected and self.on_roll


class SubmittedMark(NamedTuple):
    """A mark handed in. `code` may be "" (left blank). `seen_version` is the version that was on screen."""

    pupil: int
    code: str
    seen_version: int
    minutes_late: int | None = None
    detail: str = ""


class AcceptedMark(NamedTuple):
    """A mark to be entered: `version` is the number its entry takes, `previous` the code that it follows."""

    pupil: int
    code: str
    version: int
    minutes_late: int | None
    detail: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The marks to enter; the pupils whose marks stay as they are; those expected who have no mark yet."""

    changes: tuple[AcceptedMark, ...]
    unchanged: tuple[int, ...]
    blanks: tuple[int, ...]


def fill_blanks(rows: Iterable[SheetRow], half: Half) -> tuple[SubmittedMark, ...]:
    """Present marks for the blanks of pupils on the roll and expected; never where there is a mark or a plan.

    (Design: "Fill never touches a mark that is there".)
    """
    mark = PRESENT_MARK[half]
    return tuple(SubmittedMark(row.pupil, mark, row.version) for row in rows if row.wants_a_mark and not row.locked)
