"""Behind and ahead of a threshold: what is still to come that would bring a pupil into it, or out of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.figures.ahead import Line, attended_to_leave, misses_to_cross
from allpresent.core.policy.model.response import Of, Threshold
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.assess import looked_at
from allpresent.core.thresholds.counting import Ratio, counted, is_above, is_below
from allpresent.core.thresholds.history import History
from allpresent.core.thresholds.lookback import Lookback


class Ahead(NamedTuple):
    """Seen from one day. Of the `coming` sessions up to and with the day `until`:

    `crosses`: the fewest that would have to be missed (or late, of lateness) to be within the threshold when they are
    past; 0 where the pupil will be whatever happens, None where it can no longer come about.
    `leaves`: the fewest sessions attended without a miss, from now on, until the pupil is out, and `out_on` the day of
    the last of them; 0 for one who is out already, None where the threshold's own period is over before.
    """

    coming: int
    until: date
    crosses: int | None
    leaves: int | None
    out_on: date | None


def line_of(threshold: Threshold) -> Line | None:
    """The line that missing more sessions crosses into a threshold given as a percentage; None where there is none.

    Below 90% attended is more than 10% missed.
    """
    edge = threshold.ceiling if threshold.of is Of.ATTENDANCE else threshold.floor
    if edge is None or edge[0].measure is not Measure.PERCENT:
        return None
    share = Fraction(edge[0].number) / 100
    return Line(1 - share if threshold.of is Of.ATTENDANCE else share, edge[1])


def ahead(threshold: Threshold, history: History, back: Lookback, until: date) -> Ahead | None:
    """What would bring a pupil over a threshold's line by the end of a day, or under it; None without such a line, and
    for one who is past the other end of a range.

    Every session that the school is due to meet is taken to be possible for the pupil. Nothing is looked for beyond the
    end of the threshold's own period, and nothing in a period that rolls: there what is past drops out while time goes
    on. (O-A-5.2: support before the threshold.)
    """
    line, ends = line_of(threshold), back.ends(threshold.over)
    window = back.window(threshold.over)
    if line is None or window is None or ends is None:
        return None
    found = counted(threshold, Measure.PERCENT, history, *looked_at(history, window))
    if found and _past(threshold, found.amount):
        return None
    had, possible = (found.sessions, found.possible) if found else (0, 0)
    if threshold.of is Of.ATTENDANCE:
        had = possible - had
    coming, by_then = back.coming(ends), len(back.coming(min(until, ends)))
    leaves = attended_to_leave(had, possible, len(coming), line)
    out_on = coming[leaves - 1].day if leaves else None
    return Ahead(by_then, min(until, ends), misses_to_cross(had, possible, by_then, line), leaves, out_on)


def _past(threshold: Threshold, amount: Ratio) -> bool:
    """Whether a pupil has missed too much for a range, such as one of those who approach a line."""
    if threshold.of is Of.ATTENDANCE:
        return not is_above(threshold.floor, amount)
    return not is_below(threshold.ceiling, amount)
