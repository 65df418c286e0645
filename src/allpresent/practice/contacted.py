"""Whether the family, and those who work with a child, heard of an unexplained absence in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.practice import Case, Clock, Subject
from allpresent.core.practice.contact import HOME, Owed, home_owed, professionals_owed
from allpresent.core.response import Missing, Result
from allpresent.people.models import Professional
from allpresent.practice.absences import DayAway
from allpresent.practice.reading import Period, Reading
from allpresent.schools.models import School

_CIRCUMSTANCES = {
    Professional.Kind.SOCIAL_WORKER: Circumstance.SOCIAL_WORKER,
    Professional.Kind.YOUTH_JUSTICE: Circumstance.YOUTH_JUSTICE,
    Professional.Kind.VIRTUAL_SCHOOL: Circumstance.IN_CARE,
}
"""What a worker around a child says of the child."""
FIRST = (
    1, "first", "First call home",
    "On the first day that nobody knows why a child is away, home is tried: by the policy's time, else on that day.",
)  # fmt: skip
AGAIN = (
    2, "again", "Calls on later days",
    "On each later day that nobody knows why, home is tried again.",
)  # fmt: skip
_TELLING = {Result.TOLD, Result.SENT, Result.REACHED, Result.EXPLAINED}


@dataclass(frozen=True)
class Tried:
    """A try that was made: with whom, when, and whether it told them anything."""

    party: str
    at: datetime
    told: bool


Tries = dict[tuple[int, date], list[Tried]]
Seen = tuple[DayAway, frozenset[Circumstance]]


def contacts(school: School, period: Period, days: Iterable[DayAway]) -> Iterator[Reading]:
    """First contact, contact on each later day, and those working with the child told: two queries."""
    days, tries, workers = tuple(days), _tries(school, period), _workers(school, period)
    seen = [(away, _around(workers.get(away.pupil_id, ()), away.day)) for away in days]
    yield Reading(_home_clock(period, *FIRST), tuple(_home(period, (one for one in seen if one[0].number == 1), tries)))
    yield Reading(_home_clock(period, *AGAIN), tuple(_home(period, (one for one in seen if one[0].number > 1), tries)))
    yield Reading(_workers_clock(period), tuple(_told(period, seen, tries)))


def _home(period: Period, seen: Iterable[Seen], tries: Tries) -> Iterator[Case]:
    for away, around in seen:
        if owed := home_owed(period.policy_on(away.day), away.as_missing(around)):
            tried = (one.at for one in tries.get((away.pupil_id, away.day), ()) if one.party in HOME)
            yield _case(away, owed, tried)


def _told(period: Period, seen: Iterable[Seen], tries: Tries) -> Iterator[Case]:
    for away, around in seen:
        for owed in professionals_owed(period.policy_on(away.day), away.as_missing(around)) if around else ():
            made = tries.get((away.pupil_id, away.day), ())
            yield _case(away, owed, (one.at for one in made if one.told and one.party in owed.parties))


def _case(away: DayAway, owed: Owed, done: Iterable[datetime]) -> Case:
    subject = Subject("pupil", away.pupil_id, away.day, away.sessions[0].session.half)
    return Case(subject, owed.by, min(done, default=None), away.known_at)


def _tries(school: School, period: Period) -> Tries:
    rows = Try.objects.filter(
        pupil__school=school, day__gte=period.first, day__lte=period.last, about=Try.About.ABSENCE
    ).exclude(result__in=[Result.SKIPPED, Result.DECIDED])
    found: Tries = {}
    for pupil_id, day, party, at, result in rows.values_list("pupil", "day", "party", "tried_at", "result"):
        found.setdefault((pupil_id, day), []).append(Tried(party, at, Result(result) in _TELLING))
    return found


Workers = dict[int, list[tuple[str, date, date | None]]]


def _workers(school: School, period: Period) -> Workers:
    rows = Professional.objects.filter(pupil__school=school, begins__lte=period.last).values_list(
        "pupil", "kind", "begins", "ends"
    )
    found: Workers = {}
    for pupil_id, kind, begins, ends in rows:
        found.setdefault(pupil_id, []).append((kind, begins, ends))
    return found


def _around(workers: Iterable[tuple[str, date, date | None]], day: date) -> frozenset[Circumstance]:
    held = {kind for kind, begins, ends in workers if begins <= day and (ends is None or day <= ends)}
    return frozenset(found for kind, found in _CIRCUMSTANCES.items() if kind in held)


def _home_clock(period: Period, number: int, key: str, title: str, asks: str) -> Clock:
    owed = home_owed(period.policy, _example(period, number))
    return Clock(key, title, asks, owed.clauses if owed else ())


def _workers_clock(period: Period) -> Clock:
    owed = professionals_owed(period.policy, _example(period, 1, frozenset(_CIRCUMSTANCES.values())))
    clauses = tuple(dict.fromkeys(id_ for one in owed for id_ in one.clauses))
    asks = "A social worker, a youth justice worker or the Virtual School, where there is one, hears the same day."
    return Clock("workers", "Those who work with a child told", asks, clauses)


def _example(period: Period, number: int, around: frozenset[Circumstance] = frozenset()) -> Missing:
    return Missing(period.last, (Half.AM,), number, "", around)
