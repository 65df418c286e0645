"""Keeping the list of providers, and that their safeguards were seen (O-B-5.2)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from allpresent.elsewhere.actions.signing import signed
from allpresent.elsewhere.models import Provider, ProviderCheck
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer


@dataclass(frozen=True)
class Facts:
    """What a provider is and how to reach it. `setting_id`: it keeps its own registers in this installation."""

    name: str
    kind: str
    nature: str
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    setting_id: int | None = None


@transaction.atomic
def keep_provider(
    *, school: School, facts: Facts, by: Signer, now: datetime, provider: Provider | None = None
) -> Provider | Refused:
    """Add a provider, or keep its facts as they are now. Arrangements keep the code that was agreed."""
    others = Provider.objects.filter(school=school, name__iexact=facts.name).exclude(
        id=provider.id if provider else None
    )
    if others.exists():
        return refused("name", f"{facts.name} is on the list already. Open it there, or give this one another name.")
    if not (facts.phone or facts.email):
        return refused(
            "phone", "Give a telephone number or an e-mail address: somebody has to be asked when it is silent."
        )
    kept = provider or Provider(school=school)
    for field, value in asdict(facts).items():
        setattr(kept, field, value)
    kept.save()
    tell(kept, "changed" if provider else "added", by, now, name=facts.name, is_a=facts.kind)
    return kept


@transaction.atomic
def record_check(
    *, provider: Provider, seen_on: date, seen_by: str, what: str, valid_until: date, by: Signer, now: datetime
) -> ProviderCheck | Refused:
    """Record that the measures to safeguard pupils were seen, and until when that holds. (O-B-5.2)"""
    if seen_on > now.astimezone(LONDON).date():
        return refused("seen_on", "That day has not come yet. Give the day when the safeguards were seen.")
    if valid_until <= seen_on:
        return refused("valid_until", "Give the day when they are to be seen again, after the day they were seen.")
    return ProviderCheck.objects.create(
        provider=provider, seen_on=seen_on, seen_by=seen_by, what=what, valid_until=valid_until, **signed(by, now)
    )


def tell(provider: Provider, what: str, by: Signer, now: datetime, **facts: str) -> None:
    """Write an event about a provider."""
    subject = f"provider:{provider.id}"
    record_event(
        Kind.PROVIDER_CHANGED, by=by, at=now, school_id=provider.school_id, subject=subject, what=what, **facts
    )
