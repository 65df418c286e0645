"""Who may read what was written."""

from __future__ import annotations

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.schools.models import School

OPEN_PARTIES = frozenset(
    {
        "parent", "each-parent", "parent-lived-with", "emergency-contact", "pupil", "commissioner", "provider",
        "school", "other-school", "authority", "staff",
    }
)  # fmt: skip
"""Whom everybody who sees messages may know of. Anybody else may be a worker, whose part in a life is restricted."""


def may_read(staff: Staff, school: School, party: str) -> bool:
    """Whether a message to such a party is shown at all."""
    return party in OPEN_PARTIES or staff.may(Right.SEE_RESTRICTED, school)
