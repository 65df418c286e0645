"""What became of handing one message over."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from allpresent.messages.models import Attempt, Message


class Outcome(NamedTuple):
    """The result, what was said about it, and the other side's number for it."""

    result: Attempt.Result
    says: str = ""
    reference: str = ""


class Carrier(Protocol):
    """Something that takes one message at a time."""

    def hand_over(self, message: Message) -> Outcome: ...

    def close(self) -> None: ...
