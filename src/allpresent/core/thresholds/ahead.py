"""Behind and ahead of a threshold: what is still to come that would bring a pupil into it, or out of it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.figures.ahead import Line, attended_to_leave, misses_to_cross
from allpresent.core.policy.model.response import Of, Threshold
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.assess import looked_at
from allpresent.core.thresholds.counting import counted, measure_of
from allpresent.core.thresholds.history import History
from allpresent.core.thresholds.lookback import Lookback


class Ahead(NamedTuple):
    """Seen from one day, of the `coming` sessions up to and with the last day, `until`.

    `crosses`: the fewest of them that would have to be missed (or late, of lateness) to be within the threshold at the
    end; 0 where the pupil will be whatever happens, None where it can no longer come about.
    `leaves`: the fewest attended without a miss, from now on, until the pupil is out; 0 for one who is out already,
    None where they are too few.
    """

    coming: int
    until: date
    crosses: int | None
    leaves: int | None


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
    """What would bring a pupil over a threshold's line by the end of a day, or under it; None without such a line.

    Every session that the school is due to meet is taken to be possible for the pupil. Only of periods that are not
    rolling: in one that rolls, what is past drops out while time goes on. (O-A-5.2: support before the threshold.)
    """
    line, window = line_of(threshold), back.window(threshold.over)
    if line is None or window is None or threshold.over.named is None or measure_of(threshold) is not Measure.PERCENT:
        return None
    coming = len(back.calendar.sessions_between(back.day + timedelta(days=1), until))
    found = counted(threshold, Measure.PERCENT, history, *looked_at(history, window))
    had, possible = (found.sessions, found.possible) if found else (0, 0)
    if threshold.of is Of.ATTENDANCE:
        had = possible - had
    crosses = misses_to_cross(had, possible, coming, line)
    return Ahead(coming, until, crosses, attended_to_leave(had, possible, coming, line))
