"""Asking a provider for the word that it owes: one press, one message (O-B-5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allpresent.core.calendar.sessions import Session
from allpresent.elsewhere.actions.signing import signed
from allpresent.elsewhere.models import Chase, Provider
from allpresent.messages.actions import send
from allpresent.messages.queries import Recipient
from allpresent.schools.models import School
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import clock_time, long_day


def chase(
    *, school: School, provider: Provider, session: Session, names: Iterable[str], clauses: tuple[str, ...],
    by: Signer, now: datetime
) -> Chase | Refused:  # fmt: skip
    """Send the provider one message that names the pupils it has not spoken of. Pressed again, it sends again.

    A refusal says what stands in the way, such as no e-mail address: then somebody rings.
    """
    to = Recipient(name=provider.contact_name or provider.name, email=provider.email, party="provider")
    fields = {
        "provider": provider.name,
        "pupils": ", ".join(names),
        "session": f"the {session.half.word} of {long_day(session.day)}",
        "school": school.name,
        "asked_at": clock_time(now),
    }
    number = Chase.objects.filter(provider=provider, day=session.day, half=session.half.value).count()
    sent = send(
        school=school, template="provider-owed", to=to, fields=fields, by=by, now=now, clauses=clauses, urgent=True,
        key=f"chase:{provider.id}:{session.day}:{session.half}:{number}",
    )  # fmt: skip
    if isinstance(sent, Refused):
        return sent
    return Chase.objects.create(
        provider=provider, day=session.day, half=session.half.value, how="message", **signed(by, now)
    )
