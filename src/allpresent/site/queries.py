"""Who is on site, and what is read of crossings. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.onsite import CrossingKind, Place, Seen, Whereabouts, standing, where_is
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.register.window import Window
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.models import Source
from allpresent.registers.queries import Mark, mark_of, school_marks
from allpresent.schools.models import Group, School
from allpresent.schools.queries import Setting, setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.grouping import by_pupil
from allpresent.site.lines import CrossingLine, as_recorded
from allpresent.site.models import Crossing

Lines = tuple[CrossingLine, ...]
ENDINGS = (CrossingKind.CAME_BACK.value, CrossingKind.FOUND.value)


@dataclass(frozen=True)
class SiteRow:
    """One pupil on the roll, and where they are. `crossing` says why, where a crossing decided it."""

    pupil: RollPupil
    group: str
    whereabouts: Whereabouts
    crossing: CrossingLine | None

    @property
    def place(self) -> Place:
        return self.whereabouts.place


@dataclass(frozen=True)
class OnSite:
    """Every pupil on the roll at a moment (UTC), in order of name. `sessions` are those of the day."""

    day: date
    at: datetime
    sessions: tuple[Session, ...]
    rows: tuple[SiteRow, ...]

    @cached_property
    def counts(self) -> Mapping[Place, int]:
        """How many are in each place: together, the roll."""
        return Counter(row.place for row in self.rows)

    def of(self, *places: Place) -> tuple[SiteRow, ...]:
        return tuple(row for row in self.rows if row.place in places)


def on_site(school: School, *, now: datetime) -> OnSite:
    """Where every pupil on the roll is: five queries, whatever the size; also where a policy gives no times."""
    day = now.astimezone(LONDON).date()
    setting, codes = setting_of(school), code_set_on(day)
    sessions = setting.calendar.sessions_on(day)
    marks = {session: school_marks(school, session) for session in sessions}
    groups = dict(Group.objects.filter(school=school).values_list("id", "name"))
    crossings = by_pupil(_lines(Crossing.objects.filter(school=school, day=day)))
    rows = []
    for pupil in pupils_on_roll(school, day):
        held = crossings.get(pupil.id, ())
        seen = _seen(setting, pupil, {session: of.get(pupil.id) for session, of in marks.items()})
        found = where_is(seen, as_recorded(held), codes=codes, now=now)
        rows.append(SiteRow(pupil, groups.get(pupil.group_id, ""), found, _behind(found, held)))
    return OnSite(day, now, sessions, tuple(rows))


def whereabouts_of(school: School, pupil: RollPupil, *, now: datetime, recorded: Lines | None = None) -> Whereabouts:
    """Where one pupil is: at most three queries. `recorded`: the crossings of the day, where they are known."""
    day = now.astimezone(LONDON).date()
    setting = setting_of(school)
    marks = {session: mark_of(pupil.id, session) for session in setting.calendar.sessions_on(day)}
    held = day_of(pupil.id, day) if recorded is None else recorded
    return where_is(_seen(setting, pupil, marks), as_recorded(held), codes=code_set_on(day), now=now)


def _seen(setting: Setting, pupil: RollPupil, marks: Mapping[Session, Mark | None]) -> tuple[Seen, ...]:
    """The day's sessions as their registers have one pupil."""
    return tuple(_session(setting, pupil, session, mark) for session, mark in marks.items())


def _session(setting: Setting, pupil: RollPupil, session: Session, mark: Mark | None) -> Seen:
    try:
        window = setting.window(session, pupil.year_group)
    except PolicyProblem:
        return _without_times(pupil, session, mark)
    return Seen(
        session, window.opens_at(session.day), window.closes_at(session.day),
        expected=pupil.expected_at(session),
        letter=mark.code if mark else None,
        arrived_at=_arrived_at(window, session.day, mark) if mark else None,
    )  # fmt: skip


def _without_times(pupil: RollPupil, session: Session, mark: Mark | None) -> Seen:
    """A session whose register times nobody has set: a fire does not wait for a policy. No mark: look for them."""
    begins = london_instant(session.day, time())
    here = mark is not None and code_set_on(session.day)[mark.code].on_site
    letter = mark.code if mark else None
    return Seen(session, begins, begins, pupil.expected_at(session), letter, begins if here else None)


def _arrived_at(window: Window, day: date, mark: Mark) -> datetime | None:
    """From when a mark says that the pupil was here: an arrival with a better reason says so too."""
    code = code_set_on(day)[mark.code]
    if mark.minutes_late is not None:
        return london_instant(day, window.on_time_until) + timedelta(minutes=mark.minutes_late)
    if code.late:
        return window.late_from(day)
    return window.opens_at(day) if code.on_site or mark.source == Source.LATE else None


def _behind(found: Whereabouts, held: Lines) -> CrossingLine | None:
    number = found.crossing.number if found.crossing else 0
    return next((line for line in held if line.number == number), None)


def out_now(school: School, day: date) -> dict[int, CrossingLine]:
    """The pupils whose last standing crossing of a day took them out, with that crossing: one query.

    For a register's page: 'signed out 11:40 for an appointment (dentist), back about 14:00' (`in_words`).
    """
    last = {pupil_id: standing_lines(held)[-1:] for pupil_id, held in crossings_on(school, day).items()}
    return {pupil_id: line[0] for pupil_id, line in last.items() if line and line[0].is_out}


def out_in_words(school: School, session: Session) -> dict[int, str]:
    """What an afternoon's register says of the pupils who are out: one query; a morning's, nothing."""
    if session.half is Half.AM:
        return {}
    return {pupil_id: _upper(line.in_words) for pupil_id, line in out_now(school, session.day).items()}


def _upper(says: str) -> str:
    return says[:1].upper() + says[1:]


def crossings_on(school: School, day: date) -> dict[int, Lines]:
    """Every crossing of a day as recorded, by pupil, corrected ones among them: one query."""
    return by_pupil(_lines(Crossing.objects.filter(school=school, day=day)))


def crossings_of(pupil_ids: Iterable[int], first: date, last: date) -> Lines:
    """Every crossing of some pupils between two days, as recorded: one query."""
    return _lines(Crossing.objects.filter(pupil_id__in=list(pupil_ids), day__gte=first, day__lte=last))


def day_of(pupil_id: int, day: date) -> Lines:
    """A pupil's crossings of a day as recorded: one query."""
    return _lines(Crossing.objects.filter(pupil_id=pupil_id, day=day))


def crossing_of(school: School, crossing_id: int) -> CrossingLine | None:
    """A crossing of the school that stands: one that was corrected is corrected no more."""
    found = Crossing.objects.filter(school=school, id=crossing_id, replaced_by__isnull=True)
    return next(iter(_lines(found.exclude(kind=CrossingKind.MISTAKE))), None)


def standing_lines(held: Iterable[CrossingLine]) -> Lines:
    """What stands of a pupil's day, in the order in which it happened."""
    by_number = {line.number: line for line in held}
    return tuple(by_number[crossing.number] for crossing in standing(as_recorded(by_number.values())))


@dataclass(frozen=True)
class Incident:
    """A pupil who left without permission, and how it ended (None: not yet). `story` is the whole day as recorded."""

    left: CrossingLine
    ended: CrossingLine | None
    story: Lines


def open_incidents(school: School) -> Lines:
    """The pupils who left without permission and were neither found nor came back, oldest first: one query."""
    return _lines(incidents_open(school).order_by("crossed_at", "id"))


def incidents_open(school: School) -> QuerySet[Crossing]:
    """The crossings of pupils who left without permission and were neither found nor came back (M-4.7d)."""
    return _incidents(school).filter(~Exists(_after().filter(kind__in=ENDINGS)))


def not_back(school: School, day: date, now: datetime) -> QuerySet[Crossing]:
    """The crossings of pupils signed out on a day who were to be back by now and are not (O-B-6.2.2)."""
    out = _standing(Crossing.objects.filter(school=school, day=day, kind=CrossingKind.SIGNED_OUT))
    return out.filter(~Exists(_after()), expected_back_at__lt=now)


def _after() -> QuerySet[Crossing]:
    """What stands of the same pupil's day after a crossing, in the order of `core.onsite.standing`."""
    same_minute = Q(crossed_at=OuterRef("crossed_at"), number__gt=OuterRef("number"))
    later = Q(crossed_at__gt=OuterRef("crossed_at")) | same_minute
    return _standing(Crossing.objects.filter(later, pupil=OuterRef("pupil"), day=OuterRef("day")))


def _standing(rows: QuerySet[Crossing]) -> QuerySet[Crossing]:
    """Those that nothing corrected, and that happened."""
    return rows.filter(replaced_by__isnull=True).exclude(kind=CrossingKind.MISTAKE)


def incidents_between(school: School, first: date, last: date) -> Lines:
    """Every incident whose day lies between, newest first: one query."""
    return _lines(_incidents(school).filter(day__gte=first, day__lte=last).order_by("-crossed_at", "-id"))


def incident_of(school: School, crossing_id: int) -> Incident | None:
    """An incident with its whole story; asked for by a crossing since corrected, the one that stands. Two queries."""
    row = Crossing.objects.filter(school=school, id=crossing_id, kind=CrossingKind.LEFT).first()
    if row is None:
        return None
    story = day_of(row.pupil_id, row.day)
    stands = standing_lines(story)
    left = next((line for line in stands if line.id == _newest(story, row.id)), None)
    if left is None:
        return None
    later = stands[stands.index(left) + 1 :]
    return Incident(left, next((line for line in later if line.kind in ENDINGS), None), story)


def _newest(story: Lines, crossing_id: int) -> int:
    """The last correction of a crossing, or the crossing itself."""
    newer = {line.replaces_id: line.id for line in story}
    while crossing_id in newer:
        crossing_id = newer[crossing_id]
    return crossing_id


def _incidents(school: School) -> QuerySet[Crossing]:
    return Crossing.objects.filter(school=school, kind=CrossingKind.LEFT, replaced_by__isnull=True)


def _lines(rows: QuerySet[Crossing]) -> Lines:
    return tuple(map(CrossingLine._make, rows.values_list(*CrossingLine._fields)))
