"""How rows of this room are signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allpresent.shared.signer import Signer

PROGRAM = "Allpresent"


def signed(by: Signer, now: datetime) -> dict[str, Any]:
    """The columns that say who and when."""
    return {"at": now, "by_id": by.user_id, "by_name": by.name, "by_position": by.position}


def program(because: str) -> Signer:
    """The program, doing what somebody decided."""
    return Signer(None, PROGRAM, because[:200])
