"""How each pupil attends, and which parents are still to hear of it in this round. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.figures import Figure, tally_dated
from allpresent.core.sharing.rounds import Promise, Round, promise_of, round_to_send, rounds
from allpresent.messages.queries import Recipient, recipients_of_each
from allpresent.messages.wordings import wordings
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.people.queries.reach import adults_around_each
from allpresent.registers.queries import counts_between
from allpresent.schools.models import School
from allpresent.schools.queries import Setting, setting_of
from allpresent.sharing.models import Share

LEVELS = "levels"
"""The `what` of these rows of the log, and the template. Their key: 'levels:<last day of the round>:<pupil>:<whom>'."""


class Period(NamedTuple):
    """The days that the figures count, both included; `last` before `first` where the year has only begun."""

    first: date
    last: date


class Done(NamedTuple):
    """When a round was last sent in, and by whom."""

    at: datetime
    by_name: str


@dataclass(frozen=True)
class Family:
    """One pupil's figure, and whose turn it is to hear of it.

    `to` can be written to and have not been; `no_address` cannot, and have not been told otherwise. `restricted` are
    never written to. `left_out` is why nobody is written to in this round, or "".
    """

    pupil: RollPupil
    figure: Figure
    to: tuple[Recipient, ...]
    no_address: tuple[Recipient, ...]
    restricted: tuple[str, ...]
    told: int
    left_out: str


@dataclass(frozen=True)
class Levels:
    """The round that is to be sent. `promise` None: the policy promises no such round. `round` None: none is left."""

    promise: Promise | None
    round: Round | None
    year: AcademicYear
    period: Period
    families: tuple[Family, ...]
    done: Done | None

    @property
    def to_write(self) -> tuple[Family, ...]:
        """Those with somebody to write to."""
        return tuple(one for one in self.families if one.to and one.figure.possible and not one.left_out)

    @property
    def messages(self) -> int:
        """How many messages one press would queue."""
        return sum(len(one.to) for one in self.to_write)


def levels_due(school: School, today: date) -> Levels:
    """The round that is to be sent and where it stands: six queries, however many pupils.

    The figures count the academic year up to the day before `today`, or to the end of the round if it is over: today's
    marks may still change.
    """
    setting, year = setting_of(school), academic_year_of(today)
    promise = promise_of(setting.policy_on(today))
    of_year = rounds(promise.rhythm, _blocks(setting, year)) if promise else ()
    rows = _told(school, year)
    turn = round_to_send(of_year, today, {row.round_ends for row in rows})
    done = max((Done(row.at, row.by_name) for row in rows), default=None)
    if turn is None:
        return Levels(promise, None, year, Period(year.starts, today), (), done)
    period = Period(of_year[0].starts, min(today - timedelta(days=1), turn.ends))
    of_round = [row for row in rows if row.round_ends == turn.ends]
    return Levels(promise, turn, year, period, tuple(_families(school, today, period, of_round)), done)


def _blocks(setting: Setting, year: AcademicYear) -> Iterator[tuple[date, ...]]:
    for term in sorted(setting.calendar.terms, key=lambda term: term.starts):
        if year.holds(term.starts):
            yield setting.calendar.school_days_between(term.starts, term.ends)


class _Row(NamedTuple):
    """A row of the log, as this page needs it."""

    pupil_id: int
    ref: str
    channel: str
    says: str
    key: str
    at: datetime
    by_name: str

    @property
    def round_ends(self) -> date:
        return date.fromisoformat(self.key.split(":")[1])


def _told(school: School, year: AcademicYear) -> list[_Row]:
    rows = Share.objects.filter(school=school, what=LEVELS, day__gte=year.starts, day__lte=year.ends)
    return [_Row(*row) for row in rows.values_list(*_Row._fields)]


def _families(school: School, today: date, period: Period, rows: Iterable[_Row]) -> Iterator[Family]:
    pupils = pupils_on_roll(school, today)
    counts = counts_between(school, *period)
    ids = [pupil.id for pupil in pupils]
    parents, adults = recipients_of_each(school, ids), adults_around_each(ids)
    told: dict[int, set[str]] = {}
    left_out: dict[int, str] = {}
    for row in rows:
        told.setdefault(row.pupil_id, set()).add(row.ref)
        if row.ref == LEFT_OUT:
            left_out[row.pupil_id] = row.says
    for pupil in pupils:
        heard = told.get(pupil.id, set())
        still = [to for to in parents[pupil.id] if ref_of(to) not in heard]
        yield Family(
            pupil, tally_dated(counts.get(pupil.id, {})), tuple(to for to in still if can_write(to)),
            tuple(to for to in still if not can_write(to)),
            tuple(adult.name for adult in adults[pupil.id] if adult.restricted), len(heard - {LEFT_OUT}),
            left_out.get(pupil.id, ""),
        )  # fmt: skip


LEFT_OUT = "parents"
"""The `ref` of a row that says why a pupil's parents are not written to."""


def ref_of(to: Recipient) -> str:
    """Who a parent is to this log."""
    return f"contact:{to.contact_id}"


def can_write(to: Recipient) -> bool:
    """Whether a parent has any address that the message goes to."""
    return any(to.at(channel) for channel in wordings()[LEVELS].channels)


def key_of(turn: Round, pupil_id: int, ref: str) -> str:
    """Under which key a parent hears of a child once in a round."""
    return f"{LEVELS}:{turn.ends}:{pupil_id}:{ref}"


def by_id(levels: Levels) -> Mapping[int, Family]:
    """The families by pupil."""
    return {one.pupil.id: one for one in levels.families}
