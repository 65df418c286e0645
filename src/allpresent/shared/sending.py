"""The number under which a form is kept once, however often it is sent."""

from __future__ import annotations

from uuid import uuid4


def key_of(sent: str) -> str:
    """The number that a form was sent with, or a new one for a form to be drawn or sent with none."""
    return sent if len(sent) == 32 and sent.isascii() and sent.isalnum() else uuid4().hex
