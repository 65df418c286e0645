"""Queueing one message. Nothing is sent here: the worker does that (`messages/outbox.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from allpresent.core.messages.addresses import is_email
from allpresent.core.messages.channel import Channel
from allpresent.core.messages.merge import MergeProblem
from allpresent.core.messages.wording import LONGEST_SUBJECT, LONGEST_TEXT, Wording
from allpresent.messages.channels.settings_file import INSTALLATION, BadChannels, channels_of
from allpresent.messages.models import Attempt, Message, Standing, State
from allpresent.messages.recipients import Recipient, is_restricted
from allpresent.messages.rules import may_go_at
from allpresent.messages.wordings import wording_of
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer

PROGRAM = Signer(None, "Allpresent", "by itself")


def send(
    *,
    school: School,
    template: str,
    to: Recipient,
    fields: Mapping[str, str],
    key: str,
    by: Signer,
    now: datetime,
    pupil_id: int | None = None,
    clauses: tuple[str, ...] = (),
    urgent: bool = False,
    channel: Channel | None = None,
) -> Message | Refused:
    """Queue one message in the school's words; the same key again gives the same message and changes nothing.

    Without a channel, the template's first that is set up and reaches them; else its first that reaches them.
    Refused: a restricted person, nobody to reach, a field missing or not declared. Where nothing is set up the
    message is kept, for a person. Raises LookupError for no such template, ValueError for a channel not of it.
    (O-B-14.1, O-B-19, M-3.2c)
    """
    wording = wording_of(school, template)
    if channel is not None and channel not in wording.channels:
        raise ValueError(f"{template} does not go by {channel}")
    held = Message.objects.select_related("standing").filter(school=school, key=key).first()
    if held:
        return held
    ways = _ways(school.slug)
    way = channel or _way(wording, to, ways)
    problems = tuple(_problems(school, wording, to, way, pupil_id, fields))
    if problems:
        return Refused(problems)
    subject, body = wording.rendered(fields)
    subject = subject[:LONGEST_SUBJECT]
    message = Message(
        school=school, pupil_id=pupil_id, template=template, channel=way, address=to.at(way),
        to_name=_one_line(to.name), contact_id=to.contact_id, party=to.party, subject=subject, body=body,
        clauses=list(clauses), urgent=urgent, key=key, at=now, by_id=by.user_id, by_name=by.name,
        by_position=by.position,
    )  # fmt: skip
    return _queue(message, set_up=ways is None or way in ways, now=now)


def queue_for_installation(
    *, to: Recipient, subject: str, body: str, key: str, now: datetime, by: Signer = PROGRAM
) -> Message | Refused:
    """Queue an urgent e-mail that is no school's, such as a sign-in code. Refused: a restricted person, no address."""
    if problems := tuple(_cannot_reach(None, to, Channel.EMAIL, None)):
        return Refused(problems)
    message = Message(
        channel=Channel.EMAIL, address=to.at(Channel.EMAIL), to_name=_one_line(to.name), contact_id=to.contact_id,
        party=to.party, subject=_one_line(subject)[:LONGEST_SUBJECT], body=body, urgent=True, key=key, at=now,
        by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    ways = _ways(INSTALLATION)
    return _queue(message, set_up=ways is None or Channel.EMAIL in ways, now=now)


def _ways(slug: str) -> frozenset[Channel] | None:
    """What is set up; None when the file cannot be read: what waits is sent when it has been mended."""
    try:
        return channels_of(slug).ways
    except BadChannels:
        return None


def _way(wording: Wording, to: Recipient, ways: frozenset[Channel] | None) -> Channel:
    reaching = [channel for channel in wording.channels if to.at(channel)] or list(wording.channels)
    return next((channel for channel in reaching if channel in (ways or ())), reaching[0])


def _problems(
    school: School, wording: Wording, to: Recipient, way: Channel, pupil_id: int | None, fields: Mapping[str, str]
) -> Iterator[Problem]:
    yield from _cannot_reach(school, to, way, pupil_id)
    try:
        _, body = wording.rendered(fields)
    except MergeProblem as problem:
        yield Problem(problem.field, str(problem))
        return
    if way is Channel.TEXT and len(body) > LONGEST_TEXT:
        yield Problem("", f"The text message is {len(body)} characters long; at most {LONGEST_TEXT} fit.")


def _cannot_reach(school: School | None, to: Recipient, way: Channel, pupil_id: int | None) -> Iterator[Problem]:
    address = to.at(way)
    if not address or (way is Channel.EMAIL and not is_email(address)):
        what = {Channel.EMAIL: "e-mail address", Channel.TEXT: "mobile number", Channel.POST: "postal address"}[way]
        yield Problem("to", f"{to.name} has no {what} that can be written to.")
    elif is_restricted(school, pupil_id, contact_id=to.contact_id, channel=way, address=address):
        yield Problem("to", f"{to.name} has a restriction, or shares this address with somebody who has. Do not write.")


def _queue(message: Message, *, set_up: bool, now: datetime) -> Message:
    """Keep the message and where it stands in one transaction; a twin that came first stands instead."""
    not_before = may_go_at(message.school, now, urgent=message.urgent)
    try:
        with transaction.atomic():
            message.save()
            state = State.WAITING if set_up else State.KEPT
            message.standing = Standing.objects.create(message=message, state=state, not_before=not_before)
            if not set_up:
                note(message, Attempt.Result.KEPT, now=now)
    except IntegrityError:
        return Message.objects.select_related("standing").get(school=message.school, key=message.key)
    return message


def note(
    message: Message,
    result: Attempt.Result,
    says: str = "",
    *,
    now: datetime,
    by: Signer = PROGRAM,
    reference: str = "",
) -> None:
    """Write down one thing that happened to a message."""
    Attempt.objects.create(
        message=message, result=result, says=says[:500], reference=reference[:200], at=now, by_id=by.user_id,
        by_name=by.name, by_position=by.position,
    )  # fmt: skip


def _one_line(text: str) -> str:
    return " ".join(text.split())
