"""Noticing what did not happen: when something is late, who hears of it, and when it is over."""

from allpresent.core.watch.lifecycle import Held, Plan, Seen, Step, what_to_do
from allpresent.core.watch.times import (
    ESCALATE_AFTER,
    MAILBOX_SILENT_AFTER,
    REVIEW_SOON,
    SOON,
    WORKER_SILENT_AFTER,
    is_soon,
    tried_by,
)

__all__ = [
    "ESCALATE_AFTER",
    "MAILBOX_SILENT_AFTER",
    "REVIEW_SOON",
    "SOON",
    "WORKER_SILENT_AFTER",
    "Held",
    "Plan",
    "Seen",
    "Step",
    "is_soon",
    "tried_by",
    "what_to_do",
]
