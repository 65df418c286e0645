"""When a step begins and by when it is due, on the clocks of London."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.model.words import Event
from allpresent.core.policy.policy import Policy, SessionWindow
from allpresent.core.policy.values import Unit
from allpresent.core.response.facts import Missing
from allpresent.core.response.rungs import Deadline, Rung


def window_of(policy: Policy, missing: Missing) -> SessionWindow | None:
    """The register of the first session that is unexplained; None where the policy gives it no times."""
    try:
        return policy.window(missing.day, missing.halves[0], missing.year_group or None)
    except PolicyProblem:
        return None


def starts_at(rung: Rung, policy: Policy, missing: Missing) -> datetime | None:
    """The instant (UTC) from which a rung may be due: its order's own time, else the moment it names.

    None where the policy gives no times. An absence is unexplained once the register has closed and the time given to
    parents has passed, the later of the two (M-4.2a, M-4.7b, O-B-14.1).
    """
    window = window_of(policy, missing)
    if window is None:
        return None
    own = rung.at if rung.at and rung.at >= window.opens and window.half is Half.AM else None
    return london_instant(missing.day, own or _wall(rung.starts, window, policy))


def _wall(event: Event, window: SessionWindow, policy: Policy) -> time:
    if event is Event.REGISTER_OPENS:
        return window.opens
    if event is Event.EXPECTED_ARRIVAL:
        return window.on_time_until
    if event is Event.UNEXPLAINED and window.half is Half.AM:
        return max(window.closes, policy.parents_report_by or window.closes)
    return window.closes


def due_by(rung: Rung, policy: Policy, missing: Missing) -> datetime | None:
    """The latest instant (UTC) that the policy gives a rung; of several the soonest. None where it gives none."""
    window = window_of(policy, missing)
    if window is None:
        return None
    return min((at for one in rung.deadlines for at in _instants(one, window, policy, missing)), default=None)


def _instants(one: Deadline, window: SessionWindow, policy: Policy, missing: Missing) -> Iterator[datetime]:
    if one.by and one.by >= window.opens:
        yield london_instant(missing.day, one.by)
    if one.in_the == window.half.word and window.session_ends:
        yield london_instant(missing.day, window.session_ends)
    if one.within and one.within.unit is Unit.MINUTES:
        begins = london_instant(missing.day, _wall(one.from_ or Event.UNEXPLAINED, window, policy))
        yield begins + timedelta(minutes=one.within.number)
