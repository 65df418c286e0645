"""The demonstration's registers, written as they would have been: entry by entry, each with its time and its hand.

What is written never touches what a person did: a register already taken stays as it is, and a mark that somebody
changed is followed no further. So the same function makes the year and, later, the days since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.demo.absence import Year, year_of
from allpresent.demo.children import children
from allpresent.demo.decisions import WEEKS, ToSettle, settle_all
from allpresent.demo.marks import Sitting, Step, steps
from allpresent.demo.places import Place, planned_year, unexpected
from allpresent.demo.reading import chance
from allpresent.demo.scripted import scripted
from allpresent.demo.staff import Signers, signers
from allpresent.people.models import Pupil
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.actions import record_unexpected_closure
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source, Submission
from allpresent.registers.queries import Mark, school_marks, taken_on
from allpresent.schools.models import Group, School
from allpresent.schools.queries import groups_of, setting_of
from allpresent.shared.signer import Signer

AHEAD = 12
"""How many school days after the moment shown may already hold planned absences."""

SLOW_BY = timedelta(minutes=11)
"""How long after the close the slow register of the day shown is taken."""


class Span(NamedTuple):
    """Registers are written from `first` to `last`; nothing is entered after `now`. `shown` is the day shown."""

    first: date
    last: date
    now: datetime
    shown: date


class Writer:
    """Writes one school's registers."""

    def __init__(self, place: Place, school: School, span: Span) -> None:
        self.place, self.school, self.span = place, school, span
        self.signers: Signers = signers(school)
        self.years: dict[int, tuple[str, Year]] = _years(place, school, span.shown)
        self.groups = groups_of(school)
        self.to_settle: list[ToSettle] = []

    def write(self, say: Callable[[str], None]) -> None:
        """Write the span, then the absences already planned for the days after it."""
        month = ""
        for day in self._days():
            if day <= self.span.last and f"{day:%B %Y}" != month:
                month = f"{day:%B %Y}"
                say(f"{self.school.name}: {month}")
            self._write_day(day)
        for left in settle_all(self.school, self.to_settle):
            entry = _entry(left.pupil.id, left.session, left.version, left.step)
            enter(self.school.id, [entry], by=left.step.by, at=left.step.at)

    def _days(self) -> tuple[date, ...]:
        calendar = planned_year()
        end = calendar.school_days_after(self.span.last, AHEAD) or calendar.pupil_days[-1]
        return calendar.school_days_between(self.span.first, end)

    def _write_day(self, day: date) -> None:
        closure = unexpected(self.place.id).get(day)
        calendar = setting_of(self.school).calendar
        if closure and closure.known_at <= self.span.now:
            if calendar.meets(day):
                record_unexpected_closure(
                    school=self.school, sessions=tuple(Session(day, half) for half in Half), reason=closure.reason,
                    by=self.signers.head, now=closure.known_at,
                )  # fmt: skip
            return
        members = defaultdict(list)
        for pupil in pupils_on_roll(self.school, day):
            members[pupil.group_id].append(pupil)
        taken = taken_on(self.school, day, self.span.now)
        for session in calendar.sessions_on(day):
            held = school_marks(self.school, session)
            for group in self.groups:
                was_taken = (group.id, session.half.value) in taken
                self._write_register(group, session, members[group.id], held, was_taken)

    def _write_register(
        self, group: Group, session: Session, pupils: Iterable[RollPupil], held: Mapping[int, Mark], was_taken: bool
    ) -> None:
        sitting = self._sitting(group, session)
        begun = session.day <= self.span.last and sitting.taken_at <= self.span.now
        if begun and not was_taken:
            _submit(self.school, group, sitting)
        writable = {Source.PLANNED} if session.day > self.span.last else set(Source)
        writable -= {Source.REGISTER} if was_taken else set()
        acts: dict[tuple[datetime, Signer], list[NewEntry]] = defaultdict(list)
        for pupil in pupils:
            if pupil.expected_at(session):
                for version, step in self._new(sitting, pupil, held.get(pupil.id), writable):
                    if step.source == Source.AMENDMENT and self.span.shown - session.day <= WEEKS:
                        self.to_settle.append(ToSettle(pupil, session, version, step))
                    else:
                        acts[step.at, step.by].append(_entry(pupil.id, session, version, step))
        for (moment, by), entries in sorted(acts.items(), key=lambda act: act[0][0]):
            enter(self.school.id, entries, by=by, at=moment)

    def _sitting(self, group: Group, session: Session) -> Sitting:
        window = setting_of(self.school).window(session, group.year_group)
        rng = chance(group.slug, session.day, session.half)
        taken_at = window.opens_at(session.day) + timedelta(minutes=rng.randint(1, 9), seconds=rng.randrange(60))
        if session.day == self.span.shown and group == self.groups[session.day.toordinal() % len(self.groups)]:
            taken_at = window.closes_at(session.day) + SLOW_BY
        return Sitting(session, window, taken_at, self.signers.takers[group.id], self.signers)

    def _new(
        self, sitting: Sitting, pupil: RollPupil, held: Mark | None, writable: set[Source]
    ) -> Iterator[tuple[int, Step]]:
        """The steps still to be written for one mark, with their versions."""
        planned = self._steps(sitting, pupil)
        done = held.version if held else 0
        if held and (done > len(planned) or planned[done - 1].code != held.code):
            return
        for version, step in enumerate(planned[done:], start=done + 1):
            if step.at > self.span.now or step.source not in writable:
                return
            yield version, step

    def _steps(self, sitting: Sitting, pupil: RollPupil) -> tuple[Step, ...]:
        key, year = self.years.get(pupil.id, ("", {}))
        away = year.get(sitting.session)
        return steps(sitting, away, chance(key, *sitting.session) if away else None)


def _years(place: Place, school: School, shown: date) -> dict[int, tuple[str, Year]]:
    """Each invented child's year, by pupil, with what is written for the day shown."""
    ids = dict(Pupil.objects.filter(school=school).values_list("upn", "id"))
    return {
        ids[child.upn]: (child.key, year_of(child) | scripted(f"{child.forename} {child.surname}", shown))
        for child in children()
        if child.place == place.id and child.upn in ids
    }


def _submit(school: School, group: Group, sitting: Sitting) -> None:
    Submission.objects.create(
        school=school, group=group, day=sitting.session.day, half=sitting.session.half,
        key=f"demonstration:{group.id}:{sitting.session.day}:{sitting.session.half}", at=sitting.taken_at,
        by_id=sitting.taker.user_id, by_name=sitting.taker.name, by_position=sitting.taker.position,
    )  # fmt: skip


def _entry(pupil_id: int, session: Session, version: int, step: Step) -> NewEntry:
    return NewEntry(pupil_id, session, version, step.code, step.source, step.minutes, step.detail, step.reason)
