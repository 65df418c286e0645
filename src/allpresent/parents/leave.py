"""Leave as a parent asks for it and follows it: the policy's grounds in plain words, and their own requests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.leave.deciding import Outcome
from allpresent.core.leave.grounds import leave_of, offers
from allpresent.core.leave.notice import latest_day_before
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.policy import Policy
from allpresent.leave.lines import WAITING, WITHDRAWN, RequestLine, span_words
from allpresent.leave.models import Request
from allpresent.parents.family import Child
from allpresent.schools.queries import Setting

_IN_PLAIN_WORDS = {
    "regulated-performance": "Performing, modelling or sport that needs a licence",
    "regulated-employment-abroad": "Licensed work abroad",
    "medical-or-dental-appointment": "Doctor, dentist or hospital",
    "interview": "An interview for a job, a school or a college",
    "study-leave": "Study leave before an examination",
    "exceptional-circumstances": "Something exceptional, such as a family emergency or a funeral",
    "holiday": "A holiday",
    "religious-observance": "More days for a religious occasion",
}
_SAID = {
    WAITING: "Not decided yet",
    WITHDRAWN: "Taken back",
    Outcome.GRANTED.value: "Given",
    Outcome.SHORTER.value: "Given for fewer days",
    Outcome.REFUSED.value: "Not given",
}


class Wish(NamedTuple):
    """What a parent asks: on which ground, from which session to which, and why."""

    ground: str
    first: Session
    last: Session
    why: str

    def is_kept_as(self, row: Request) -> bool:
        """Whether a request holds exactly this, whenever it was asked."""
        held = (row.ground, row.first_day, row.first_half, row.last_day, row.last_half, row.why)
        return held == (self.ground, *self.first, *self.last, self.why)


class Ground(NamedTuple):
    """A ground in plain words; `note` is what the policy says of it."""

    id: str
    words: str
    note: str


class Asked(NamedTuple):
    """One of the parent's own requests: for which days, what became of it, what the school wrote."""

    what: str
    days: str
    state: str
    given: str
    reasons: str


def policy_of(setting: Setting, day: date) -> Policy | None:
    try:
        return setting.policy_on(day)
    except PolicyProblem:
        return None


def grounds(policy: Policy | None) -> tuple[Ground, ...]:
    """What leave may be asked for, by the policy; a part-time timetable is agreed in a talk, not asked for here."""
    found = offers(policy) if policy else ()
    return tuple(
        Ground(offer.rule.id, _IN_PLAIN_WORDS.get(offer.rule.id, offer.rule.name), offer.note)
        for offer in found
        if not offer.rule.is_part_time
    )


class Ahead(NamedTuple):
    """How long before leave should be asked for, in words, and the first day for which today is in time."""

    words: str
    clauses: tuple[str, ...]


def ahead_of(policy: Policy | None) -> Ahead | None:
    """The notice that the policy asks for; None where it names none (M-5.1d, O-B-6.4.4)."""
    span = leave_of(policy).ahead if policy else None
    return Ahead(str(span), policy.why("leave.ahead")) if policy and span else None


def is_late(setting: Setting, policy: Policy | None, first: date, today: date) -> bool:
    """Whether a request made today is later than the policy asks; it is kept all the same."""
    span = leave_of(policy).ahead if policy else None
    latest = latest_day_before(first, span, setting.calendar) if span else None
    return latest is not None and today > latest


def asked_by(child: Child, lines: Iterable[RequestLine]) -> tuple[Asked, ...]:
    """The parent's own requests, newest first; another adult's is not shown."""
    own = [line for line in lines if child.is_said_by(line.told_by, line.contact_id)]
    return tuple(_asked(line) for line in sorted(own, key=lambda line: line.asked_at, reverse=True))


def _asked(line: RequestLine) -> Asked:
    given = span_words(line.given) if line.given and line.given != line.span else ""
    reasons = line.decision.reasons if line.decision and not line.withdrawal else ""
    what = _IN_PLAIN_WORDS.get(line.ground, line.rule.name)
    return Asked(what, span_words(line.span), _SAID[line.state], given, reasons)
