"""Absence that falls on the same weekday, or in the same half of the day (O-A-3, M-1c)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.select import WEEKDAYS
from allpresent.core.thresholds.finding import many
from allpresent.core.thresholds.history import ABSENCE, LATE, What
from allpresent.core.thresholds.rules import rule
from allpresent.core.thresholds.shape import Look, Shape, percentage


def same_weekday(look: Look) -> Shape | None:
    """Days absent, whole or in part, that fall on one weekday; or on the weekdays that a policy names."""
    return _on_weekday(look, ABSENCE, "absent")


def late_weekday(look: Look) -> Shape | None:
    """Days late that fall on one weekday."""
    return _on_weekday(look, LATE, "late")


def _on_weekday(look: Look, what: What, how: str) -> Shape | None:
    places = look.history.places(what, look.low, look.high)
    days = {look.history.slots.sessions[place].day for place in places}
    if not days:
        return None
    often = Counter(day.weekday() for day in days)
    chosen = {WEEKDAYS.index(name) for name in look.weekdays} or {often.most_common(1)[0][0]}
    on_them = {day for day in days if day.weekday() in chosen}
    asked = rule("same-weekday" if len(chosen) == 1 else "several-weekdays")
    return Shape(
        places=tuple(place for place in places if look.history.slots.sessions[place].day in on_them),
        times=len(on_them),
        rate=percentage(len(on_them), len(days)),
        stands_out=100 * len(on_them) >= asked.share * len(days),
        enough=len(on_them) >= asked.times,
        words=f"{how} on {_named(chosen, len(on_them))}, of {many(len(days), 'day')} {how} in all",
    )


def _named(weekdays: set[int], number: int) -> str:
    """'5 Fridays', '1 Monday or Friday'."""
    names = " or ".join(WEEKDAYS[day].value.capitalize() for day in sorted(weekdays))
    return many(number, names) if len(weekdays) == 1 else f"{many(number, 'day')}, a {names}"


def same_half(look: Look) -> Shape | None:
    """Mornings missed but not afternoons, or the other way about: whole days absent say nothing of it."""
    slots = look.history.slots
    places = look.history.places(ABSENCE, look.low, look.high)
    missed = Counter[date](slots.sessions[place].day for place in places)
    halves = [place for place in places if missed[slots.sessions[place].day] == 1]
    if not halves:
        return None
    half, number = Counter[Half](slots.sessions[place].half for place in halves).most_common(1)[0]
    asked = rule("same-half")
    return Shape(
        places=tuple(place for place in halves if slots.sessions[place].half is half),
        times=number,
        rate=percentage(number, len(halves)),
        stands_out=100 * number >= asked.share * len(halves),
        enough=number >= asked.times,
        words=f"{many(number, half.word)} missed alone, of {many(len(halves), 'day')} missed by half",
    )
