"""The staff list as it is shown: people by name, each with what they hold. Made of loaded facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from allpresent.accounts.queries import Holding
from allpresent.accounts.reach import Reach
from allpresent.accounts.roles import Role
from allpresent.core.policy.words_of import Words
from allpresent.shared.words import plain_day


@dataclass(frozen=True)
class Line:
    """One appointment of a person. `may_change`: within the reach of whoever looks."""

    id: int
    says: str
    days: str
    lacks_group: bool
    teaches: bool
    may_change: bool


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    awaited: bool
    lines: tuple[Line, ...]

    @property
    def may_renew(self) -> int | None:
        """The appointment through which a new password can be made for them."""
        return next((line.id for line in self.lines if line.may_change), None)


@dataclass(frozen=True)
class StaffPage:
    people: tuple[Person, ...]
    former: tuple[Person, ...]


def role_label(role: Role, words: Words) -> str:
    """A role as the school calls it."""
    return words.head[0].upper() + words.head[1:] if role is Role.HEAD else role.label


def staff_page(
    present: Sequence[Holding], former: Sequence[Holding], *, reach: Reach, words: Words, today: date
) -> StaffPage:
    return StaffPage(
        tuple(_people(present, reach, words, today)), tuple(_people(former, Reach(frozenset()), words, today))
    )


def _people(holdings: Sequence[Holding], reach: Reach, words: Words, today: date) -> Iterator[Person]:
    for _, rows in groupby(holdings, key=lambda holding: holding.user_id):
        held = tuple(rows)
        first = held[0]
        lines = tuple(_line(holding, reach, words, today) for holding in held)
        yield Person(first.name, first.email, not first.has_signed_in, lines)


def _line(holding: Holding, reach: Reach, words: Words, today: date) -> Line:
    teaches = holding.role is Role.TEACHER
    return Line(
        id=holding.id,
        says=_says(holding, words),
        days=_days(holding, today),
        lacks_group=teaches and not holding.groups,
        teaches=teaches,
        may_change=not holding.over_trust and reach.holds(holding.role),
    )


def _says(holding: Holding, words: Words) -> str:
    """'Class teacher, 4B', with the role and the groups where the position does not tell them."""
    label = role_label(holding.role, words)
    told = label.lower() in holding.position.lower()
    says = holding.position if told else f"{holding.position} ({label})"
    if holding.over_trust:
        says += ", over the trust"
    untold = [group for group in holding.groups if group not in holding.position]
    return f"{says}: {', '.join(untold)}" if untold else says


def _days(holding: Holding, today: date) -> str:
    begins = "from" if holding.begins <= today else "begins"
    until = f", to {plain_day(holding.ends)}" if holding.ends else ""
    return f"{begins} {plain_day(holding.begins)}{until}"
