"""Arranging a pupil's sessions at a provider, and ending an arrangement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from allpresent.core.elsewhere.arrangement import Agreed
from allpresent.core.elsewhere.kinds import ProviderKind, code_of
from allpresent.core.roll.expected import WeekdayHalf, halves_text
from allpresent.elsewhere.actions.planning import keep_planned
from allpresent.elsewhere.actions.pressing import may_be_sent_twice
from allpresent.elsewhere.actions.signing import signed
from allpresent.elsewhere.models import Arrangement, ArrangementEnd, Provider, ProviderWord
from allpresent.elsewhere.queries.arrangements import Arranged, arrangements_of, check_in_force
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer


@dataclass(frozen=True)
class Place:
    """What is arranged: the nature of the activity, the first and last day, the halves of the week (none: all)."""

    nature: str
    begins: date
    ends: date | None
    halves: frozenset[WeekdayHalf]


@may_be_sent_twice
def arrange(
    *, school: School, pupil: RollPupil, provider: Provider, place: Place, key: str, by: Signer, now: datetime
) -> Arrangement | Refused:
    """Arrange sessions at a provider and enter the first of them ahead. The same call again changes nothing.

    Refused where the provider's safeguards were not seen, or another arrangement has the same sessions. (O-B-5.2 to
    O-B-5.4, M-4.1g)
    """
    with transaction.atomic():
        held = Arrangement.objects.filter(school=school, key=key).first()
        if held:
            return held
        problems = tuple(_problems(pupil, provider, place, now))
        if problems:
            return Refused(problems)
        made = Arrangement.objects.create(
            school=school, pupil_id=pupil.id, provider=provider, code=code_of(ProviderKind(provider.kind)),
            nature=place.nature, begins=place.begins, ends=place.ends, pattern=halves_text(place.halves), key=key,
            **signed(by, now),
        )  # fmt: skip
    keep_planned(school, now=now)
    return made


def end_arrangement(
    *, school: School, arrangement: Arranged, last_day: date, reason: str, by: Signer, now: datetime
) -> ArrangementEnd | Refused:
    """End an arrangement on a day; what is entered ahead for later sessions is given back."""
    if last_day < arrangement.agreed.begins:
        return refused("last_day", "That is before its first day. Give the last day that was agreed.")
    if ProviderWord.objects.filter(arrangement=arrangement.id, day__gt=last_day).exists():
        return refused("last_day", "The provider has spoken for later days. Give the last day that was attended.")
    ended = ArrangementEnd.objects.create(
        arrangement_id=arrangement.id, last_day=last_day, reason=reason, **signed(by, now)
    )
    keep_planned(school, now=now)
    return ended


def _problems(pupil: RollPupil, provider: Provider, place: Place, now: datetime) -> Iterator[Problem]:
    if place.ends and place.ends < place.begins:
        yield Problem("ends", "The last day comes before the first. Correct one of them.")
    if not check_in_force(provider, max(place.begins, now.astimezone(LONDON).date())):
        yield Problem(
            "", f"Nobody has recorded that {provider.name} keeps pupils safe. Record the check first (O-B-5.2)."
        )
    agreed = Agreed(place.begins, place.ends, place.halves)
    for other in arrangements_of(pupil.id):
        if _overlap(agreed, other.agreed):
            yield Problem(
                "begins", f"{pupil.name} is at {other.provider_name} for some of these sessions. End that first."
            )


def _overlap(one: Agreed, other: Agreed) -> bool:
    apart = (one.ends and one.ends < other.begins) or (other.ends and other.ends < one.begins)
    return not apart and (not one.halves or not other.halves or bool(one.halves & other.halves))
