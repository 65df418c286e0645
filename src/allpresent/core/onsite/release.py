"""With whom a child may leave the building during the day (O-B-6.2.2, O-B-9)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class Voice(StrEnum):
    """Whose confirmation it is."""

    PARENT = "a parent"
    STAFF = "a member of staff who may decide"


class Adult(NamedTuple):
    """An adult at the office. `listed`: one of the child's contacts. `restriction`: what forbids contact, or ""."""

    name: str
    listed: bool = False
    may_collect: bool = False
    restriction: str = ""


class Confirmation(NamedTuple):
    """Somebody by name who said that the child may go, and how that was established."""

    voice: Voice
    name: str
    how: str


class Leaving(NamedTuple):
    """A child about to leave: with an adult, or alone (`adult` None), and whose confirmation there is."""

    adult: Adult | None
    confirmation: Confirmation | None = None


class ReleaseFault(NamedTuple):
    """Why the child does not leave. `about` is "who", "confirmed" or "how"; `fetch`: the DSL is to be fetched."""

    about: str
    message: str
    fetch: bool = False


def release_fault(leaving: Leaving, restricted: Collection[str] = ()) -> ReleaseFault | None:
    """What stands against the child's leaving; None where nothing does. `restricted`: names nobody may give.

    An adult listed to collect needs nothing more. Anyone else needs a confirmation by name; a child alone needs a
    parent's. An adult with a restriction is refused whatever is said, and so is a name given that is theirs.
    (O-B-6.2.2)
    """
    adult, given = leaving.adult, leaving.confirmation
    if adult and (adult.restriction or (not adult.listed and _same(adult.name, restricted))):
        return ReleaseFault("who", f"{adult.name} is under a restriction and cannot be chosen.", fetch=True)
    if given and given.voice is Voice.PARENT and _same(given.name, restricted):
        return ReleaseFault("confirmed", f"{given.name} is under a restriction and cannot confirm.", fetch=True)
    if adult and adult.listed and adult.may_collect:
        return None
    return _unconfirmed(adult, given)


def _unconfirmed(adult: Adult | None, given: Confirmation | None) -> ReleaseFault | None:
    if given is None:
        who = f"{adult.name} is not listed to collect" if adult else "To leave alone a parent has to say so"
        return ReleaseFault("confirmed", f"{who}. Choose who confirmed it; nobody leaves without that.")
    if adult is None and given.voice is not Voice.PARENT:
        return ReleaseFault("confirmed", "A child leaves alone only if a parent confirms it. Ring a parent.")
    if not given.how.strip():
        return ReleaseFault("how", f"Say how {given.name} confirmed it, such as: rang the number we hold.")
    return None


def _same(name: str, names: Collection[str]) -> bool:
    return _plain(name) in {_plain(one) for one in names}


def _plain(name: str) -> str:
    """A name without titles, case or spacing, for comparing."""
    words = [word for word in name.casefold().replace(".", " ").split() if word not in _TITLES]
    return " ".join(words)


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
