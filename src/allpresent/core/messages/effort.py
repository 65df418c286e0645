"""How often a message is tried, and how many may go in a day."""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""How long after each try that failed the next one comes. After the last, a person is asked."""


def next_try(tried: int, now: datetime) -> datetime | None:
    """When a message that has failed `tried` times (1 or more) is tried again; None when a person must look.

    The waits are the program's own, not a policy's. `now` is aware, UTC. Raises ValueError for fewer than 1.
    """
    if tried < 1:
        raise ValueError(f"a message that failed {tried} times did not fail")
    return now + WAITS[tried - 1] if tried <= len(WAITS) else None


def room_left(sent: int, most: int) -> int:
    """How many more messages may go today when `sent` have gone and `most` may. Source: `messages` of the policy."""
    return max(0, most - sent)
