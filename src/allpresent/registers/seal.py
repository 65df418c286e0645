"""A seal on each entry, made with a key that is kept outside the database.

Someone who can write to the database but does not hold the key cannot alter an entry without `allpresent verify`
naming it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings


class Sealed(NamedTuple):
    """What of an entry is sealed: everything that a court would ask about."""

    pupil_id: int
    day: str
    half: str
    version: int
    code: str
    minutes_late: int | None
    detail: str
    reason: str
    source: str
    at: datetime
    by_name: str
    by_position: str


@cache
def _key() -> bytes:
    return blake2b(settings.SEAL_KEY.encode()).digest()


def seal(entry: Sealed) -> str:
    """32 hexadecimal characters that no other content of an entry would have."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = json.dumps((*entry[:9], at, *entry[10:]))
    return blake2b(content.encode(), key=_key(), digest_size=16).hexdigest()
