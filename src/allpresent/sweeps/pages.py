"""The watch as a page shows it, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from allpresent.core.watch import Step
from allpresent.messages.models import State
from allpresent.people.queries import RollPupil
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time, count_of, short_day
from allpresent.sweeps.found import Found
from allpresent.sweeps.holders import Holder, Holders
from allpresent.sweeps.kinds import RULES, Kind, Rule
from allpresent.sweeps.models import Alert, Telling

MOST_NAMED = 3
MOST_SHOWN = 10
_NOT_GONE = {
    State.KEPT: "e-mail is not set up, so tell them yourself",
    State.FAILED: "the e-mail did not go, so tell them yourself",
    State.UNCERTAIN: "it is not certain that the e-mail went",
    State.WAITING: "the e-mail is on its way",
    State.SENDING: "the e-mail is on its way",
    State.CANCELLED: "the e-mail was cancelled",
}


class Row(NamedTuple):
    """One thing: whose it is in words, who was told of it, and whether this person may open the page for it."""

    found: Found
    since: str
    whose: str
    told: tuple[str, ...]
    opens: bool


class Part(NamedTuple):
    """The things of one kind. Of what touches no safety, the longest due are shown and the others fold away."""

    kind: Kind
    rule: Rule
    rows: tuple[Row, ...]

    @property
    def shown(self) -> tuple[Row, ...]:
        return self.rows if self.rule.safety else self.rows[:MOST_SHOWN]

    @property
    def folded(self) -> tuple[Row, ...]:
        return self.rows[len(self.shown) :]


class Over(NamedTuple):
    """Something noticed that is over since today. `pupil` None: about no child, or one no longer on the roll."""

    pupil: RollPupil | None
    says: str
    noticed: str
    over: str


@dataclass(frozen=True)
class WatchPage:
    """What did not happen, safety first; and what was noticed and is over."""

    safety: tuple[Part, ...]
    others: tuple[Part, ...]
    over: tuple[Over, ...]

    @property
    def headline(self) -> str:
        """The one sentence that matters."""
        safety, others = (sum(len(part.rows) for part in parts) for parts in (self.safety, self.others))
        if safety:
            return f"{count_of(safety, 'safety matter')} to look at now"
        if others:
            return f"{count_of(others, 'thing has', 'things have')} not happened"
        return "Everything that was due has happened"


def watch_page(
    found: Iterable[Found], raised: Mapping[str, Alert], states: Mapping[int, str], staff: Holders,
    over: Iterable[Alert], roll: Mapping[int, RollPupil], now: datetime, *, sees: Callable[[Found], bool],
    opens: Callable[[Found], bool],
) -> WatchPage:  # fmt: skip
    """The page for one reader: of what touches no child's safety, what their work reaches."""
    kinds = list(Kind)
    seen = sorted(filter(sees, found), key=lambda one: kinds.index(one.kind))
    rows = [
        Row(one, _when(one.since, now), _whose(one, staff), _told(raised.get(one.key), states), opens(one))
        for one in seen
    ]
    parts = tuple(
        Part(kind, RULES[kind], tuple(of_kind)) for kind, of_kind in groupby(rows, key=lambda row: row.found.kind)
    )
    return WatchPage(
        tuple(part for part in parts if part.rule.safety),
        tuple(part for part in parts if not part.rule.safety),
        tuple(_over(alert, roll, now) for alert in over if alert.safety),
    )


def _whose(one: Found, staff: Holders) -> str:
    """'Jo Marsh (Class teacher), Sam Okafor (Office manager) and 2 others'."""
    held = staff.whom(one, Step.FIRST)
    if not held:
        return "nobody: the staff list has nobody in such a post"
    named = ", ".join(_named(holder) for holder in held[:MOST_NAMED])
    return f"{named} and {count_of(len(held) - MOST_NAMED, 'other')}" if len(held) > MOST_NAMED else named


def _named(holder: Holder) -> str:
    return f"{holder.name} ({holder.position})" if holder.position else holder.name


def _told(alert: Alert | None, states: Mapping[int, str]) -> tuple[str, ...]:
    """A line a step: who was told when, and what became of it."""
    if alert is None or hasattr(alert, "end"):
        return ()
    return tuple(_telling(telling, states) for telling in sorted(alert.tellings.all(), key=lambda one: one.step))


def _telling(telling: Telling, states: Mapping[int, str]) -> str:
    verb = "Told" if telling.step == Step.FIRST else "Passed on"
    if not telling.whom:
        return f"{verb} at {clock_time(telling.at)}: nobody, for nobody holds such a post."
    return f"{verb} at {clock_time(telling.at)}: {'; '.join(_person(one, states) for one in telling.whom)}."


def _person(one: Mapping, states: Mapping[int, str]) -> str:
    state = states.get(one["message"] or 0, "")
    why = one["why"] or (_NOT_GONE.get(State(state), "") if state else "")
    return f"{one['name']}, {one['position']}{f' ({why})' if why else ''}"


def _over(alert: Alert, roll: Mapping[int, RollPupil], now: datetime) -> Over:
    heading, pupil = RULES[Kind(alert.kind)].heading, roll.get(alert.pupil_id or 0)
    return Over(pupil, heading, _when(alert.at, now), _when(alert.end.at, now))


def _when(at: datetime, now: datetime) -> str:
    """'9:50' of today, 'Mon 14 Sep' of another day: as the clocks of England have it."""
    day = at.astimezone(LONDON).date()
    return clock_time(at) if day == now.astimezone(LONDON).date() else short_day(day)
