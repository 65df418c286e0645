"""What the roll's pages show, made of facts already loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from allpresent.people.facts import ENROLMENT_FACTS, PUPIL_FACTS, label_of
from allpresent.people.models import Enrolment
from allpresent.people.queries.contacts import PupilShort
from allpresent.people.queries.index import IndexLine
from allpresent.people.queries.record import Entered, PupilRecord
from allpresent.people.queries.search import fold
from allpresent.shared.words import plain_day


class Letter(NamedTuple):
    """The names under one letter of the index."""

    letter: str
    lines: tuple[IndexLine, ...]


@dataclass(frozen=True)
class IndexPage:
    """The alphabetical index."""

    today: date
    left: bool
    letters: tuple[Letter, ...]
    on_roll: int
    starting: int
    gone: int

    @property
    def shown(self) -> int:
        return sum(len(letter.lines) for letter in self.letters)


def index_page(lines: tuple[IndexLine, ...], today: date, *, left: bool) -> IndexPage:
    """Those on the register (and those entered to start later), or those who left."""
    here = [line for line in lines if line.on_roll(today)]
    coming = [line for line in lines if line.begins > today]
    gone = [line for line in lines if line.left(today)]
    shown = gone if left else [line for line in lines if not line.left(today)]
    letters = tuple(Letter(initial, tuple(run)) for initial, run in groupby(_by_name(shown), key=_initial))
    return IndexPage(today, left, letters, len(here), len(coming), len(gone))


def _by_name(lines: list[IndexLine]) -> list[IndexLine]:
    return sorted(lines, key=lambda line: (fold(line.surname), fold(line.forename), line.pupil_id, line.begins))


def _initial(line: IndexLine) -> str:
    return fold(line.surname)[:1].upper()


@dataclass(frozen=True)
class ShortPage:
    """Pupils whose contacts are too few: those who lack what is needed, and those who lack a wish."""

    needed: tuple[PupilShort, ...]
    wished: tuple[PupilShort, ...]


def short_page(pupils: tuple[PupilShort, ...]) -> ShortPage:
    return ShortPage(
        tuple(pupil for pupil in pupils if pupil.needed), tuple(pupil for pupil in pupils if not pupil.needed)
    )


@dataclass(frozen=True)
class RecordPage:
    """One pupil's entry in the admission register."""

    record: PupilRecord
    today: date
    restricted: bool
    may_delete: bool

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Every fact of the register in words; 'Not given' where there is none."""
        pupil, enrolment = self.record.pupil, self.record.enrolment
        held = [(label, _words(pupil, field)) for field, label in PUPIL_FACTS.items()]
        held += [(label, _words(enrolment, field)) for field, label in ENROLMENT_FACTS.items()]
        return tuple((label, words or "Not given") for label, words in held)

    @property
    def state(self) -> str:
        """Where the name stands today, in one sentence."""
        enrolment = self.record.enrolment
        if enrolment is None:
            return "Never entered in the register"
        if enrolment.begins > self.today:
            return f"Starts on {plain_day(enrolment.begins)}"
        if enrolment.ends and enrolment.ends < self.today:
            return f"Left the register after {plain_day(enrolment.ends)}, regulation {enrolment.ground}"
        until = f", until {plain_day(enrolment.ends)} (regulation {enrolment.ground})" if enrolment.ends else ""
        return f"On the register since {plain_day(enrolment.begins)}{until}"

    @property
    def is_open(self) -> bool:
        """Whether the name is on the register with no deletion entered."""
        return self.record.enrolment is not None and self.record.enrolment.ends is None

    @property
    def earlier(self) -> tuple[Enrolment, ...]:
        return self.record.enrolments[:-1]

    def label(self, entry: Entered) -> str:
        return label_of(entry.field)


def record_page(record: PupilRecord, today: date, *, restricted: bool, may_delete: bool) -> RecordPage:
    return RecordPage(record, today, restricted, may_delete)


def _words(row: object, field: str) -> str:
    """A fact as people read it."""
    shown = getattr(row, f"get_{field}_display", None)
    value = shown() if shown else getattr(row, field, "")
    return plain_day(value) if isinstance(value, date) else value
