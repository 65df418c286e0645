"""Runs of absence, broken weeks, first weeks and days beside holidays (O-A-3, M-1c)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from allpresent.core.thresholds.finding import many
from allpresent.core.thresholds.history import ABSENCE, POSSIBLE, Week
from allpresent.core.thresholds.rules import rule
from allpresent.core.thresholds.shape import Look, Shape, percentage


def run(look: Look) -> Shape | None:
    """The longest stretch of sessions missed without a break, the latest of equals."""
    history = look.history
    longest = max(
        history.runs(ABSENCE, look.low, look.high),
        key=lambda ends: (history.count(ABSENCE, *ends), ends),
        default=None,
    )
    if longest is None:
        return None
    places = history.places(ABSENCE, *longest)
    enough = len(places) >= rule("run").times
    return Shape(places, 1, percentage(len(places), _possible(look)), True, enough, _run_words(look, places))


def _run_words(look: Look, places: tuple[int, ...]) -> str:
    first, last = (look.history.slots.sessions[place].day for place in (places[0], places[-1]))
    until = f"on {_short(first)}" if first == last else f"from {_short(first)} to {_short(last)}"
    return f"{many(len(places), 'session')} missed without a break, {until}"


def _short(day: date) -> str:
    return f"{day.day} {day:%B}"


def _possible(look: Look) -> int:
    return look.history.count(POSSIBLE, look.low, look.high)


def broken_weeks(look: Look) -> Shape | None:
    """Weeks in which some of the pupil's sessions were missed, but not all."""
    missed = [(week, look.history.count(ABSENCE, week.low, week.high)) for week in weeks_of(look)]
    broken = [week for week, absent in missed if 0 < absent < look.history.count(POSSIBLE, week.low, week.high)]
    if not broken:
        return None
    asked = rule("broken-weeks")
    return Shape(
        places=tuple(place for week in broken for place in look.history.places(ABSENCE, week.low, week.high)),
        times=len(broken),
        rate=percentage(len(broken), len(missed)),
        stands_out=100 * len(broken) >= asked.share * len(missed),
        enough=len(broken) >= asked.times,
        words=f"{len(broken)} of {many(len(missed), 'week')} broken by absence",
    )


def weeks_of(look: Look) -> Iterator[Week]:
    """The weeks looked at in which the pupil had a possible session, cut where the stretch begins and ends."""
    weeks = look.history.slots.weeks_between(look.low, look.high)
    return (week for week in weeks if look.history.has(POSSIBLE, week.low, week.high))


def first_week(look: Look) -> Shape | None:
    """Sessions missed in the first school week after holidays of a week or more."""
    weeks = [week for week in weeks_of(look) if week.monday in look.back.first_weeks]
    places = tuple(place for week in weeks for place in look.history.places(ABSENCE, week.low, week.high))
    if not places:
        return None
    possible = sum(look.history.count(POSSIBLE, week.low, week.high) for week in weeks)
    return Shape(
        places=places,
        times=len(places),
        rate=percentage(len(places), possible),
        stands_out=True,
        enough=len(places) >= rule("first-week").times,
        words=f"{len(places)} of {many(possible, 'session')} missed in the first week after holidays",
    )


def beside_holidays(look: Look) -> Shape | None:
    """Days missed, whole or in part, just before or after holidays and closures that were known beforehand."""
    slots = look.history.slots
    absent = look.history.places(ABSENCE, look.low, look.high)
    days = {slots.sessions[place].day for place in absent}
    beside = days & look.back.beside_holidays
    if not beside:
        return None
    possible = {slots.sessions[place].day for place in look.history.places(POSSIBLE, look.low, look.high)}
    chances = possible & look.back.beside_holidays
    asked = rule("beside-holidays")
    usual = len(days - beside) * len(chances) * asked.ratio <= len(beside) * len(possible - chances)
    return Shape(
        places=tuple(place for place in absent if slots.sessions[place].day in beside),
        times=len(beside),
        rate=percentage(len(beside), len(chances)),
        stands_out=usual and 100 * len(beside) >= asked.share * len(chances),
        enough=len(beside) >= asked.times,
        words=f"absent on {len(beside)} of {many(len(chances), 'day')} beside holidays, "
        f"and on {len(days - beside)} of {len(possible - chances)} others",
    )
