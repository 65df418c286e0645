"""Arrangements as they hold now: what was agreed, with the newest end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from allpresent.core.calendar.sessions import Session
from allpresent.core.elsewhere.arrangement import Agreed
from allpresent.core.roll.expected import halves_text, parse_halves
from allpresent.elsewhere.models import Arrangement, Provider, ProviderCheck
from allpresent.schools.models import School


@dataclass(frozen=True)
class Arranged:
    """One pupil's arrangement. `at` is when it was entered (UTC), `entered_by` by whom, in words."""

    id: int
    pupil_id: int
    provider_id: int
    provider_name: str
    code: str
    nature: str
    agreed: Agreed
    at: datetime
    entered_by: str

    @property
    def detail(self) -> str:
        """What the mark says beside its code: the place and the nature of the activity. (M-4.1g)"""
        return f"{self.provider_name}: {self.nature}"[:300]

    @property
    def weekly(self) -> str:
        """'Mon AM, Wed PM', or '' for every session."""
        return halves_text(self.agreed.halves)

    def covers(self, session: Session) -> bool:
        return self.agreed.covers(session)


def arrangements_on(school: School, first: date, last: date) -> tuple[Arranged, ...]:
    """The arrangements of a school in force on some day between: two queries."""
    rows = Arrangement.objects.filter(school=school, begins__lte=last)
    return tuple(one for one in _arranged(rows) if one.agreed.ends is None or one.agreed.ends >= first)


def arrangements_of(pupil_id: int) -> tuple[Arranged, ...]:
    """Every arrangement of one pupil that was not ended before it began."""
    return tuple(_arranged(Arrangement.objects.filter(pupil=pupil_id)))


def arrangements_with(provider: Provider) -> tuple[Arranged, ...]:
    """Every arrangement with one provider, the newest first."""
    return tuple(_arranged(Arrangement.objects.filter(provider=provider).order_by("-begins", "-id")))


def arrangement_of(school: School, arrangement_id: int) -> Arranged | None:
    """One arrangement of the school."""
    return next(_arranged(Arrangement.objects.filter(school=school, id=arrangement_id)), None)


def check_in_force(provider: Provider, day: date) -> bool:
    """Whether the provider's safeguards were seen and that holds on a day. (O-B-5.2)"""
    return ProviderCheck.objects.filter(provider=provider, valid_until__gte=day).exists()


def _arranged(rows: QuerySet[Arrangement]) -> Iterator[Arranged]:
    for row in rows.select_related("provider").prefetch_related("endings"):
        endings = sorted(row.endings.all(), key=lambda ending: ending.id)
        ends = endings[-1].last_day if endings else row.ends
        agreed = Agreed(row.begins, ends, parse_halves(row.pattern))
        yield Arranged(
            row.id, row.pupil_id, row.provider_id, row.provider.name, row.code, row.nature, agreed, row.at,
            ", ".join(filter(None, (row.by_name, row.by_position))),
        )  # fmt: skip
