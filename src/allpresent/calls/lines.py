"""One try as other rooms read it, and how it is said in a line."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half
from allpresent.core.response import Result, TryMade
from allpresent.core.response.facts import PROFESSIONALS
from allpresent.shared.words import clock_time

_SAID = {
    Result.EXPLAINED: "gave a reason",
    Result.REACHED: "reached, no reason yet",
    Result.NO_ANSWER: "no answer",
    Result.LEFT_MESSAGE: "message left",
    Result.WRONG_NUMBER: "wrong number",
    Result.SENT: "message sent",
    Result.TOLD: "told",
}


class TryLine(NamedTuple):
    """A try: about which session, at which step, whom, where, and what came of it. Instants are UTC."""

    id: int
    pupil_id: int
    about: str
    day: date
    half: str
    step: str
    party: str
    contact_id: int | None
    name: str
    number: str
    channel: str
    result: str
    says: str
    tried_at: datetime
    at: datetime
    by_id: int | None
    by_name: str
    by_position: str

    def in_words(self, *, restricted: bool) -> str:
        """'9:24 Grace Adeyemi, 07700 900123: no answer', '9:30 step left out: the school nurse is at the house'.

        A professional goes by their role where the reader may not know restricted facts.
        """
        time = clock_time(self.tried_at)
        says = f": {self.says}" if self.says else ""
        match self.result:
            case Result.SKIPPED:
                return f"{time} step left out{says}"
            case Result.DECIDED:
                return f"{time} decided{says}"
        name = self.name if restricted or self.party not in PROFESSIONALS else self.party.replace("-", " ").capitalize()
        whom = ", ".join(part for part in (name, self.number) if part)
        return f"{time} {whom + ': ' if whom else ''}{_SAID[Result(self.result)]}{says}"

    @property
    def made(self) -> TryMade:
        """As the rules of the response see it."""
        ref = f"contact:{self.contact_id}" if self.contact_id else ""
        return TryMade(
            self.day, Half(self.half), self.step, Result(self.result), self.tried_at, ref, self.name, self.says,
            self.by_name,
        )  # fmt: skip

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was made so lately that somebody about to call should know."""
        return 0 <= (now - self.tried_at).total_seconds() < FRESH_MINUTES * 60

    def ago(self, now: datetime) -> str:
        """'Sam Okafor tried 07700 900123 1 minute ago'."""
        minutes = max(0, int((now - self.tried_at).total_seconds() // 60))
        when = "just now" if not minutes else "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
        return f"{self.by_name} tried {self.number or 'this'} {when}"


FRESH_MINUTES = 10
