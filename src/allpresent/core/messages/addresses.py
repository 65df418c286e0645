"""When two addresses are one and the same."""

from __future__ import annotations

from allpresent.core.messages.channel import Channel
from allpresent.core.roll.contacts import plain_number


def is_email(address: str) -> bool:
    """Whether something written down as an e-mail address can be one. (O-B-14.1)"""
    return "@" in address and len(address.split()) == 1


def plain_address(channel: Channel, address: str) -> str:
    """An address without what people write differently: two that reach one place are equal. '' stays ''.

    E-mail without case, numbers as digits within England, postal addresses as letters and digits alone.
    """
    if channel is Channel.EMAIL:
        return address.strip().casefold()
    if channel is Channel.TEXT:
        return plain_number(address)
    return "".join(letter for letter in address.casefold() if letter.isalnum())
