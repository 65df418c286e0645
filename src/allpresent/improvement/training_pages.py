"""Presenters of training: who stands how, by role and by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from allpresent.accounts.pages import role_label
from allpresent.core.improvement import Held, State, TrainingNeed
from allpresent.core.policy.words_of import Words
from allpresent.figures.files import Cell
from allpresent.improvement.models import Training
from allpresent.improvement.permissions import audience_roles
from allpresent.improvement.queries import TrainingLine
from allpresent.improvement.trained import MemberLine, Trained
from allpresent.shared.words import count_of, plain_day

NEW_TRAINING = {
    "title": "Record training",
    "intro": "Once for everyone who was there. The topics are those that the policy asks for.",
    "button": "Record it",
    "back": ("training", {}),
}
TONES = {State.OVERDUE: "owed", State.DUE: "open", State.HAD: "in", State.OPEN: "soon"}


class RoleRow(NamedTuple):
    """One role: its label, and the counts of `RoleLine`."""

    label: str
    counts: tuple[tuple[int, int, int], ...]


class TrainingPage(NamedTuple):
    """`members`: everyone, or those who owe something; `owing`: how many that is.

    `unread`: statements from whose words nobody could be told.
    """

    needs: tuple[TrainingNeed, ...]
    unread: tuple[TrainingNeed, ...]
    roles: tuple[RoleRow, ...]
    members: tuple[MemberLine, ...]
    records: tuple[TrainingLine, ...]
    show: str
    overdue: int
    owing: int
    of: int

    @property
    def headline(self) -> str:
        if not self.needs:
            return "The policy asks for no training"
        if self.overdue:
            return f"{self.overdue} of {count_of(self.of, 'member of staff', 'members of staff')} are overdue"
        if self.owing:
            return f"Training is due for {self.owing} of {count_of(self.of, 'member of staff', 'members of staff')}"
        return "Everyone’s training is up to date"


def training_page(found: Trained, words: Words, show: str) -> TrainingPage:
    owing = tuple(line for line in found.members if line.owes(State.OVERDUE, State.DUE))
    return TrainingPage(
        found.needs,
        tuple(need for need in found.needs if not audience_roles(need.audience)),
        tuple(RoleRow(role_label(row.role, words), row.counts) for row in found.roles),
        owing if show == "owing" else found.members,
        found.records,
        show,
        found.count(State.OVERDUE),
        len(owing),
        len(found.members),
    )


def stand_words(held: Held | None) -> str:
    """How somebody stands with one statement, in words."""
    if held is None:
        return "not asked"
    due = f" by {plain_day(held.due_on)}" if held.due_on else ""
    if held.state is State.HAD:
        return f"had {plain_day(held.last)}" + (f", again{due}" if due else "")
    if held.last:
        return f"overdue since {plain_day(held.due_on)}"
    return f"{held.state}{due if held.state is State.DUE else ''}: never had {', '.join(held.missing)}"


def tone(held: Held | None) -> str:
    return TONES[held.state] if held else "soon"


def topics(needs: Iterable[TrainingNeed]) -> list[tuple[str, str]]:
    """The topics of every statement, once each, with whom they are for."""
    found: dict[str, str] = {}
    for need in needs:
        for topic in need.topics:
            found.setdefault(topic, need.who)
    return [(topic, f"{topic[0].upper()}{topic[1:]} ({who})") for topic, who in found.items()]


def training_table(found: Trained) -> Iterator[list[Cell]]:
    """Everyone by name against every statement, for a file."""
    heads = [f"{need.who}, {need.how_often}" for need in found.needs]
    yield ["Name", "Position", *(f"{head}: {what}" for head in heads for what in ("state", "last had", "due by"))]
    for line in found.members:
        cells = (cell for held in line.stands for cell in _cells(held))
        yield [line.member.name, line.member.position, *cells]


def _cells(held: Held | None) -> tuple[Cell, Cell, Cell]:
    if held is None:
        return "not asked", None, None
    return held.state.value, _day(held.last), _day(held.due_on)


def _day(day: object) -> str | None:
    return str(day) if day else None


def strike(held: Training) -> dict[str, object]:
    """The form that strikes out a record."""
    return {
        "title": f"Strike out: {held.title}",
        "intro": f"Held on {plain_day(held.on_day)}, recorded for {len(held.staff)}. It stays, and counts for nobody.",
        "button": "Strike it out",
        "back": ("training", {}),
    }
