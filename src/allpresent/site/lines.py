"""One crossing as other rooms read it, and how it is said in a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.onsite import OUTWARD, Crossing, CrossingKind
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time, short_day
from allpresent.site.models import Crossing as CrossingRow

_WHY = {
    CrossingRow.Why.APPOINTMENT: "for an appointment",
    CrossingRow.Why.ILL: "ill",
    CrossingRow.Why.END_OF_DAY: "at the end of a shorter day",
    CrossingRow.Why.SUSPENDED: "suspended",
}


class CrossingLine(NamedTuple):
    """A crossing with everything recorded about it. Instants are UTC. Its fields are the model's columns."""

    id: int
    pupil_id: int
    day: date
    number: int
    kind: str
    crossed_at: datetime
    why: str
    says: str
    with_name: str
    with_relation: str
    contact_id: int | None
    confirmed_by: str
    confirmed_how: str
    agreed_by: str
    expected_back_at: datetime | None
    seen_at: datetime | None
    noticed_by: str
    replaces_id: int | None
    reason: str
    at: datetime
    by_name: str
    by_position: str

    @property
    def is_out(self) -> bool:
        return self.kind in OUTWARD

    @property
    def is_incident(self) -> bool:
        return self.kind == CrossingKind.LEFT

    @property
    def companion(self) -> str:
        """'Grace Adeyemi (mother)'; '' where nobody is named."""
        return f"{self.with_name} ({self.with_relation.lower()})" if self.with_relation else self.with_name

    @property
    def in_words(self) -> str:
        """'signed out 11:40 for an appointment (dentist), with Grace Adeyemi (mother), back about 14:00'."""
        why = _WHY.get(CrossingRow.Why(self.why), "") if self.why else ""
        why = "" if self.kind == CrossingKind.SENT_HOME else why
        said = f"({self.says})" if self.says and why else self.says
        first = " ".join(filter(None, (self.kind, self._when, why)))
        first = f"{first} {said}" if why and said else f"{first}: {said}" if said else first
        return ", ".join(filter(None, (first, *self._with_whom())))

    @property
    def briefly(self) -> str:
        """What may be read by anybody in the building: 'out since 11:40', and nothing of why."""
        return f"{'out' if self.is_out else self.kind} since {self._when}"

    @property
    def _when(self) -> str:
        crossed = self.crossed_at.astimezone(LONDON).date()
        return (
            clock_time(self.crossed_at)
            if crossed == self.day
            else f"{short_day(crossed)}, {clock_time(self.crossed_at)}"
        )

    def _with_whom(self) -> Iterable[str]:
        if self.companion:
            yield f"with {self.companion}"
        elif self.confirmed_by:
            yield "alone"
        if self.confirmed_by:
            yield f"confirmed by {self.confirmed_by}"
        if self.expected_back_at:
            yield f"back about {clock_time(self.expected_back_at)}"


def as_recorded(lines: Iterable[CrossingLine]) -> tuple[Crossing, ...]:
    """The crossings of one pupil's day as the rules read them."""
    rows = tuple(lines)
    numbers = {line.id: line.number for line in rows}
    return tuple(
        Crossing(line.number, CrossingKind(line.kind), line.crossed_at, numbers.get(line.replaces_id or 0))
        for line in rows
    )
