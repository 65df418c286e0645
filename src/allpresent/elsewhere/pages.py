"""What the pages show, made of loaded facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from allpresent.core.calendar.sessions import Session
from allpresent.core.elsewhere.heard import Standing
from allpresent.elsewhere.models import Provider
from allpresent.elsewhere.queries import Away, Concern, ProviderLine, SuspensionLine

HEADINGS = {
    Standing.OWED: "Not heard",
    Standing.NOT_THERE: "Not there",
    Standing.AWAY: "Away, and the school knows why",
    Standing.WAITING: "Not due yet",
    Standing.CONFIRMED: "There",
}


@dataclass(frozen=True)
class Silent:
    """A provider that owes its word on a session, the pupils it is about, and when it was asked last ("")."""

    provider: Provider
    session: Session
    pupils: tuple[Away, ...]
    asked: str

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.pupils[0].owed.clauses

    @property
    def since(self):
        return min(one.owed.at for one in self.pupils)


@dataclass(frozen=True)
class DayPage:
    """The day: silence first, then who is not there, then the rest."""

    day: date
    silent: tuple[Silent, ...]
    others: tuple[tuple[str, tuple[Away, ...]], ...]
    checks_owed: tuple[ProviderLine, ...]
    provision_owed: tuple[SuspensionLine, ...]
    concerns: tuple[Concern, ...]

    @property
    def total(self) -> int:
        return sum(len(rows) for _, rows in self.others) + self.not_heard

    @property
    def not_heard(self) -> int:
        return sum(len(one.pupils) for one in self.silent)


def silences(aways: Iterable[Away], asked: dict[tuple[int, str], str]) -> Iterator[Silent]:
    """The providers that owe a word, session by session. `aways` come by session, then provider."""
    owed = (one for one in aways if one.standing is Standing.OWED)
    for (session, _), run in groupby(owed, key=lambda one: (one.session, one.provider.name)):
        pupils = tuple(run)
        provider = pupils[0].provider
        yield Silent(provider, session, pupils, asked.get((provider.id, session.half.value), ""))


def by_standing(aways: Iterable[Away]) -> Iterator[tuple[str, tuple[Away, ...]]]:
    """Everybody else, under the headings of the page; headings with nobody are left out."""
    found = tuple(aways)
    for known, heading in HEADINGS.items():
        rows = tuple(one for one in found if one.standing is known)
        if rows and known is not Standing.OWED:
            yield heading, rows
