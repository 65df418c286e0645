"""Who may decide on leave here: the post that the policy names, read as a role of the staff list."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.roles import RIGHTS, Role
from allpresent.accounts.staff import Staff
from allpresent.core.leave.consulting import party_words
from allpresent.core.leave.grounds import leave_of
from allpresent.core.leave.part_time import part_time_of
from allpresent.core.policy.policy import Policy
from allpresent.schools.models import School

POSTS = {
    "attendance-lead": Role.ATTENDANCE_LEAD,
    "senior-leader": Role.ATTENDANCE_LEAD,
    "attendance-officer": Role.ATTENDANCE_OFFICER,
    "safeguarding-lead": Role.DSL,
    "office": Role.OFFICE,
    "class-teacher": Role.TEACHER,
}
"""Posts of policies that are not the head's. Any other (principal, education director) is read as the head."""


class Deciders(NamedTuple):
    """Who decides: roles of the staff list, the policy's own words for them, and its clauses."""

    roles: frozenset[Role]
    words: str
    clauses: tuple[str, ...]


def deciders(policy: Policy, *, part_time: bool = False) -> Deciders:
    """Who decides on leave, or on part-time timetables where the policy names somebody else for those. (M-5.1b)

    Where it names nobody, whoever holds the right to decide on leave.
    """
    own = part_time_of(policy).decided_by if part_time else ()
    posts, path = (own, "part-time.decided-by") if own else (leave_of(policy).decided_by, "leave.decided-by")
    if not posts:
        return Deciders(frozenset(role for role in Role if Right.DECIDE_LEAVE in RIGHTS[role]), "the head", ())
    words = " or ".join(party_words(policy, post) for post in posts)
    return Deciders(frozenset(POSTS.get(post, Role.HEAD) for post in posts), words, policy.why(path))


def may_decide(staff: Staff, school: School, who: Deciders) -> bool:
    return any(held.role in who.roles for held in staff.at(school))
