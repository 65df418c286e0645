"""One message as other rooms read it, and how it is said in a line."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from allpresent.absences.models.notices import Notice
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.settle.reasons import Reason
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time, short_day

_VERBS = {
    Notice.Channel.TELEPHONE: "rang",
    Notice.Channel.EMAIL: "e-mailed",
    Notice.Channel.IN_PERSON: "came in",
    Notice.Channel.LETTER: "wrote",
    Notice.Channel.TEXT: "sent a text",
    Notice.Channel.PAGES: "reported",
    Notice.Channel.OTHER: "sent word",
}
SOON = timedelta(days=7)
"""Days nearer than this go by the name of their weekday alone."""


class NoticeLine(NamedTuple):
    """A message: what it is about, and who told whom, how and when. `told_at` and `at` are UTC."""

    id: int
    pupil_id: int
    about: str
    day: date
    half: str
    appointment_at: time | None
    expected_back: date | None
    says: str
    channel: str
    told_by: str
    relation: str
    told_at: datetime
    at: datetime
    by_name: str
    by_position: str
    replaces_id: int | None
    reason: str = ""
    contact_id: int | None = None
    restriction: str = ""

    @property
    def who(self) -> str:
        """'Grace Adeyemi (mother)'."""
        return f"{self.told_by} ({self.relation.lower()})" if self.relation else self.told_by

    def in_words(self, day: date) -> str:
        """As it is read on a day: 'Mother rang 8:12: illness, stomach ache, back Thursday'."""
        return f"{self.heard_on(day)}: {self.said_on(day)}"

    def heard_on(self, day: date) -> str:
        """'Mother rang 8:12'; told on another day, 'Mother rang Tue 15 Sep, 8:12'."""
        told = self.told_at.astimezone(LONDON).date()
        on = "" if told == day else f"{short_day(told)}, "
        return f"{self.relation or self.told_by} {_VERBS[Notice.Channel(self.channel)]} {on}{clock_time(self.told_at)}"

    def said_on(self, day: date) -> str:
        """'illness, stomach ache, back Thursday'; a reason that the words or the kind of message say is left out."""
        return ", ".join(part for part in (self._begins, self._why, self.says, self._ends(day)) if part)

    @property
    def _begins(self) -> str:
        match self.about:
            case Notice.About.LATENESS:
                return "coming late"
            case Notice.About.APPOINTMENT:
                return f"appointment at {clock_time(self.appointment_at or time())}"
        return ""

    @property
    def _why(self) -> str:
        said_already = self.about == Notice.About.APPOINTMENT and self.reason == Reason.APPOINTMENT
        vague = self.says and self.reason in (Reason.OTHER, Reason.NOT_SAID)
        return "" if said_already or vague else self.reason

    def _ends(self, day: date) -> str:
        if self.expected_back is None:
            return ""
        near = timedelta() <= self.expected_back - day < SOON
        return f"back {self.expected_back:%A}" if near else f"back {short_day(self.expected_back)}"

    def begun_by(self, session: Session) -> bool:
        """Whether what it is about has begun at a session."""
        return Session(self.day, Half(self.half)) <= session

    def is_late(self, by: time | None) -> bool:
        """Whether an absence was told after the time of day that parents are given (M-3.5b, M-4.2a)."""
        absence = self.about == Notice.About.ABSENCE
        return absence and by is not None and self.told_at > london_instant(self.day, by)
