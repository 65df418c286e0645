"""Who sets goals, whom training is owed by: posts and words of the policy, read as roles of the staff list."""

from __future__ import annotations

from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.accounts.staff import Staff
from allpresent.core.improvement import Audience, Board, boards_that_set_goals
from allpresent.core.policy.policy import Policy
from allpresent.improvement.queries.training import NOT_STAFF
from allpresent.leave.permissions import POSTS
from allpresent.schools.models import School

BOARDS = frozenset({Role.GOVERNOR, Role.TRUST_LEADER})
"""Roles that set goals only where the policy gives it to their board."""

WORDS_OF_POSTS = {
    "teacher": Role.TEACHER,
    "tutor": Role.TEACHER,
    "officer": Role.ATTENDANCE_OFFICER,
    "office": Role.OFFICE,
    "safeguarding": Role.DSL,
    "champion": Role.ATTENDANCE_LEAD,
    "head": Role.HEAD,
    "principal": Role.HEAD,
    "director": Role.HEAD,
}
"""How posts that are called otherwise are known as roles: by the first of these words in their name."""


def boards_of(policy: Policy | None) -> tuple[Board, ...]:
    return boards_that_set_goals(policy) if policy else ()


def role_of(board: Board) -> Role:
    return Role.TRUST_LEADER if board.of_trust else Role.GOVERNOR


def may_set_goals(staff: Staff, school: School, policy: Policy | None) -> bool:
    """Leaders always; a member of a board where the policy says that the board sets goals (M-3.1d)."""
    given = {role_of(board) for board in boards_of(policy)}
    return any(
        Right.SET_GOALS in held.role.rights and (held.role not in BOARDS or held.role in given)
        for held in staff.at(school)
    )


def audience_roles(audience: Audience) -> frozenset[Role]:
    """The roles a statement about training binds: all staff, those who settle absences, or the posts it names.

    None of them where the words name no role that there is here.
    """
    if audience.everyone:
        return frozenset(Role) - NOT_STAFF
    specialists = {role for role in Role if Right.SETTLE_ABSENCE in role.rights} if audience.specialists else set()
    return frozenset(specialists.union(*map(_of_post, audience.posts)))


def _of_post(post: str) -> frozenset[Role]:
    if post in POSTS:
        return frozenset({POSTS[post]})
    return frozenset(next(({role} for word, role in WORDS_OF_POSTS.items() if word in post), ()))
