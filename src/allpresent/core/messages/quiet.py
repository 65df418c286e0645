"""Quiet hours: when nothing is sent that can wait."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from allpresent.core.calendar.london import at, wall_clock


class QuietHours(NamedTuple):
    """London wall time, from the first to the second; over midnight where the first is the later.

    Two times that are the same are no quiet hours at all.
    """

    begins: time
    ends: time

    def covers(self, wall: time) -> bool:
        """Whether a wall time lies within; the end does not."""
        if self.begins <= self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends


def goes_at(now: datetime, quiet: QuietHours, *, urgent: bool) -> datetime:
    """The UTC instant from which a message may go: `now`, or the end of the quiet hours that cover it.

    What is urgent goes at once. `now` is aware. Quiet hours that end within the hour that clocks leave out when
    they go forward end one hour later that day. Source: `messages` of the policy.
    """
    day, wall = wall_clock(now)
    if urgent or not quiet.covers(wall):
        return now
    if wall >= quiet.ends:
        day += timedelta(days=1)
    return max(now, _end(day, quiet.ends))


def _end(day: date, ends: time) -> datetime:
    try:
        return at(day, ends)
    except ValueError:
        return at(day, ends.replace(hour=ends.hour + 1))
