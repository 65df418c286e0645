"""Who sets goals beside the leaders: the boards that a policy gives it to."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.core.policy.policy import Policy

SETS_GOALS = "sets goals"
"""How a post of a policy says so, at the beginning of one of the things that it does."""


class Board(NamedTuple):
    """A board that sets goals: its post in the policy, its label, whether it is a trust's, and the clauses."""

    post: str
    label: str
    of_trust: bool
    clauses: tuple[str, ...]


def boards_that_set_goals(policy: Policy) -> tuple[Board, ...]:
    """The posts whose `does` says that they set goals (M-3.1d); none where the policy does not say so of any."""
    return tuple(
        Board(
            post,
            role.names[0] if role.names else post.replace("-", " "),
            "trust" in post,
            role.clauses.get("does", role.clause),
        )
        for post, role in policy.roles.items()
        if any(done.lower().startswith(SETS_GOALS) for done in role.does)
    )
