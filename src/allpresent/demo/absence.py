"""One invented child's year: at which sessions they are away or late, why, and how the school comes to know."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from functools import cache
from random import Random
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.roll.expected import parse_halves
from allpresent.demo.children import Child, children
from allpresent.demo.places import places, planned_year, unexpected, visits
from allpresent.demo.reading import chance, one_of, read


class How(Enum):
    """How the school comes to know."""

    AHEAD = auto()
    """Entered `days` school days before."""
    BEFORE = auto()
    """Told that day, before the register."""
    LATER = auto()
    """Not known at the register; settled on the day `settled`."""
    ARRIVES = auto()
    """Comes in `minutes` after the expected time."""


class Away(NamedTuple):
    """One session of a child who is not simply present. `said`: what an amendment gives as its reason."""

    code: str
    how: How
    detail: str = ""
    said: str = ""
    days: int = 1
    settled: date | None = None
    minutes: int = 0


Year = dict[Session, Away]

LONGEST = {"I": 6, "C": 2, "G": 7, "O": 2}
SHORTEST = {"I": 1, "C": 1, "G": 3, "O": 1}
USUAL = {"I": 2.3, "C": 1.7, "G": 4.2, "O": 1.4}
"""How long a spell turns out on average, once it is cut to what a child still owes."""


def year_of(child: Child) -> Year:
    """Every session of the year at which the child is not simply present."""
    rng = chance(child.key, "year")
    expected = _expected(child)
    year: Year = {}
    _known_long_before(child, expected, year)
    draw(rng, child, expected, year)
    return year


def draw(rng: Random, child: Child, expected: tuple[Session, ...], year: Year) -> None:
    """Draw the absences of some sessions up to the child's own rate, and the mornings come to late."""
    _spells(rng, child, expected, year)
    _late(rng, child, expected, year)


def _expected(child: Child) -> tuple[Session, ...]:
    days = planned_year().pupil_days
    first, last = child.joined or days[0], child.left["on"] if child.left else days[-1]
    return of_week(child, planned_year().sessions_between(first, last))


def of_week(child: Child, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Those of the sessions that are in the child's own week."""
    if not child.pattern:
        return sessions
    halves = parse_halves(child.pattern)
    return tuple(session for session in sessions if (session.day.weekday(), session.half) in halves)


def _known_long_before(child: Child, expected: tuple[Session, ...], year: Year) -> None:
    """Visits, holy days, appointments, a place elsewhere, a gentle start: all entered ahead."""
    elsewhere = parse_halves(child.elsewhere)
    for session in expected:
        day = session.day
        if (session.day.weekday(), session.half) in elsewhere:
            year[session] = Away("B", How.AHEAD, f"At {places()[1].name}", days=5)
        elif where := visits(child.place).get((child.group, day)):
            year[session] = Away("V", How.AHEAD, where, days=8)
        elif child.settling_in and day <= child.settling_in and session.half is Half.PM:
            year[session] = Away("X", How.AHEAD, "Mornings only until settled, agreed with parents", days=1)
        elif name := _holy_days(child.place).get((child.key, day)):
            year[session] = Away("R", How.AHEAD, name, days=5)
        elif detail := _appointments(child.place).get((child.key, session)):
            year[session] = Away("M", How.AHEAD, detail, days=2)


@cache
def _holy_days(place: str) -> dict[tuple[str, date], str]:
    """Which children keep which holy day."""
    keys = [child.key for child in children() if child.place == place]
    return {
        (key, row["day"]): row["name"]
        for row in read("reasons")["holy_days"]
        for key in chance(place, row["name"]).sample(keys, min(row["children"], len(keys) // 8))
    }


@cache
def _appointments(place_id: str) -> dict[tuple[str, Session], str]:
    """Which child has an appointment at which session: as many as the published share asks for."""
    place = next(place for place in places() if place.id == place_id)
    everybody = [child for child in children() if child.place == place_id and child.rate and not child.pattern]
    rng = chance(place_id, "appointments")
    share = read("proportions")[place.proportions]["reasons"]["M"] / 100 * 2 * len(everybody)
    return {
        (rng.choice(everybody).key, Session(day, one_half)): rng.choice(
            read("reasons")[f"appointment_{one_half.lower()}"]
        )
        for day in planned_year().pupil_days
        for one_half in (Half.AM if rng.random() < 0.7 else Half.PM,)
        if share > 0.75 or rng.random() < share
    }


def _spells(rng: Random, child: Child, expected: tuple[Session, ...], year: Year) -> None:
    """Spells of absence until the child's own rate is reached."""
    days = sorted({session.day for session in expected})
    codes = code_set_on(planned_year().pupil_days[0])
    owed = round(child.rate / 100 * len(expected)) - sum(codes[away.code].absence for away in year.values())
    for _ in range(400):
        if owed <= 0:
            return
        code = _reason(rng, child)
        length = min(rng.randint(SHORTEST[code], LONGEST[code]), max(1, owed // 2))
        taken = _free(rng, days[(start := _start(rng, child, days, code)) : start + length], expected, year)
        year.update(_spell(rng, code, taken))
        owed -= len(taken)


def _reason(rng: Random, child: Child) -> str:
    """A code, drawn so that its *sessions* come out in the published shares. Long absence has more O in it."""
    table = read("proportions")[_proportions(child)]["reasons"]
    heavy = 1.5 if child.rate > 15 else 1.0
    return one_of(
        rng,
        {code: table[code] * (heavy if code == "O" else 1) / USUAL[code] for code in LONGEST},
    )


def _proportions(child: Child) -> str:
    return next(place.proportions for place in places() if place.id == child.place)


def _start(rng: Random, child: Child, days: list[date], code: str) -> int:
    """Where a spell begins: more on Mondays and Fridays; a holiday tends to begin just before a break."""
    if code == "G" and rng.random() < 0.6:
        breaks = [place for place in range(4, len(days) - 1) if (days[place + 1] - days[place]).days > 4]
        if breaks:
            return rng.choice(breaks) - rng.randint(0, 4)
    weekdays = read("proportions")[_proportions(child)]["weekdays"]
    return rng.choices(range(len(days)), [weekdays[day.weekday()] for day in days])[0]


def _free(rng: Random, days: list[date], expected: tuple[Session, ...], year: Year) -> list[Session]:
    """The sessions of these days that the child has nothing else on; now and then one half of a single day."""
    wanted = set(days)
    sessions = [session for session in expected if session.day in wanted and session not in year]
    if len(days) == 1 and len(sessions) == 2 and rng.random() < 0.2:
        return [sessions[rng.random() < 0.6]]
    return sessions


def _spell(rng: Random, code: str, sessions: list[Session]) -> Year:
    """The sessions of one spell, with how each came to be known."""
    words = read("reasons")
    if code in ("C", "G"):
        detail = rng.choice(words["leave" if code == "C" else "holiday"])
        return {session: Away(code, How.AHEAD, detail, days=10) for session in sessions}
    if code == "I":
        detail = rng.choice(words["illness"])
        return _learnt(
            sessions, code, rng.choices((None, 0, 1, 3), (0.62, 0.28, 0.07, 0.03))[0], detail, _rang(rng, detail)
        )
    if rng.random() < 0.6:
        return {
            session: Away("O", How.LATER, "", words["unanswered"], settled=_after(session.day, 5))
            for session in sessions
        }
    return _learnt(sessions, code, rng.choice((0, 1, 2)), "", rng.choice(words["other"]))


def _rang(rng: Random, detail: str) -> str:
    return f"{rng.choice(read('reasons')['rang'])}: {detail.lower()}"


def _learnt(sessions: list[Session], code: str, wait: int | None, detail: str, said: str) -> Year:
    """A spell whose reason is learnt `wait` school days after it began (None: before its first register)."""
    year: Year = {}
    for place, session in enumerate(sessions):
        known = None if wait is None else _after(sessions[0].day, wait)
        if code == "I" and (known is None or session.day > known or (place and session.day == known)):
            year[session] = Away(code, How.BEFORE, detail)
        else:
            year[session] = Away(code, How.LATER, detail, said, settled=max(known or session.day, session.day))
    return year


def _after(day: date, wait: int) -> date:
    """The school day `wait` school days on, passing over days that turned out closed."""
    calendar = planned_year()
    later = day if wait == 0 else calendar.school_days_after(day, wait) or day
    while any(later in unexpected(place.id) for place in places()):
        later = calendar.next_school_day(later) or later
    return later


def _late(rng: Random, child: Child, expected: tuple[Session, ...], year: Year) -> None:
    """Mornings come to late, in the published proportion before and after the close."""
    table = read("proportions")[_proportions(child)]
    after_close = table["late_after_close"] / (table["late"] + table["late_after_close"])
    for session in expected:
        if session.half is Half.AM and session not in year and rng.random() < child.late / 100:
            minutes = rng.randint(31, 110) if rng.random() < after_close else int(rng.triangular(1, 29, 5))
            said = rng.choice(read("reasons")["arrived"])
            year[session] = Away("U" if minutes > 30 else "L", How.ARRIVES, said, minutes=minutes)
