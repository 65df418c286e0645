"""What the page of the mailbox shows, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from allpresent.absences.mailbox.guess import own_words
from allpresent.absences.queries import MailboxState, MailLine
from allpresent.people.queries import RollPupil, Tie

BEGINNING = 240


class About(NamedTuple):
    """A pupil on the roll whose contact has the sender's address."""

    pupil: RollPupil
    tie: Tie


class MailRow(NamedTuple):
    """An e-mail and whom it may be about."""

    line: MailLine
    about: tuple[About, ...]

    @property
    def begins(self) -> str:
        """The first words, on one line."""
        words = " ".join(own_words(self.line.text).split())
        return words if len(words) <= BEGINNING else f"{words[:BEGINNING]} …"


@dataclass(frozen=True)
class MailPage:
    """What waits, how much more waits, what asks for nobody, and how it stands with the mailbox."""

    rows: tuple[MailRow, ...]
    waits: int
    passed_over: tuple[MailLine, ...]
    state: MailboxState

    @property
    def later(self) -> int:
        """How many come after those shown."""
        return self.waits - len(self.rows)


def mail_page(
    waiting: Iterable[MailLine],
    *,
    waits: int,
    ties: Mapping[str, tuple[Tie, ...]],
    pupils: Iterable[RollPupil],
    passed_over: tuple[MailLine, ...],
    state: MailboxState,
) -> MailPage:
    """`ties` by address in small letters; `pupils` are those on the roll."""
    on_roll = {pupil.id: pupil for pupil in pupils}
    rows = (MailRow(line, tuple(_about(ties.get(line.from_address, ()), on_roll))) for line in waiting)
    return MailPage(tuple(rows), waits, passed_over, state)


def _about(ties: Iterable[Tie], on_roll: Mapping[int, RollPupil]) -> Iterator[About]:
    return (About(on_roll[tie.pupil_id], tie) for tie in ties if tie.pupil_id in on_roll)
