"""The signed link of a provider: made once, shown once, taken back at any time. Only its hash is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from allpresent.elsewhere.actions.providers import tell
from allpresent.elsewhere.models import Arrangement, Provider, ProviderLink
from allpresent.elsewhere.tokens import hash_of, new_token
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import Signer

LONGEST = timedelta(days=400)


@transaction.atomic
def make_link(*, provider: Provider, by: Signer, now: datetime) -> tuple[ProviderLink, str]:
    """A new link and its token, which is kept nowhere. It ends with the last arrangement, at most 400 days on."""
    token = new_token()
    link = ProviderLink.objects.create(
        provider=provider,
        token_hash=hash_of(token),
        expires=_expires(provider, now.astimezone(LONDON).date()),
        made_at=now,
        made_by=f"{by.name}, {by.position}",
    )
    tell(provider, "link made", by, now, expires=str(link.expires))
    return link, token


@transaction.atomic
def revoke_link(*, link: ProviderLink, by: Signer, now: datetime) -> None:
    """The link opens nothing any more. One taken back before stays as it was."""
    gone = ProviderLink.objects.filter(id=link.id, revoked_at__isnull=True)
    if gone.update(revoked_at=now, revoked_by=f"{by.name}, {by.position}"):
        tell(link.provider, "link taken back", by, now)


def _expires(provider: Provider, today: date) -> date:
    """The last day of the last arrangement that is still to end; where one has no end, or none is, 400 days on."""
    longest = today + LONGEST
    last_days = [_last_day(one) for one in Arrangement.objects.filter(provider=provider).prefetch_related("endings")]
    to_come = [day or longest for day in last_days if day is None or day >= today]
    return min(max(to_come, default=longest), longest)


def _last_day(arrangement: Arrangement) -> date | None:
    endings = sorted(arrangement.endings.all(), key=lambda ending: ending.id)
    return endings[-1].last_day if endings else arrangement.ends
