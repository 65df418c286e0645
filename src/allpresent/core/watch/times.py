"""How long is too long. The policy's own times come first; these hold where no policy speaks of the matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta

ESCALATE_AFTER = timedelta(minutes=30)
"""A safety matter that still stands so long after somebody was told of it goes to the next person. No policy gives a
time for this: it is the program's own."""
NOBODY_TRIED_AFTER = timedelta(minutes=30)
"""A first step that has a beginning and no deadline of the policy's is late after so long."""
MAILBOX_SILENT_AFTER = timedelta(minutes=30)
"""Parents write to the mailbox: one not read for so long in waking hours of a school day is silent."""
WORKER_SILENT_AFTER = timedelta(minutes=5)
"""The worker goes round each minute; `tick` is to be run at least this often."""
SOON = timedelta(days=7)
"""Leave that begins within so many days and is not decided."""
REVIEW_SOON = timedelta(days=30)
"""A policy is to be reviewed within so many days (M-0a)."""


def tried_by(begins: datetime | None, by: datetime | None) -> datetime | None:
    """The instant (UTC) by which somebody is to have tried a first step: the policy's deadline, else a while after.

    None for a step that has no times. (M-4.7b, O-B-14.1)
    """
    if by or begins is None:
        return by
    return begins + NOBODY_TRIED_AFTER


def is_soon(day: date, today: date, within: timedelta) -> bool:
    """Whether a day is past, is today, or comes within a span of whole days, its end included."""
    return day - today <= within
