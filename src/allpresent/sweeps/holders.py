"""Whose it is: the people who hold a role at a school today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.accounts.queries import not_ended
from allpresent.accounts.roles import Role
from allpresent.core.watch import Step
from allpresent.schools.models import School
from allpresent.sweeps.found import Found


class Holder(NamedTuple):
    """A member of staff who can be written to, and the position that they hold."""

    user_id: int
    name: str
    email: str
    position: str


@dataclass(frozen=True)
class Holders:
    """Who holds which role, and who teaches which group."""

    rows: tuple[tuple[Holder, Role, int | None], ...]

    def whom(self, found: Found, step: Step) -> tuple[Holder, ...]:
        """Whom a thing concerns at a step, each once. Where nobody holds the first roles, the next are told at once."""
        rule = found.rule
        if step is Step.NEXT:
            return self._of(rule.then)
        teachers = self._teachers(found.group_id) if rule.teacher else ()
        return tuple(dict.fromkeys((*teachers, *self._of(rule.first)))) or self._of(rule.then)

    def _of(self, roles: Iterable[Role]) -> tuple[Holder, ...]:
        wanted = tuple(roles)
        found = sorted(
            ((wanted.index(role), holder) for holder, role, _ in self.rows if role in wanted), key=lambda one: one[0]
        )
        return tuple({holder.user_id: holder for _, holder in reversed(found)}.values())[::-1]

    def _teachers(self, group_id: int | None) -> tuple[Holder, ...]:
        return tuple(
            holder for holder, role, group in self.rows if role is Role.TEACHER and group and group == group_id
        )


def holders(school: School, day: date) -> Holders:
    """The staff of a school in post on a day: one query."""
    rows = not_ended(day).filter(school=school, begins__lte=day, user__is_active=True)
    fields = ("user_id", "user__name", "user__email", "position", "role", "groups")
    found = rows.order_by("user__name", "id").values_list(*fields)
    return Holders(tuple((Holder(*person), Role(role), group) for *person, role, group in found))
