"""The sign that a worker lives."""

from __future__ import annotations

from datetime import datetime

from allpresent.messages.models import Heartbeat


def beat(name: str = "worker", *, failed: int, now: datetime) -> None:
    """Write down that the passes were gone through, and how many failed. `sweeps` looks for its absence."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "failed": failed})
