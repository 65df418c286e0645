"""Who did it: a name and a position as they were at the moment, kept as words."""

from __future__ import annotations

from typing import NamedTuple


class Signer(NamedTuple):
    """A person, or the program itself (`user_id` None), as written beside what they did."""

    user_id: int | None
    name: str
    position: str


REGISTER_CLOSE = Signer(None, "Allpresent", "at the close of the register")
