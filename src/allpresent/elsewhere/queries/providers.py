"""The school's list of providers: checks that are due, who is placed there, links in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from allpresent.core.elsewhere.kinds import ProviderKind, clauses_of, code_of
from allpresent.elsewhere.models import Provider, ProviderCheck, ProviderLink
from allpresent.elsewhere.queries.arrangements import arrangements_on
from allpresent.schools.models import School

SOON = timedelta(days=28)
"""A check that ends within this time is due soon."""


@dataclass(frozen=True)
class ProviderLine:
    """A provider with its newest check, the pupils placed there now, and its links that still open."""

    provider: Provider
    check: ProviderCheck | None
    pupil_ids: frozenset[int]
    links: tuple[ProviderLink, ...]
    today: date

    @property
    def code(self) -> str:
        return code_of(ProviderKind(self.provider.kind))

    @property
    def clauses(self) -> tuple[str, ...]:
        return clauses_of(ProviderKind(self.provider.kind))

    @property
    def check_owed(self) -> bool:
        """Whether nobody is satisfied, as of today, that pupils are safe there. (O-B-5.2)"""
        return self.check is None or self.check.valid_until < self.today

    @property
    def check_soon(self) -> bool:
        return self.check is not None and not self.check_owed and self.check.valid_until <= self.today + SOON


def providers_of(school: School, today: date) -> tuple[ProviderLine, ...]:
    """Every provider of the school, by name: five queries."""
    return tuple(_lines(school, Provider.objects.filter(school=school), today))


def provider_line(provider: Provider, today: date) -> ProviderLine:
    """One provider of a school."""
    return next(_lines(provider.school, Provider.objects.filter(id=provider.id), today))


def provider_of(school: School, provider_id: int) -> Provider | None:
    """A provider of the school."""
    return Provider.objects.filter(school=school, id=provider_id).select_related("school").first()


def _lines(school: School, rows, today: date) -> Iterator[ProviderLine]:
    placed: dict[int, set[int]] = {}
    for one in arrangements_on(school, today, today):
        placed.setdefault(one.provider_id, set()).add(one.pupil_id)
    for provider in rows.prefetch_related("checks", "links"):
        checks = sorted(provider.checks.all(), key=lambda check: (check.seen_on, check.id))
        links = tuple(link for link in provider.links.all() if link.revoked_at is None and link.expires >= today)
        newest = checks[-1] if checks else None
        yield ProviderLine(provider, newest, frozenset(placed.get(provider.id, ())), links, today)
