"""To whom a message may go: plain facts of a recipient, and the restrictions that come first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from allpresent.core.messages.addresses import plain_address
from allpresent.core.messages.channel import Channel
from allpresent.people.queries.reach import Reached, adults_around, restricted_everywhere
from allpresent.schools.models import School


class Recipient(NamedTuple):
    """Somebody to write to. `contact_id` is the adult's own number (people.Contact), never that of a link to a pupil.

    `party` is 'parent', or the policy's word for whoever it is, such as 'commissioner' or 'social-worker'.
    `doubtful`: addresses of theirs that were refused or came back when they were last used.
    """

    name: str
    email: str = ""
    mobile: str = ""
    address: str = ""
    contact_id: int | None = None
    party: str = "parent"
    doubtful: tuple[str, ...] = ()

    def at(self, channel: Channel) -> str:
        """Their address for a channel, or ''."""
        return {Channel.EMAIL: self.email, Channel.TEXT: self.mobile, Channel.POST: self.address}[channel].strip()


def is_restricted(
    school: School | None, pupil_id: int | None, *, contact_id: int | None, channel: Channel, address: str
) -> bool:
    """Whether an adult or an address must not be written to.

    About a pupil: any restriction for that pupil, of the adult or of another adult with the same address. About
    nobody: where the adult, or whoever has that address, is restricted for each of their children.
    """
    adults: Iterable[Reached]
    if pupil_id is None:
        adults = restricted_everywhere(school)
    else:
        adults = (adult for adult in adults_around(pupil_id) if adult.restricted)
    plain = plain_address(channel, address)
    return any(adult.contact_id == contact_id or plain in addresses(adult, channel) for adult in adults)


def addresses(adult: Reached, channel: Channel) -> frozenset[str]:
    """Every address at which a channel would reach an adult, as `plain_address` writes it."""
    held = {Channel.EMAIL: (adult.email,), Channel.TEXT: adult.numbers, Channel.POST: (adult.address,)}[channel]
    return frozenset(plain_address(channel, address) for address in held if address.strip())
