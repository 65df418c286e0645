"""Members of staff whose word is asked for at the gate: who may confirm, who may agree, whom to fetch."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from allpresent.accounts.queries import Holding, staff_of
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.schools.models import School


class Words(NamedTuple):
    """A member of staff as a choice of a form: `ref` is the form's value."""

    ref: str
    says: str


class Deciders(NamedTuple):
    """`confirm`: may let a child go with somebody unlisted. `agree`: may agree that one goes home ill. `fetch`: DSL."""

    confirm: tuple[Words, ...]
    agree: tuple[Words, ...]
    fetch: tuple[str, ...]


def deciders(school: School, day: date) -> Deciders:
    """Who may say what on a day: two queries. Where there is no DSL on the list, those who may decide are fetched."""
    held = tuple(holding for holding in staff_of(school, day) if holding.begins <= day)
    confirm = _of(held, Right.DECIDE_WELFARE)
    leads = tuple(_words(one).says for one in held if one.role is Role.DSL)
    return Deciders(
        confirm, _of(held, Right.DECIDE_WELFARE, Right.SIGN_OUT), leads or tuple(one.says for one in confirm)
    )


def _of(held: tuple[Holding, ...], *rights: Right) -> tuple[Words, ...]:
    """Each person once, whatever they hold, by name."""
    found = {one.user_id: _words(one) for one in reversed(held) if one.role.rights & set(rights)}
    return tuple(sorted(found.values(), key=lambda words: words.says.casefold()))


def _words(holding: Holding) -> Words:
    return Words(f"staff-{holding.user_id}", f"{holding.name}, {holding.position}")
