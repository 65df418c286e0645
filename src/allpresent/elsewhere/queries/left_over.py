"""Marks that the program entered ahead and that nothing arranged or decided asks for any more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.elsewhere.models import ArrangementEnd, SuspensionEnd
from allpresent.elsewhere.queries.wanted import wanted_ahead
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.models import Source
from allpresent.registers.queries import marks_between
from allpresent.schools.models import School

_AHEAD = 40
"""Days ahead that are looked at: more than the longest that is ever entered."""
_ENTERED = frozenset({"D", "B", "K", "W", "P", "V", "E"})


class LeftOver(NamedTuple):
    """A mark entered ahead for a pupil who will be here after all: it is amended on its own page."""

    pupil: RollPupil
    session: Session
    code: str
    detail: str


def left_over(school: School, today: date) -> tuple[LeftOver, ...]:
    """What was entered ahead for arrangements and suspensions that ended early: at most eight queries."""
    ended = set(
        ArrangementEnd.objects.filter(arrangement__school=school).values_list("arrangement__pupil_id", flat=True)
    ) | set(SuspensionEnd.objects.filter(suspension__school=school).values_list("suspension__pupil_id", flat=True))
    if not ended:
        return ()
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, today) if pupil.id in ended}
    wanted = {id_: {one.session for one in ones} for id_, ones in wanted_ahead(school, today).items()}
    held = marks_between(pupils, today, date.fromordinal(today.toordinal() + _AHEAD))
    found = (
        LeftOver(pupils[pupil_id], session, mark.code, mark.detail)
        for pupil_id, marks in held.items()
        for (day, half), mark in marks.items()
        if mark.source == Source.PLANNED and mark.code in _ENTERED
        if (session := Session(day, Half(half))) not in wanted.get(pupil_id, ())
    )
    return tuple(sorted(found, key=lambda one: (one.pupil.name, one.session)))
