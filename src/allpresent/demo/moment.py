"""Which moment the demonstration shows: the real one while a school is at work, else a school morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from allpresent.core.calendar.london import at, wall_clock
from allpresent.shared.clock import BadMoment
from allpresent.shared.words import long_day
from allpresent.shared.words import moment as moment_words

WORKING = time(8), time(16)
MORNING = time(8, 55)
AFTERNOON = time(13, 20)


class Shown(NamedTuple):
    """The moment to begin at, whether the clock must be set for it, and why, in a sentence."""

    moment: datetime
    clock_set: bool
    why: str

    @property
    def another(self) -> str:
        """Another moment worth seeing, as NOW takes it: the afternoon's registers of the same day."""
        return f"{wall_clock(self.moment)[0]} {AFTERNOON:%H:%M}"


class TooEarly(BadMoment):
    """A moment was asked for that lies before what the registers already hold."""


def moment_shown(real: datetime, days: Sequence[date], last_act: datetime | None) -> Shown:
    """The moment for a demonstration that holds acts up to `last_act` and meets on `days` (in order, not empty)."""
    day, clock = wall_clock(real)
    if day in days and WORKING[0] <= clock < WORKING[1] and (last_act is None or last_act <= real):
        return Shown(real, False, "The clock is the real one.")
    begun = [each for each in days if each < day or (each == day and clock >= WORKING[0])]
    morning = at(begun[-1] if begun else days[0], MORNING)
    shown = _after(last_act, morning, days)
    return Shown(shown, True, f"No register is open at {moment_words(real)}, so the clock begins at {_words(shown)}.")


def moment_asked(asked: datetime, last_act: datetime | None) -> Shown:
    """The moment asked for; in a minute that has begun, its last act. Raises TooEarly where later acts are held."""
    if last_act and last_act >= asked + timedelta(minutes=1):
        raise TooEarly(
            f"The registers here already hold what was done up to {moment_words(last_act)}, so the clock cannot "
            f"begin at {moment_words(asked)}. Give a later moment, or another folder: make run DATA=another-folder"
        )
    return Shown(max(asked, last_act or asked), True, f"As asked, the clock begins at {_words(asked)}.")


def _after(last_act: datetime | None, morning: datetime, days: Sequence[date]) -> datetime:
    """The morning, or a minute after the last act; the next school morning when that day's work is over."""
    if last_act is None or last_act < morning:
        return morning
    day, clock = wall_clock(last_act)
    if day in days and clock < WORKING[1]:
        return last_act.astimezone(UTC) + timedelta(minutes=1)
    later = [each for each in days if each > day]
    return at(later[0], MORNING) if later else last_act.astimezone(UTC) + timedelta(minutes=1)


def _words(moment: datetime) -> str:
    day, clock = wall_clock(moment)
    return f"{clock.hour}:{clock:%M} on {long_day(day)}"
