"""Sending what is due, one message at a time, for one school (None: for the installation)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType

from allpresent.core.calendar.london import wall_clock
from allpresent.core.messages.channel import Channel
from allpresent.core.messages.effort import room_left
from allpresent.messages.channels.outcome import Carrier, Outcome
from allpresent.messages.channels.settings_file import INSTALLATION, Channels, channels_of
from allpresent.messages.channels.smtp import SmtpCarrier
from allpresent.messages.claims import claim_next, release
from allpresent.messages.models import Attempt, Message, Standing
from allpresent.messages.recipients import is_restricted
from allpresent.messages.rules import policy_for, start_of_day
from allpresent.schools.models import School

RESTRICTED = "A restriction was found just before sending. Nothing was sent."


class Outbox:
    """The ways out of one school, opened when they are needed. `with Outbox(school) as outbox: ...` closes them.

    Raises BadChannels where the file of channels cannot be used: then nothing is touched.
    """

    def __init__(self, school: School | None) -> None:
        self.school = school
        self.carriers = carriers(channels_of(school.slug if school else INSTALLATION))

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for carrier in {id(carrier): carrier for carrier in self.carriers.values()}.values():
            carrier.close()

    def send_next(self, *, now: datetime) -> bool:
        """Send the next message that is due; False when none is. On a day that is full, what is urgent still goes."""
        message = claim_next(self.school, now=now, urgent_alone=not left_today(self.school, now=now))
        if message is None:
            return False
        release(message, self._send(message), now=now)
        return True

    def _send(self, message: Message) -> Outcome:
        channel = Channel(message.channel)
        if is_restricted(
            message.school, message.pupil_id, contact_id=message.contact_id, channel=channel, address=message.address
        ):
            return Outcome(Attempt.Result.HELD, RESTRICTED)
        carrier = self.carriers.get(channel)
        return carrier.hand_over(message) if carrier else Outcome(Attempt.Result.KEPT)


def carriers(channels: Channels) -> Mapping[Channel, Carrier]:
    """Who takes the messages of each channel that is set up."""
    found: dict[Channel, Carrier] = {}
    if channels.smtp:
        found[Channel.EMAIL] = SmtpCarrier(channels.smtp)
    if channels.notify:
        from allpresent.messages.channels.notify import NotifyCarrier  # its client is slow to load, and seldom set up

        notify = NotifyCarrier(channels.notify)
        found |= {way: notify for way in (Channel.TEXT, Channel.POST) if way in channels.ways}
    return found


def left_today(school: School | None, *, now: datetime) -> int:
    """How many more messages may go today. Raises PolicyProblem where no policy can be read."""
    day, _ = wall_clock(now)
    gone = Standing.objects.filter(message__school=school, went_at__gte=start_of_day(now), tried__gt=0).count()
    return room_left(gone, policy_for(school, day).most_messages_a_day)
