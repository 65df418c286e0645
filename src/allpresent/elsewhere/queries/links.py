"""Whom a signed link lets in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allpresent.elsewhere.models import Provider, ProviderLink
from allpresent.elsewhere.tokens import hash_of
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON


class LinkHeld(NamedTuple):
    """A link in force: the provider who holds it, and the school that gave it."""

    id: int
    provider: Provider
    school: School


def link_of(token: str, *, now: datetime) -> LinkHeld | None:
    """The link of a token; None for one that never was, has ended or was taken back."""
    rows = ProviderLink.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True)
    rows = rows.filter(expires__gte=now.astimezone(LONDON).date())
    link = rows.select_related("provider__school").first()
    return LinkHeld(link.id, link.provider, link.provider.school) if link else None


def link_of_school(school: School, link_id: int) -> ProviderLink | None:
    """A link that the school gave."""
    return ProviderLink.objects.filter(provider__school=school, id=link_id).select_related("provider").first()
