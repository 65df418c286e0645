"""Passing on what the policy has passed on, and writing down that it was (M-3.1c, M-3.3b, M-3.3c, M-3.3e, M-3.4b)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from django.db import IntegrityError, transaction

from allpresent.core.policy.model.words import Party
from allpresent.core.sharing import What
from allpresent.elsewhere.queries import marks_fed
from allpresent.messages.actions import send
from allpresent.messages.queries import Recipient, recipients_of
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import clock_time, long_day
from allpresent.sharing.models import Share
from allpresent.sharing.queries import Due, due_on

PROGRAM = Signer(None, "Allpresent", "as the policy has it passed on")
_PARENTS = frozenset({Party.PARENT, Party.EACH_PARENT, Party.LIVES_WITH})


def pass_on(school: School, *, now: datetime) -> int:
    """Send what is due of today and of the last school day, each thing once; gives how many were passed on.

    The marks of one session go to one commissioner in one message, once the registers of all its pupils are in.
    Nobody without an address is written to: those stay due, to be told by telephone. Safe at any time.
    """
    today = now.astimezone(LONDON).date()
    days = (*setting_of(school).calendar.previous_school_days(today, 1), today)
    return sum(_pass_on(school, day, now) for day in days)


def tell_by_telephone(*, school: School, due: Due, to: str, by: Signer, now: datetime) -> Share:
    """Write down that somebody said it on the telephone. The same thing again changes nothing."""
    return _log(school, [due], channel=Share.Channel.TELEPHONE, name=to, by=by, now=now)[0]


def leave_out(*, school: School, due: Due, why: str, by: Signer, now: datetime) -> Share:
    """Write down that something is not to be told, and why."""
    return _log(school, [due], channel=Share.Channel.NONE, says=why, by=by, now=now)[0]


def _pass_on(school: School, day: date, now: datetime) -> int:
    due = due_on(school, day, now=now)
    fed = _fed(school, due, day, now)
    to_write = [one for one in due if not one.by_phone and one.key not in fed]
    marks = [one for one in to_write if one.telling.what is What.MARKS]
    others = [one for one in to_write if one.telling.what is not What.MARKS]
    return len(fed) + _send_marks(school, marks, now) + sum(_send_one(school, one, now) for one in others)


def _fed(school: School, due: Iterable[Due], day: date, now: datetime) -> frozenset[str]:
    """The marks that the school which placed the pupil has taken from our register already: they need no message."""
    marks = [one for one in due if one.telling.what is What.MARKS and one.telling.person.ref.startswith("placement:")]
    told = marks_fed({one.pupil.id for one in marks}, day)
    fed = [one for one in marks if (one.pupil.id, one.session.half.value) in told]
    _log(school, fed, channel=Share.Channel.ALLPRESENT, by=PROGRAM, now=now)
    return frozenset(one.key for one in fed)


def _send_marks(school: School, marks: Iterable[Due], now: datetime) -> int:
    """One message for each address and session."""

    def addressed(one: Due) -> tuple:
        return one.session, one.telling.person.email.lower()

    return sum(_send_session(school, list(of), now) for _, of in groupby(sorted(marks, key=addressed), key=addressed))


def _send_session(school: School, of: list[Due], now: datetime) -> int:
    """The marks of one session for one commissioner: when all its registers are in, or those that are when due."""
    due_at = min(one.due_at for one in of)
    ready = [one for one in of if one.telling.ready]
    if not ready or (len(ready) < len(of) and now < due_at):
        return 0
    return _send_ready(school, ready, due_at, now)


def _send_ready(school: School, of: list[Due], due_at: datetime, now: datetime) -> int:
    """One message with the marks of the registers that are in; a register that came in late says so."""
    session, person = of[0].session, of[0].telling.person
    came_in = max((one.taken.at for one in of if one.taken), default=now)
    due = f"; it was due at {clock_time(due_at)}" if came_in > due_at else ""
    fields = {
        "name": person.name,
        "school": school.name,
        "session": f"{session.half.word} of {long_day(session.day)}",
        "lines": "\n".join(f"{one.pupil.name}: {one.says}" for one in sorted(of, key=lambda one: one.pupil.name)),
        "came_in": f"This register came in at {clock_time(came_in)}{due}.",
    }
    pupils = ",".join(str(one.pupil.id) for one in of)
    key = f"marks:{_digest(person.email.lower() + pupils)}:{session.day}:{session.half}"
    to = Recipient(person.name, email=person.email, party=person.party)
    clauses = tuple(dict.fromkeys(clause for one in of for clause in one.telling.clauses))
    return _send(school, of, "marks-of-session", to, fields, key, clauses, None, now)


def _send_one(school: School, one: Due, now: datetime) -> int:
    """A late arrival, or an absence, to one person."""
    to = _recipient(school, one)
    if to is None:
        return 0
    fields = {
        "name": one.telling.person.name,
        "pupil": one.pupil.name,
        "what": one.says,
        "session": f"{one.session.half.word} of {long_day(one.session.day)}",
        "school": school.name,
    }
    parent = one.telling.person.party in _PARENTS
    template = f"{'late' if one.telling.what is What.LATE else 'absence'}-to-{'parent' if parent else 'others'}"
    pupil_id = one.pupil.id if parent else None
    return _send(school, [one], template, to, fields, _digest(one.key), one.telling.clauses, pupil_id, now)


def _recipient(school: School, one: Due) -> Recipient | None:
    """Whom to write to: a parent only as somebody who may be written to about this pupil."""
    person = one.telling.person
    if person.party not in _PARENTS:
        return Recipient(person.name, email=person.email, party=person.party)
    allowed = recipients_of(school, one.pupil.id)
    return next((to for to in allowed if to.name == person.name and to.email == person.email), None)


def _send(school, of: list[Due], template, to, fields, key, clauses, pupil_id, now: datetime) -> int:
    """Queue a message and write it in the log, both or neither."""
    with transaction.atomic():
        sent = send(
            school=school, template=template, to=to, fields=fields, key=key, by=PROGRAM, now=now, pupil_id=pupil_id,
            clauses=clauses, urgent=to.party not in _PARENTS,
        )  # fmt: skip
        if isinstance(sent, Refused):
            return 0
        _log(school, of, channel=sent.channel, by=PROGRAM, now=now, address=sent.address, message_key=key)
    return len(of)


def _log(
    school: School, of: Iterable[Due], *, channel: str, by: Signer, now: datetime, name: str = "", says: str = "",
    address: str = "", message_key: str = ""
) -> list[Share]:  # fmt: skip
    return [_logged(school, one, channel, by, now, name, says, address, message_key) for one in of]


def _logged(school, one: Due, channel, by: Signer, now: datetime, name, says, address, message_key) -> Share:
    person = one.telling.person
    row = Share(
        school=school, pupil_id=one.pupil.id, day=one.session.day, half=one.session.half.value,
        what=one.telling.what.value, ref=person.ref, party=person.party, name=(name or person.name)[:200],
        address=address, channel=channel, code=one.mark.code if one.mark else "", says=(says or one.says)[:300],
        clauses=list(one.telling.clauses), message_key=message_key, key=one.key, at=now, by_id=by.user_id,
        by_name=by.name, by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Share.objects.get(school=school, key=one.key)
    return row


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:40]
