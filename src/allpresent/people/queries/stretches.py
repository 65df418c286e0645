"""When each pupil was on the roll, for questions about millions of days."""

from __future__ import annotations

from datetime import date

from allpresent.people.models import Enrolment
from allpresent.people.queries.members import Span
from allpresent.schools.models import School


class Stretches:
    """Answers for pupils in ascending order of id, holding one pupil's enrolments at a time."""

    def __init__(self, rows) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)
        self._pupil: int | None = None
        self._spans: list[Span] = []

    def holds(self, pupil_id: int, day: date) -> bool:
        """Whether the pupil was on the roll on the day. Ask of pupils in order of id."""
        if pupil_id != self._pupil:
            self._go_to(pupil_id)
        return any(span.holds(day) for span in self._spans)

    def _go_to(self, pupil_id: int) -> None:
        self._pupil, self._spans = pupil_id, []
        while self._next and self._next[0] <= pupil_id:
            if self._next[0] == pupil_id:
                self._spans.append(Span(*self._next[1:]))
            self._next = next(self._rows, None)


def stretches_on_roll(school: School | None = None) -> Stretches:
    """The enrolments of one school's pupils, or of all: one query, streamed."""
    rows = Enrolment.objects.filter(pupil__school=school) if school else Enrolment.objects.all()
    return Stretches(rows.order_by("pupil_id").values_list("pupil_id", "begins", "ends").iterator(2000))
