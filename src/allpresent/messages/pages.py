"""What the pages of messages show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from allpresent.core.messages.channel import Channel
from allpresent.core.messages.wording import Wording
from allpresent.messages.board import SHOWN
from allpresent.messages.models import Attempt, Message, State, TemplateVersion
from allpresent.messages.queries import Pass
from allpresent.people.queries import RollPupil

SILENT_AFTER = timedelta(minutes=5)
"""A worker that has not gone round for so long does not run."""


class Line(NamedTuple):
    """One message of a list. `child` and `restriction` come first; None where it is about nobody."""

    id: int
    child: str
    pupil_id: int | None
    restriction: str
    to: str
    channel: str
    subject: str
    state: State
    at: datetime
    not_before: datetime
    went_at: datetime | None
    says: str


class Part(NamedTuple):
    """The messages of one kind: how many there are, and the newest of them."""

    key: str
    heading: str
    nothing: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class OutboxPage:
    """What needs a person first, then what is kept, what waits and what went today. `warnings`: what hinders."""

    parts: tuple[Part, ...]
    warnings: tuple[str, ...]

    @property
    def needing(self) -> int:
        return self.parts[0].count


_PARTS = (
    ("person", "Needs a person", "Nothing: every message got through.", (State.FAILED, State.UNCERTAIN)),
    ("kept", "Kept to be passed on by hand", "Nothing is kept.", (State.KEPT,)),
    ("waiting", "Waiting to go", "Nothing waits.", (State.WAITING, State.SENDING)),
    ("sent", "Sent today", "Nothing was sent today yet.", (State.SENT,)),
    ("cancelled", "Cancelled today", "Nothing was cancelled.", (State.CANCELLED,)),
)


def outbox_page(
    messages: Iterable[Message],
    says: Mapping[int, str],
    children: Mapping[int, RollPupil],
    *,
    may_read: Callable[[str], bool],
    warnings: Iterable[str],
) -> OutboxPage:
    """The outbox; what this person may not read is counted and not shown."""
    held = list(messages)
    parts = []
    for key, heading, nothing, states in _PARTS:
        of_part = [message for message in held if message.state in states]
        shown = [message for message in of_part if may_read(message.party)][:SHOWN]
        lines = tuple(_line(message, says.get(message.id, ""), children) for message in shown)
        parts.append(Part(key, heading, nothing, len(of_part), lines))
    return OutboxPage(tuple(parts), tuple(warnings))


def _line(message: Message, says: str, children: Mapping[int, RollPupil]) -> Line:
    child = children.get(message.pupil_id or 0)
    name = child.name if child else str(message.pupil or "")
    standing = message.standing
    return Line(
        message.id, name, message.pupil_id, child.restriction if child else "", message.to_name,
        Channel(message.channel).label, message.subject, message.state, message.at, standing.not_before,
        standing.went_at, says,
    )  # fmt: skip


def warnings_of(
    *, ways: Collection[Channel] | None, left: int | None, beat: Pass | None, waiting: bool, now: datetime
) -> Iterable[str]:
    """What keeps messages from going, a sentence each. `ways` None: the file of channels cannot be used."""
    if ways is None:
        yield "The settings of the channels cannot be read, so nothing goes. Tell whoever looks after the server."
    elif missing := [channel.label.lower() for channel in Channel if channel not in ways]:
        yield f"Not set up here: {', '.join(missing)}. Such messages are kept to be passed on by hand."
    if left == 0:
        yield "As many messages have gone today as the policy allows. Only what is urgent goes before tomorrow."
    if waiting and (beat is None or now - beat.at > SILENT_AFTER):
        yield "The program that sends messages is not running. Tell whoever looks after the server."


@dataclass(frozen=True)
class MessagePage:
    """One message, what happened to it, and what can be done with it."""

    message: Message
    attempts: tuple[Attempt, ...]
    restrictions: tuple[str, ...]
    doubtful: bool

    @property
    def can_go_again(self) -> bool:
        return self.message.state in (State.FAILED, State.UNCERTAIN, State.KEPT)

    @property
    def can_be_ended(self) -> bool:
        return self.can_go_again or self.message.state is State.WAITING

    @property
    def channel(self) -> str:
        return Channel(self.message.channel).label


class WordingLine(NamedTuple):
    """One template of the list."""

    wording: Wording
    own: bool


@dataclass(frozen=True)
class WordingPage:
    """One template in the words that hold, as it would look, and the words before."""

    wording: Wording
    program: Wording
    preview_subject: str
    preview_body: str
    versions: tuple[TemplateVersion, ...]

    @property
    def is_own(self) -> bool:
        return bool(self.versions)


def wording_page(
    wording: Wording, program: Wording, shown: Wording, versions: Iterable[TemplateVersion]
) -> WordingPage:
    """`shown`: the words to preview, whose fields are all declared."""
    subject, body = shown.rendered(samples_for(program))
    return WordingPage(wording, program, subject, body, tuple(versions))


SAMPLES = {
    "pupil": "Tolu Adeyemi", "child": "Tolu", "parent": "Grace Adeyemi", "name": "Grace Adeyemi",
    "school": "Hillside School", "day": "Tuesday 15 September 2026", "date": "15 September 2026", "time": "9:20",
    "group": "4B", "phone": "01672 500000", "session": "the morning of 15 September 2026",
}  # fmt: skip
"""Values to show a template with, by the names that fields often have."""


def samples_for(wording: Wording) -> dict[str, str]:
    """A value for each field: the template's own sample, a common one, else the field's name in words."""
    common = {field: SAMPLES.get(field, f"[{field.replace('_', ' ')}]") for field in wording.fields}
    return common | dict(wording.samples)
