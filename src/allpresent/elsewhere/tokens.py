"""Tokens of signed links: 256 random bits; only a hash is kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

BYTES = 32


def new_token() -> str:
    return token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
