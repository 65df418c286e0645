"""Passwords that the program makes up: shown once, and changed by their owner at the first sign-in."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that are taken for one another on paper."""


def made_password() -> str:
    """Four groups of four, such as 'k7wq-hd3n-xv9r-pm2t': 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
