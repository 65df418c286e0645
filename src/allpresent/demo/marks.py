"""How one session of one child comes to stand in the register: the entries, in order, with when and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.arrival import ArrivalCode, code_for_arrival
from allpresent.core.register.sheet import PRESENT_MARK
from allpresent.core.register.window import Window
from allpresent.demo.absence import Away, How
from allpresent.demo.places import planned_year
from allpresent.demo.staff import Signers
from allpresent.demo.trust import set_up_at
from allpresent.registers.actions.close import WHY
from allpresent.registers.models import Source
from allpresent.shared.signer import REGISTER_CLOSE, Signer
from allpresent.shared.words import clock_time

HEADS_CODES = frozenset({"C", "X"})
LEFT_BLANK = 0.4
"""How often a teacher leaves a blank where a child is missing, rather than entering N."""


class Step(NamedTuple):
    """One entry of one mark."""

    code: str
    source: str
    at: datetime
    by: Signer
    detail: str = ""
    reason: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Sitting:
    """The register of one group for one session as it was taken: when, and by whom."""

    session: Session
    window: Window
    taken_at: datetime
    taker: Signer
    signers: Signers

    @property
    def closed_at(self) -> datetime:
        """When the blanks of this register became N: at its close, or when it was taken, if that came later."""
        return max(self.window.closes_at(self.session.day), self.taken_at)


def steps(sitting: Sitting, away: Away | None, rng: Random | None = None) -> tuple[Step, ...]:
    """The entries of one child's mark, first to last. A child who is away needs chance for the minutes of it."""
    if away is None or rng is None:
        return (Step(PRESENT_MARK[sitting.session.half], Source.REGISTER, sitting.taken_at, sitting.taker),)
    if away.how is How.ARRIVES:
        return tuple(_arrival(sitting, away, rng))
    if away.how is How.LATER:
        return tuple(_settled(sitting, away, rng))
    return (_entered_ahead(sitting, away, rng),)


def _entered_ahead(sitting: Sitting, away: Away, rng: Random) -> Step:
    day, opens = sitting.session.day, sitting.window.opens_at(sitting.session.day)
    moment = opens - timedelta(minutes=rng.randint(5, 40))
    if away.how is How.AHEAD:
        before = planned_year().previous_school_days(day, away.days)
        moment = at(before[0], time(15, rng.randint(5, 50))) if before else set_up_at()
    by = sitting.signers.head if away.code in HEADS_CODES else sitting.signers.office
    return Step(away.code, Source.PLANNED, moment, by, away.detail)


def _settled(sitting: Sitting, away: Away, rng: Random) -> Iterator[Step]:
    """N, entered by the teacher or at the close; then the reason, when it is known."""
    yield _missing(sitting, rng)
    day = sitting.session.day
    if away.settled == day:
        moment = sitting.closed_at + timedelta(minutes=rng.randint(6, 70))
    else:
        moment = at(away.settled or day, time(10, rng.randint(0, 59)))
    yield Step(away.code, Source.AMENDMENT, moment, sitting.signers.office, away.detail, away.said)


def _missing(sitting: Sitting, rng: Random) -> Step:
    if rng.random() < LEFT_BLANK:
        return Step("N", Source.CLOSE, sitting.closed_at, REGISTER_CLOSE, reason=WHY)
    return Step("N", Source.REGISTER, sitting.taken_at, sitting.taker)


def _arrival(sitting: Sitting, away: Away, rng: Random) -> Iterator[Step]:
    """L in the register for a child who is there when it is taken; otherwise the office records the arrival."""
    day = sitting.session.day
    arrived = at(day, sitting.window.on_time_until) + timedelta(minutes=away.minutes)
    earned = code_for_arrival(
        sitting.window, day, arrived, half=sitting.session.half, better_reason=None, codes=code_set_on(day)
    )
    assert isinstance(earned, ArrivalCode), earned
    if earned.letter == "L" and arrived <= sitting.taken_at:
        yield Step("L", Source.REGISTER, sitting.taken_at, sitting.taker, minutes=earned.minutes_late)
        return
    missing = _missing(sitting, rng)
    if missing.at <= arrived:
        yield missing
    said = f"Arrived {clock_time(arrived)}" + (f": {away.detail.lower()}" if away.detail else "")
    reason = earned.why if missing.at <= arrived else ""
    yield Step(earned.letter, Source.LATE, arrived, sitting.signers.office, said, reason, earned.minutes_late)
