"""Asking for leave, and taking the request back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.core.leave.deciding import Span
from allpresent.core.leave.grounds import offers
from allpresent.leave.actions.giving_back import give_back_after
from allpresent.leave.actions.keeping import alone, keep, kept_before, sign
from allpresent.leave.lines import RequestLine, span_of
from allpresent.leave.models import Decision, Request, Withdrawal
from allpresent.leave.weighing import sessions_in
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import moment, plain_day

ON_ITS_OWN_PAGE = "A part-time timetable is agreed on a page of its own, not asked for here."
WITHDRAWN = "This request has been taken back already."


@dataclass(frozen=True)
class Asked:
    """Leave as somebody asks for it: on which ground or wish, from when to when, in whose words. `asked_at` is UTC.

    `contact_id` is the child's contact who asked (`PupilContact.id`), None for anybody else.
    """

    ground: str
    first: Session
    last: Session
    why: str
    told_by: str
    relation: str
    contact_id: int | None
    channel: str
    asked_at: datetime


def ask_leave(
    *, school: School, pupil: RollPupil, asked: Asked, key: str, by: Signer, now: datetime
) -> Request | Refused:
    """Keep a request as it was made. The same call again changes nothing; Refused says what cannot be.

    Late requests are kept like any other, and told of (M-5.1d, O-B-6.4.4); grounds are the policy's (M-5.1a, O-B-6.1).
    """
    row = Request(
        school=school, pupil_id=pupil.id, ground=asked.ground, first_day=asked.first.day,
        first_half=asked.first.half.value, last_day=asked.last.day, last_half=asked.last.half.value,
        why=asked.why.strip(), told_by=asked.told_by, relation=asked.relation, contact_id=asked.contact_id,
        channel=asked.channel, asked_at=asked.asked_at, key=key, at=now, **sign(by),
    )  # fmt: skip
    if held := kept_before(row):
        return held
    problems = tuple(_problems(school, pupil, asked, now))
    return Refused(problems) if problems else keep(row)


def _problems(school: School, pupil: RollPupil, asked: Asked, now: datetime) -> Iterator[Problem]:
    grounds = {offer.rule.id: offer.rule for offer in offers(setting_of(school).policy_on(wall_clock(now)[0]))}
    if asked.ground not in grounds:
        yield Problem("ground", "The policy gives no leave on this ground. Choose one that it names.")
    elif grounds[asked.ground].is_part_time:
        yield Problem("ground", ON_ITS_OWN_PAGE)
    if not asked.why.strip():
        yield Problem("why", "Say what the leave is for, in a few words.")
    if asked.asked_at > now:
        yield Problem("asked_on", f"{moment(asked.asked_at)} has not come yet. Give the day when it was asked.")
    if asked.last < asked.first:
        yield Problem("last", "The last session comes before the first. Correct one of the days.")
    elif on_roll := pupil_on_roll(school, pupil.id, asked.first.day):
        if not sessions_in(school, on_roll, Span(asked.first, asked.last)):
            yield Problem("first", "The school does not meet between these days, so no leave is needed.")
    else:
        yield Problem("first", f"{pupil.name} is not on the roll on {plain_day(asked.first.day)}. Check the day.")


def withdraw_leave(
    *, school: School, pupil: RollPupil, line: RequestLine, told_by: str, why: str, key: str, by: Signer, now: datetime
) -> Withdrawal | Refused:
    """Keep that a request was taken back. Of leave that was given, the sessions still to come are given back."""
    row = Withdrawal(request_id=line.id, told_by=told_by, why=why, key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    if line.withdrawal:
        return refused("", WITHDRAWN)

    def give_back() -> None:
        alone(line.id)
        decision = Decision.objects.filter(request_id=line.id).first()
        if decision and (given := span_of(decision)):
            reason = f"Leave taken back: {told_by}"
            give_back_after(school, pupil, given, decision.code, reason=reason, by=by, now=now)

    return keep(row, taken=WITHDRAWN, also=give_back)
