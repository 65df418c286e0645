"""What other rooms read of messages: whom one may write to, what was written, what is stuck."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q

from allpresent.core.calendar.london import at
from allpresent.core.messages.addresses import plain_address
from allpresent.core.messages.channel import Channel
from allpresent.messages.channels.settings_file import channels_of
from allpresent.messages.models import Attempt, Heartbeat, Message, Standing, State
from allpresent.messages.recipients import Recipient, addresses
from allpresent.people.queries.reach import Reached, adults_around_each
from allpresent.schools.models import School

STUCK_AFTER = timedelta(minutes=10)
"""A message that could have gone for longer than this is stuck: no worker runs, or it cannot get on."""
ASKS_A_PERSON = (State.FAILED, State.UNCERTAIN)


class Sent(NamedTuple):
    """One message as it stands. `went_at` None: it has not gone."""

    id: int
    pupil_id: int | None
    template: str
    channel: Channel
    to_name: str
    party: str
    subject: str
    body: str
    clauses: tuple[str, ...]
    state: State
    at: datetime
    by_name: str
    went_at: datetime | None


class Stuck(NamedTuple):
    """How many messages of a school wait too long, and how many need a person."""

    school_id: int | None
    waiting: int
    needing_a_person: int


class Pass(NamedTuple):
    """When the worker last went round, and how many of its passes failed."""

    at: datetime
    failed: int


def recipients_of(school: School, pupil_id: int) -> tuple[Recipient, ...]:
    """The parents who may be written to about a pupil, in calling order: two queries.

    Nobody with a restriction is among them, and no address that is also a restricted adult's.
    """
    return recipients_of_each(school, [pupil_id])[pupil_id]


def recipients_of_each(school: School, pupil_ids: Collection[int]) -> dict[int, tuple[Recipient, ...]]:
    """As `recipients_of`, of many pupils: two queries, however many."""
    parents = {pupil_id: _free(adults) for pupil_id, adults in adults_around_each(pupil_ids).items()}
    doubtful = doubtful_addresses(
        school, [to.at(channel) for of in parents.values() for to in of for channel in Channel]
    )
    return {pupil_id: tuple(_doubted(to, doubtful) for to in of) for pupil_id, of in parents.items()}


def _free(adults: Iterable[Reached]) -> tuple[Recipient, ...]:
    """The parents without a restriction, with the addresses that are no restricted adult's."""
    held = tuple(adults)
    barred = {
        channel: frozenset().union(*(addresses(adult, channel) for adult in held if adult.restricted))
        for channel in Channel
    }
    return tuple(_recipient(adult, barred) for adult in held if adult.is_parent and not adult.restricted)


def _doubted(to: Recipient, doubtful: frozenset[str]) -> Recipient:
    return to._replace(doubtful=tuple(to.at(channel) for channel in Channel if to.at(channel) in doubtful))


def _recipient(adult: Reached, barred: dict[Channel, frozenset[str]]) -> Recipient:
    def free(channel: Channel, address: str) -> str:
        return "" if plain_address(channel, address) in barred[channel] else address

    return Recipient(
        adult.name, free(Channel.EMAIL, adult.email), free(Channel.TEXT, adult.mobile),
        free(Channel.POST, adult.address), adult.contact_id,
    )  # fmt: skip


def doubtful_addresses(school: School, asked: Iterable[str]) -> frozenset[str]:
    """Those of some addresses that were refused or came back when they were last used: one query."""
    told = Attempt.objects.filter(
        message__school=school, message__address__in=[address for address in asked if address],
        result__in=Attempt.ABOUT_THE_ADDRESS,
    )  # fmt: skip
    last = dict(told.order_by("id").values_list("message__address", "result"))
    return frozenset(address for address, result in last.items() if result in Attempt.DOUBTS)


def messages_about(school: School, pupil_ids: Collection[int], first: date, last: date) -> tuple[Sent, ...]:
    """What was written about some pupils from one day to another, oldest first: one query."""
    asked = Q(at__gte=at(first, time()), at__lt=at(last + timedelta(days=1), time()))
    rows = Message.objects.filter(asked, school=school, pupil__in=pupil_ids).select_related("standing")
    return tuple(map(sent, rows.order_by("at", "id")))


def sent(row: Message) -> Sent:
    """A message with its standing, as other rooms read it."""
    return Sent(
        row.id, row.pupil_id, row.template, Channel(row.channel), row.to_name, row.party, row.subject, row.body,
        tuple(row.clauses), row.state, row.at, row.by_name, row.standing.went_at,
    )  # fmt: skip


def stuck(school: School, *, now: datetime) -> Stuck:
    """What of a school's messages does not get on: two counts."""
    of_school = Standing.objects.filter(message__school=school)
    waiting = of_school.filter(state__in=(State.WAITING, State.SENDING), not_before__lt=now - STUCK_AFTER).count()
    return Stuck(school.id, waiting, of_school.filter(state__in=ASKS_A_PERSON).count())


def last_pass(name: str = "worker") -> Pass | None:
    """When the worker last went round; None: never."""
    beat = Heartbeat.objects.filter(name=name).first()
    return Pass(beat.at, beat.failed) if beat else None


def schools_due(*, now: datetime) -> tuple[School | None, ...]:
    """The schools that have a message to send now, None for the installation: two queries."""
    due = Standing.objects.filter(state=State.WAITING, not_before__lte=now).values_list("message__school", flat=True)
    ids = set(due.distinct())
    schools = tuple(School.objects.filter(id__in=ids - {None}).order_by("id"))
    return (None, *schools) if None in ids else schools


def ways_of(school: School) -> frozenset[Channel]:
    """The channels that are set up for a school. Raises BadChannels."""
    return channels_of(school.slug).ways
