"""What the other rooms know of a pupil's year: calls, comings and goings, leave, what was written to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.calls.queries import tries_of
from allpresent.leave.queries import requests_of
from allpresent.messages.permissions import may_read
from allpresent.messages.queries import messages_about
from allpresent.schools.models import School
from allpresent.shared.words import plain_day, short_day
from allpresent.site.queries import crossings_of


class Happened(NamedTuple):
    """One line of the timeline: what was entered, amended, said, tried or decided, when and by whom."""

    at: datetime
    kind: str
    about: str
    original: str
    amended: str
    reason: str
    by: str


class Of(NamedTuple):
    """Whose year is told, and to whom."""

    school: School
    staff: Staff
    pupil_id: int
    first: date
    last: date

    def may(self, right: Right) -> bool:
        return self.staff.may(right, self.school)


def story(of: Of) -> tuple[Happened, ...]:
    """Everything that the reader may know: at most six queries."""
    return (*_comings(of), *_calls(of), *_leave(of), *_sent(of))


def _by(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _comings(of: Of) -> Iterator[Happened]:
    for line in crossings_of([of.pupil_id], of.first, of.last):
        about = f"Early leaving, {short_day(line.day)}"
        yield Happened(line.at, "coming", about, "", line.in_words, line.reason, _by(line.by_name, line.by_position))


def _calls(of: Of) -> Iterable[Happened]:
    if not of.may(Right.LOG_CALL):
        return
    restricted = of.may(Right.SEE_RESTRICTED)
    for line in tries_of([of.pupil_id], of.first, of.last).get(of.pupil_id, ()):
        about, says = f"Call, {short_day(line.day)}", line.in_words(restricted=restricted)
        yield Happened(line.tried_at, "call", about, "", says, "", _by(line.by_name, line.by_position))


def _leave(of: Of) -> Iterable[Happened]:
    if not of.may(Right.ASK_LEAVE):
        return
    for line in requests_of([of.pupil_id], of.first, of.last):
        about = f"Leave from {plain_day(line.span.first.day)}"
        yield Happened(line.asked_at, "leave", f"{about}: asked", "", line.why, "", line.told_by)
        if line.decision:
            signed, reasons = line.decision.signed, line.decision.reasons
            yield Happened(signed.at, "leave", f"{about}: decided", "", line.decision.outcome.value, reasons, signed.by)


def _sent(of: Of) -> Iterable[Happened]:
    if not of.may(Right.SEE_MESSAGES):
        return
    for line in messages_about(of.school, [of.pupil_id], of.first, of.last):
        if may_read(of.staff, of.school, line.party):
            about, says = f"Written to {line.to_name}", f"{line.subject} ({line.state.label.lower()})"
            yield Happened(line.at, "sent", about, "", says, "", line.by_name)
