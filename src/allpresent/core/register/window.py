"""When a register opens and closes: the wall times of one session, and the instants they are on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allpresent.core.calendar.london import at

MOST_MINUTES_OPEN = 30
"""A register may be kept open for at most this long (Working Together; clause O-B-3.1.7)."""


class WindowProblem(ValueError):
    """A window that cannot stand. Its message says what is wrong, what was expected and how to mend it."""


@dataclass(frozen=True, slots=True)
class Window:
    """The times of one session's register, as London wall times.

    `on_time_until` is the expected time of arrival: a pupil who comes in that minute is on time.
    `closes` is the first minute that is too late. `late_until`, where a policy names a late limit of its
    own, takes the place of `closes` as the end of L. `complete_within` is the minutes after opening by
    which the teacher is to have submitted. `clauses` are the policy's clauses for these times.
    A window read from an old policy (`history`) may be longer than is allowed today.
    Raises WindowProblem when the times contradict each other or the thirty minutes.
    """

    opens: time
    on_time_until: time
    closes: time
    late_until: time | None = None
    complete_within: int | None = None
    session_ends: time | None = None
    clauses: tuple[str, ...] = ()
    history: bool = False

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise WindowProblem(complaint)

    @property
    def late_limit(self) -> time:
        """The first wall time whose arrivals no longer earn L: the close, unless the policy names another."""
        return self.late_until or self.closes

    @property
    def last_on_time(self) -> time:
        """The last minute of arrival that is not late.

        Never before the register opens: whoever is in school when it begins is present (reg 10(2)).
        """
        return max(self.on_time_until, self.opens)

    @property
    def minutes_late_limit(self) -> int:
        """The whole minutes late, counted from the expected arrival, from which L is no longer earned."""
        return minutes_between(self.on_time_until, self.late_limit)

    def opens_at(self, day: date) -> datetime:
        """The instant (UTC) at which the register opens on a day."""
        return at(day, self.opens)

    def closes_at(self, day: date) -> datetime:
        """The instant (UTC) at which the register closes on a day."""
        return at(day, self.closes)

    def late_from(self, day: date) -> datetime:
        """The instant (UTC) from which an arrival on a day is late: the minute after the last one on time."""
        return at(day, self.last_on_time) + timedelta(minutes=1)

    def due_at(self, day: date) -> datetime:
        """The instant (UTC) by which the register is to be in: its deadline (M-3.3c), else its close."""
        closes = self.closes_at(day)
        if self.complete_within is None:
            return closes
        return min(closes, self.opens_at(day) + timedelta(minutes=self.complete_within))


def minutes_between(start: time, end: time) -> int:
    """Whole minutes from one wall time to a later one of the same day; negative if `end` comes first."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _complaints(window: Window) -> Iterator[str]:
    if window.closes <= window.opens:
        yield (
            f"The register closes at {window.closes:%H:%M}, but it opens at {window.opens:%H:%M}. "
            "Set a close that is after the opening."
        )
    for name, moment in (("closes at", window.closes), ("gives L until", window.late_limit)):
        if not window.history and minutes_between(window.opens, moment) > MOST_MINUTES_OPEN:
            yield (
                f"The register opens at {window.opens:%H:%M} and {name} {moment:%H:%M}. It may be open "
                f"for at most {MOST_MINUTES_OPEN} minutes (Working Together). Bring that time forward."
            )
    if not window.on_time_until < window.late_limit:
        yield (
            f"Pupils are on time until {window.on_time_until:%H:%M} but L ends at {window.late_limit:%H:%M}: "
            "the time of arrival must come first."
        )
    if window.complete_within is not None and window.complete_within < 1:
        yield (
            f"The register is to be complete within {window.complete_within} minutes. "
            "Give one minute or more, or leave the setting out."
        )
    if window.session_ends is not None and window.session_ends < max(window.closes, window.late_limit):
        yield (
            f"The session ends at {window.session_ends:%H:%M}, before its register is done. "
            "Set the end of the session after the close of the register."
        )
