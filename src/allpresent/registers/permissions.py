"""Questions of permission that need more than a right at the school."""

from __future__ import annotations

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.schools.models import Group, School


def may_take(staff: Staff, school: School, group: Group) -> bool:
    """A class teacher takes her own groups' registers; the office and others take any."""
    return staff.may_with_group(Right.TAKE_REGISTER, school, group.id)


def may_see(staff: Staff, school: School, group: Group) -> bool:
    return staff.may_with_group(Right.SEE_REGISTERS, school, group.id)
