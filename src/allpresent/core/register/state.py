"""The state of one register at a moment: worked out from its times and its submission, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from allpresent.core.register.window import Window

_MINUTE = timedelta(minutes=1)


class RegisterState(StrEnum):
    """What may be said of a register at a moment."""

    BEFORE = "before"
    """Not yet open."""
    OPEN = "open"
    """Open, and a pupil who arrives now is on time."""
    LATE = "late"
    """Still open, and a pupil who arrives now is late."""
    CLOSED = "closed"
    """Submitted, and its close has passed."""
    OVERDUE = "overdue"
    """Not submitted, though its deadline (where there is none, its close) has passed; so until submitted."""


@dataclass(frozen=True, slots=True)
class RegisterStatus:
    """A register's state with the facts behind it. Instants are UTC; minutes are whole.

    `minutes_left` runs to the close, rounded up, and is 0 from then on. `minutes_overdue` is 0 unless
    overdue. `close_passed` tells an overdue register that is still open from one that is not.
    `minutes_late_limit` is the number of minutes late from which a pupil has missed the register.
    """

    state: RegisterState
    opens_at: datetime
    closes_at: datetime
    due_at: datetime
    minutes_left: int
    minutes_overdue: int
    close_passed: bool
    minutes_late_limit: int


def register_state(window: Window, day: date, *, now: datetime, submitted_at: datetime | None) -> RegisterStatus:
    """The state at `now` (aware) of the register of one session on `day`.

    A submission later than `now` has not happened yet, so a past moment can be replayed. Nothing here marks
    anybody: a register that nobody took is overdue and its blanks stay blank. (Clause M-3.3c; design: the
    completion deadline and the close are two clocks.)
    """
    opens, closes, due = window.opens_at(day), window.closes_at(day), window.due_at(day)
    submitted = submitted_at is not None and submitted_at <= now
    state = _state(now, opens, window.late_from(day), closes, due, submitted)
    return RegisterStatus(
        state=state,
        opens_at=opens,
        closes_at=closes,
        due_at=due,
        minutes_left=max(0, -((now - closes) // _MINUTE)),
        minutes_overdue=(now - due) // _MINUTE if state is RegisterState.OVERDUE else 0,
        close_passed=now >= closes,
        minutes_late_limit=window.minutes_late_limit,
    )


def _state(
    now: datetime, opens: datetime, late_from: datetime, closes: datetime, due: datetime, submitted: bool
) -> RegisterState:
    if now < opens:
        return RegisterState.BEFORE
    if not submitted and now >= due:
        return RegisterState.OVERDUE
    if now >= closes:
        return RegisterState.CLOSED
    return RegisterState.OPEN if now < late_from else RegisterState.LATE
