"""The ways in which a message can be written to somebody."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a message goes (O-B-14.1, O-B-14.3, O-B-19). The telephone is not one: a call is a person's own act."""

    EMAIL = "email"
    TEXT = "text"
    POST = "post"

    @property
    def label(self) -> str:
        """As a page says it."""
        return {"email": "E-mail", "text": "Text message", "post": "Post"}[self.value]
