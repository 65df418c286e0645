"""Wall-clock time in London to instants and back. Instants are kept in UTC, session times as wall time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from allpresent.core.calendar.words import day_words

LONDON = ZoneInfo("Europe/London")


def at(day: date, wall: time) -> datetime:
    """The UTC instant at which London clocks show `wall` on `day`.

    In the hour repeated when the clocks go back, the first of the two. Raises ValueError for a time in the
    hour left out when they go forward, or for a `wall` that carries a time zone of its own.
    """
    if wall.tzinfo is not None:
        raise ValueError("A wall time carries no time zone: give the time as London clocks show it.")
    instant = datetime.combine(day, wall, LONDON).astimezone(UTC)
    if wall_clock(instant) != (day, wall):
        raise ValueError(f"London clocks never show {wall:%H:%M} on {day_words(day)}: they go forward past it.")
    return instant


def wall_clock(instant: datetime) -> tuple[date, time]:
    """The day and time London clocks show at `instant`. Raises ValueError if it has no time zone."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone: give it in UTC.")
    local = instant.astimezone(LONDON)
    return local.date(), local.time().replace(fold=0)
