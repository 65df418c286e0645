"""How far a person's giving and taking away of roles goes: never further than what they hold themselves."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.accounts.staff import Staff
from allpresent.schools.models import School

OVER_TRUSTS = frozenset({Role.TRUST_LEADER})
"""Roles that are held over a trust, and never at one school."""


class Reach(NamedTuple):
    """The rights that somebody may hand on, and whether they may do so over a whole trust."""

    rights: frozenset[Right]
    over_trusts: bool = False

    def holds(self, role: Role) -> bool:
        """Whether every right of the role is theirs too."""
        return role.rights <= self.rights

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that may be given at a school."""
        return tuple(role for role in Role if role not in OVER_TRUSTS and self.holds(role))


SERVER = Reach(frozenset(Right), over_trusts=True)
"""Whoever looks after the server appoints the first head and the trust's leaders."""


def reach_at(staff: Staff, school: School) -> Reach:
    """What a member of staff may hand on at a school."""
    return Reach(frozenset().union(*(held.role.rights for held in staff.at(school))))
