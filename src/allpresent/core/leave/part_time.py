"""Part-time timetables: exceptional, for a limited time, agreed with a parent, reviewed, and over by themselves.

Sources: SI 2024/208 reg 11(6) with the registers-law fact sheet, section 5; clauses O-A-6.5, O-B-6.3, O-B-6.1.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.calendar.words import day_words
from allpresent.core.leave.deciding import LeaveFault
from allpresent.core.leave.notice import end_of
from allpresent.core.policy.model.law import PartTime
from allpresent.core.policy.policy import Policy
from allpresent.core.roll.expected import WeekdayHalf

REG = "SI 2024/208 reg 11(6)"
SOON_DAYS = 7
"""An end or a review within so many days is told of."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A part-time timetable: from `begins` to `ends` both included, the halves of the week attended, review days."""

    begins: date
    ends: date
    attends: frozenset[WeekdayHalf]
    reviews: tuple[date, ...]

    def away_at(self, session: Session) -> bool:
        """Whether this is a session not attended under it (C2)."""
        return self.begins <= session.day <= self.ends and (session.day.weekday(), session.half) not in self.attends


def away_sessions(agreement: Agreement, sessions: Iterable[Session]) -> tuple[Session, ...]:
    """The sessions that are C2: those of the agreement's days it does not attend, and never one past its end.

    (reg 11(6); O-B-6.1)
    """
    return tuple(session for session in sessions if agreement.away_at(session))


def agreement_faults(
    agreement: Agreement, policy: Policy, calendar: SchoolCalendar, *, compulsory_from: date, compulsory_until: date
) -> Iterator[LeaveFault]:
    """Everything wrong with an agreement at once. (reg 11(6); O-A-6.5, O-B-6.3)"""
    if agreement.ends < agreement.begins:
        yield LeaveFault("ends", "The end comes before the beginning. Correct one of the days.")
        return
    yield from _faults_of_the_length(agreement, policy, calendar)
    if agreement.begins < compulsory_from or agreement.ends > compulsory_until:
        ages = f"{day_words(compulsory_from)} to {day_words(compulsory_until)}"
        yield LeaveFault("begins", f"C2 is for a pupil of compulsory school age throughout: {ages} ({REG}).")
    yield from _faults_of_the_week(agreement, calendar)
    yield from _faults_of_the_reviews(agreement, policy, calendar)


def _faults_of_the_length(agreement: Agreement, policy: Policy, calendar: SchoolCalendar) -> Iterator[LeaveFault]:
    stated = part_time_of(policy)
    most = end_of(agreement.begins, stated.at_most, calendar) if stated.at_most else None
    if most is not None and agreement.ends > most:
        why = ", ".join(policy.why("part-time.at-most"))
        yield LeaveFault("ends", f"At most {stated.at_most}, so until {day_words(most)} ({why}).")


def _faults_of_the_week(agreement: Agreement, calendar: SchoolCalendar) -> Iterator[LeaveFault]:
    sessions = calendar.sessions_between(agreement.begins, agreement.ends)
    if not agreement.attends:
        yield LeaveFault("attends", "Tick the sessions that are attended: a timetable with none is no timetable.")
    elif not away_sessions(agreement, sessions):
        yield LeaveFault(
            "attends", "Every session is attended, so there is nothing to agree. Untick those not attended."
        )


def _faults_of_the_reviews(agreement: Agreement, policy: Policy, calendar: SchoolCalendar) -> Iterator[LeaveFault]:
    """At least one review inside it, and none further apart than the policy says."""
    days = sorted(agreement.reviews)
    if not days:
        yield LeaveFault("reviews", "Give at least one day of review, so that it lasts no longer than it must.")
        return
    if days[0] <= agreement.begins or days[-1] > agreement.ends:
        yield LeaveFault("reviews", "Each review falls after it begins and no later than its end.")
        return
    every = part_time_of(policy).reviewed_every
    for before, after in pairwise([agreement.begins, *days, agreement.ends]) if every else ():
        latest = end_of(before, every, calendar) if every else None
        if latest is not None and after > latest and after != agreement.ends:
            why = ", ".join(policy.why("part-time.reviewed-every"))
            yield LeaveFault(
                "reviews", f"Reviewed every {every}: after {day_words(before)}, by {day_words(latest)} ({why})."
            )
            return


def part_time_of(policy: Policy) -> PartTime:
    """What the policy says of part-time timetables; nothing where no layer speaks of them. (O-A-6.5)"""
    return policy.content.part_time or PartTime.model_construct()


class Standing(StrEnum):
    """How a part-time timetable stands on a day."""

    OVERDUE = "review overdue"
    DUE = "review due"
    ENDING = "ends soon"
    RUNNING = "running"
    COMING = "to come"
    OVER = "over"


class State(NamedTuple):
    """How it stands, the next review still to hold (None: none), the last day it really has, and days left."""

    standing: Standing
    next_review: date | None
    last_day: date
    days_left: int


def state_on(agreement: Agreement, day: date, *, reviewed: Iterable[date] = (), ended: date | None = None) -> State:
    """How a timetable stands on `day`, given the days it was reviewed and the day it was ended early, if it was.

    A review holds every planned day up to it; where there is none, the next one within a week. It is over after its
    end without anybody's doing. (O-A-6.5, O-B-6.3; reg 11(6))
    """
    last = min(agreement.ends, ended) if ended else agreement.ends
    due = _next_review(agreement, last, tuple(reviewed))
    left = (last - day).days
    return State(_standing(agreement, day, due, left), due if left >= 0 else None, last, max(left, 0))


def _next_review(agreement: Agreement, last: date, reviewed: tuple[date, ...]) -> date | None:
    """The first planned day that no review has held. One held early holds the day it came before, and no other."""
    left = [day for day in sorted(agreement.reviews) if day <= last]
    for held in sorted(reviewed):
        later = [day for day in left if day > held]
        early = len(later) == len(left) and later and (later[0] - held).days <= SOON_DAYS
        left = later[1:] if early else later
    return left[0] if left else None


def _standing(agreement: Agreement, day: date, due: date | None, left: int) -> Standing:
    if left < 0:
        return Standing.OVER
    if day < agreement.begins:
        return Standing.COMING
    if due and due < day:
        return Standing.OVERDUE
    if due and (due - day).days <= SOON_DAYS:
        return Standing.DUE
    return Standing.ENDING if left <= SOON_DAYS else Standing.RUNNING


def week_words(attends: frozenset[WeekdayHalf]) -> str:
    """'Monday, Tuesday morning, Wednesday' as a letter says it. (O-B-6.3)"""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    said = []
    for weekday, name in enumerate(names):
        halves = [half for half in Half if (weekday, half) in attends]
        if halves:
            said.append(name if len(halves) == 2 else f"{name} {halves[0].word}")
    return ", ".join(said)
