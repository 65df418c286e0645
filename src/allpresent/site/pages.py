"""The pages of who is on site, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from allpresent.core.codes import code_set_on
from allpresent.core.onsite import Place
from allpresent.people.queries import RollPupil
from allpresent.people.queries.search import fold
from allpresent.shared.words import clock_time
from allpresent.site.queries import OnSite, SiteRow

PLACES = {
    Place.UNKNOWN: "Not known",
    Place.OUT: "Out",
    Place.HERE: "Here",
    Place.ELSEWHERE: "Elsewhere",
    Place.AWAY: "Not here",
}
"""Every place in the order of the page: whom nobody has seen first."""


class Line(NamedTuple):
    """One pupil of a list: the place in a word and, for those who may read it, why."""

    pupil: RollPupil
    group: str
    place: Place
    why: str
    opens: bool

    @property
    def word(self) -> str:
        return PLACES[self.place]


class GroupLines(NamedTuple):
    """The pupils of one group, those not known and out first."""

    name: str
    lines: tuple[Line, ...]

    def of(self, *places: Place) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.place in places)

    @property
    def plainly_here(self) -> tuple[Line, ...]:
        """Those of whom there is nothing to say but that they are here."""
        return tuple(line for line in self.of(Place.HERE) if not line.why and not line.pupil.restriction)

    @property
    def to_say(self) -> tuple[Line, ...]:
        """The others."""
        return tuple(line for line in self.lines if line not in self.plainly_here)

    @property
    def to_find(self) -> tuple[Line, ...]:
        """Whom to look for at the assembly point: here, and not known, by name."""
        return tuple(sorted(self.of(Place.HERE, Place.UNKNOWN), key=lambda line: fold(line.pupil.name)))

    @property
    def unknown(self) -> tuple[Line, ...]:
        return self.of(Place.UNKNOWN)

    @property
    def out(self) -> tuple[Line, ...]:
        return self.of(Place.OUT)

    @property
    def others(self) -> tuple[Line, ...]:
        return self.of(Place.ELSEWHERE, Place.AWAY)


@dataclass(frozen=True)
class SitePage:
    """Who is where. `reads`: the groups whose whys may be read, None for every group's."""

    site: OnSite
    search: str = ""
    place: Place | None = None
    reads: frozenset[int] | None = None

    @property
    def at(self) -> datetime:
        return self.site.at

    @property
    def here(self) -> int:
        return self.site.counts.get(Place.HERE, 0)

    @property
    def meets(self) -> bool:
        return bool(self.site.sessions)

    @cached_property
    def counts(self) -> tuple[tuple[Place, str, int], ...]:
        return tuple((place, word, self.site.counts.get(place, 0)) for place, word in PLACES.items())

    @cached_property
    def groups(self) -> tuple[GroupLines, ...]:
        """The pupils that the search and the place leave, by group."""
        rows = (row for row in self.site.rows if self._fits(row))
        return tuple(_by_group(map(self._line, rows)))

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.place)

    def _fits(self, row: SiteRow) -> bool:
        words = fold(self.search).split()
        named = fold(f"{row.pupil.name} {row.group}")
        return self.place in (None, row.place) and all(word in named for word in words)

    def _line(self, row: SiteRow) -> Line:
        reads = self.reads is None or row.pupil.group_id in self.reads
        return Line(row.pupil, row.group, row.place, why_of(row) if reads else "", reads)


def _by_group(lines: Iterable[Line]) -> Iterator[GroupLines]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    order = tuple(PLACES)
    for name in sorted(found, key=lambda name: (not name, fold(name))):
        yield GroupLines(name or "In no class", tuple(sorted(found[name], key=lambda line: order.index(line.place))))


def why_of(row: SiteRow) -> str:
    """What says where a pupil is, in words."""
    if row.crossing:
        back = row.place is Place.HERE
        return f"back since {clock_time(row.crossing.crossed_at)}" if back else row.crossing.in_words
    letter, since = row.whereabouts.letter, row.whereabouts.since
    if row.place is Place.HERE:
        return "marked present after going out; no return was signed" if row.whereabouts.unsigned else ""
    if row.place is Place.UNKNOWN:
        return "here before, and missing from the last register" if letter else "no mark yet"
    return f"{letter}: {code_set_on(since.date())[letter].name}" if letter and since else "not expected"
