"""A parent and their children, as the roll has them. Frozen records, made by `queries.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allpresent.schools.models import School
from allpresent.shared.signer import Signer


@dataclass(frozen=True)
class Child:
    """One child at one school, as the parent stands to them.

    `names` and `relations` are those of the adults who have the parent's address: more than one where a family shares
    it; `contact_ids` are the adults, `link_ids` how each stands to this child. `lives_with`: the child normally lives
    with each of them. `left` is the last day on the register, where it has passed.
    """

    id: int
    called: str
    surname: str
    year_group: str
    school: School
    names: tuple[str, ...]
    relations: tuple[str, ...]
    contact_ids: tuple[int, ...]
    link_ids: tuple[int, ...]
    lives_with: bool
    left: date | None = None

    @property
    def who(self) -> str:
        """'Grace Adeyemi', or 'Grace Adeyemi or Tunde Adeyemi' where they share an address."""
        return " or ".join(self.names)[:200]

    @property
    def relation(self) -> str:
        return " or ".join(dict.fromkeys(self.relations))[:60]

    @property
    def link_id(self) -> int | None:
        """How the one adult of the address stands to the child; None where several share it."""
        return self.link_ids[0] if len(self.link_ids) == 1 else None

    def is_said_by(self, told_by: str, link_id: int | None = None) -> bool:
        """Whether a message is the parent's own, by who said it, else by the name; another adult's is never shown."""
        if link_id is not None:
            return link_id in self.link_ids
        return told_by == self.who or told_by in self.names


@dataclass(frozen=True)
class Parent:
    """Who is there: an address that a code has proved, and the children of it, by name."""

    user_id: int
    email: str
    children: tuple[Child, ...]

    @property
    def on_roll(self) -> tuple[Child, ...]:
        return tuple(child for child in self.children if child.left is None)

    def child(self, id: int) -> Child | None:
        return next((child for child in self.children if child.id == id), None)

    def signer(self, child: Child) -> Signer:
        """The name and the relation written beside what they do about a child."""
        return Signer(self.user_id, child.who, child.relation)
