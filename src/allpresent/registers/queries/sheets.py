"""Sheets, marks, submissions, entries, as small frozen records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from allpresent.core.calendar.closures import Closure
from allpresent.core.calendar.sessions import Session
from allpresent.core.register.sheet import SheetRow
from allpresent.core.register.state import RegisterStatus, register_state
from allpresent.core.register.window import Window
from allpresent.people.queries import RollPupil, pupils_of_group, pupils_on_roll
from allpresent.registers.models import CurrentMark, RegisterEntry, Source, Submission
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared.prepared import Prepared

DAYS_SHOWN = 5
"""How many earlier school days stand beside each name on the sheet."""

LOCKED = frozenset({Source.PLANNED, Source.CLOSURE})
"""Marks that a teacher sees and cannot change."""


class Mark(NamedTuple):
    """A mark in force."""

    code: str
    version: int
    minutes_late: int | None
    detail: str
    source: str


class Taken(NamedTuple):
    """A register that was sent in: when, and by whom."""

    group_id: int
    half: str
    at: datetime
    by_name: str
    key: str


@dataclass(frozen=True)
class Line:
    """One pupil in a register: the roll's facts, the mark in force and, on a sheet, the marks of the days before."""

    pupil: RollPupil
    row: SheetRow
    mark: Mark | None
    before: tuple[tuple[date, str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The register of one group for one session, as it lies before somebody."""

    group: Group
    session: Session
    window: Window
    status: RegisterStatus
    taken: Taken | None
    closure: Closure | None
    lines: tuple[Line, ...]

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        return tuple(line.row for line in self.lines)


def register_sheet(school: School, group: Group, session: Session, *, now: datetime) -> Sheet:
    """The sheet of one group: three queries."""
    return sheet_of(school, group, session, latest_taken(group, session, now), now=now)


def sheet_of(school: School, group: Group, session: Session, taken: Taken | None, *, now: datetime) -> Sheet:
    """The sheet of one group whose last sending is known: two queries."""
    setting = setting_of(school)
    window = setting.window(session, group.year_group)
    pupils = pupils_of_group(school, group.id, session.day)
    days = setting.calendar.previous_school_days(session.day, DAYS_SHOWN)
    marks = held_between((pupil.id for pupil in pupils), days[0] if days else session.day, session.day)
    return Sheet(
        group=group,
        session=session,
        window=window,
        status=register_state(window, session.day, now=now, submitted_at=taken.at if taken else None),
        taken=taken,
        closure=setting.closure_on(session),
        lines=tuple(_line(pupil, session, days, marks.get(pupil.id, {})) for pupil in pupils),
    )


def _line(pupil: RollPupil, session: Session, days: Iterable[date], marks: Mapping[tuple, Mark]) -> Line:
    mark = marks.get((session.day, session.half.value))
    return Line(pupil, sheet_row(pupil, session, mark), in_force(mark), tuple(_strip(days, marks)))


def _strip(days: Iterable[date], marks: Mapping[tuple, Mark]) -> Iterable[tuple[date, str, str]]:
    for day in days:
        am, pm = marks.get((day, "AM")), marks.get((day, "PM"))
        yield day, am.code if am else "", pm.code if pm else ""


def in_force(held: Mark | None) -> Mark | None:
    """The mark of what is held: none where a mark entered ahead was given back."""
    return held if held and held.code else None


def sheet_row(pupil: RollPupil, session: Session, mark: Mark | None) -> SheetRow:
    """A pupil on the roll that day, as the rules of the register see them. `mark`: held, given back or not."""
    return SheetRow(
        pupil=pupil.id,
        name=pupil.name,
        on_roll=True,
        expected=pupil.expected_at(session),
        code=(mark.code or None) if mark else None,
        version=mark.version if mark else 0,
        locked=mark is not None and mark.source in LOCKED,
        compulsory_age=pupil.is_compulsory_age(session.day),
        minutes_late=mark.minutes_late if mark else None,
        detail=mark.detail if mark else "",
    )


_MARK = ("code", "version", "minutes_late", "detail", "source")


def marks_between(pupil_ids: Iterable[int], first: date, last: date) -> dict[int, dict[tuple[date, str], Mark]]:
    """Marks in force, by pupil, then by (day, half): one query."""
    held = held_between(pupil_ids, first, last)
    return {pupil_id: {place: mark for place, mark in own.items() if mark.code} for pupil_id, own in held.items()}


def held_between(pupil_ids: Iterable[int], first: date, last: date) -> dict[int, dict[tuple[date, str], Mark]]:
    """As `marks_between`, and with code "" the sessions whose mark was given back: the next entry counts on from it."""
    wanted = tuple(pupil_ids)
    found: dict[int, dict[tuple[date, str], Mark]] = {pupil_id: {} for pupil_id in wanted}
    for pupil_id, day, half, *mark in _marks_of(len(wanted)).rows(first, last, *wanted) if wanted else ():
        found[pupil_id][day, half] = Mark._make(mark)
    return found


@lru_cache(maxsize=200)
def _marks_of(pupils: int) -> Prepared:
    """The query for so many pupils: classes are of a few sizes."""
    return Prepared(
        lambda first, last, *pupil_ids: CurrentMark.objects.filter(
            pupil_id__in=pupil_ids, day__gte=first, day__lte=last
        ).values_list("pupil_id", "day", "half", *_MARK),
        date,
        date,
        *[int] * pupils,
    )


def school_marks(school: School, session: Session) -> dict[int, Mark]:
    """Every mark in force for one session, by pupil: one query."""
    return {pupil_id: mark for pupil_id, mark in held_at(school, session).items() if mark.code}


def held_at(school: School, session: Session) -> dict[int, Mark]:
    """As `school_marks`, and with code "" the marks that were given back."""
    rows = CurrentMark.objects.filter(school=school, day=session.day, half=session.half)
    return {pupil_id: Mark(*mark) for pupil_id, *mark in rows.values_list("pupil_id", *_MARK)}


def held_on(school: School, day: date) -> dict[str, dict[int, Mark]]:
    """The marks of a day by half, then pupil, those given back among them: one query."""
    found: dict[str, dict[int, Mark]] = {}
    for half, pupil_id, *mark in _HELD_ON.rows(school.id, day):
        found.setdefault(half, {})[pupil_id] = Mark(*mark)
    return found


_HELD_ON = Prepared(
    lambda school, day: CurrentMark.objects.filter(school_id=school, day=day).values_list("half", "pupil_id", *_MARK),
    int,
    date,
)
_TAKEN = ("group_id", "half", "at", "by_name", "key")


def latest_taken(group: Group, session: Session, now: datetime) -> Taken | None:
    """The last time that this register was sent in, up to a moment."""
    row = _LATEST.first(group.id, session.day, session.half, now)
    return Taken(*row) if row else None


_LATEST = Prepared(
    lambda group, day, half, now: (
        Submission.objects.filter(group_id=group, day=day, half=half, at__lte=now)
        .order_by("-at", "-id")
        .values_list(*_TAKEN)[:1]
    ),
    int,
    date,
    str,
    datetime,
)


def taken_on(school: School, day: date, now: datetime) -> dict[tuple[int, str], Taken]:
    """When each register of a day was *first* sent in, by (group, half): one query."""
    rows = Submission.objects.filter(school=school, day=day, at__lte=now).order_by("-at", "-id")
    return {(taken.group_id, taken.half): taken for taken in map(Taken._make, rows.values_list(*_TAKEN))}


def was_sent(key: str, group: Group, session: Session) -> bool:
    """Whether a sending of this register with this key has already been kept."""
    return Submission.objects.filter(key=key, group=group, day=session.day, half=session.half).exists()


def whole_school_rows(school: School, session: Session) -> tuple[tuple[RollPupil, SheetRow], ...]:
    """Every pupil on the roll with their row for one session: two queries."""
    marks = held_at(school, session)
    return tuple(
        (pupil, sheet_row(pupil, session, marks.get(pupil.id))) for pupil in pupils_on_roll(school, session.day)
    )


def entries_of(pupil_id: int, session: Session) -> tuple[RegisterEntry, ...]:
    """Every entry of one pupil for one session, first to last."""
    return tuple(
        RegisterEntry.objects.filter(pupil_id=pupil_id, day=session.day, half=session.half).order_by("version")
    )


def minutes_late_at(sheet: Sheet, now: datetime) -> int | None:
    """Whole minutes after the expected arrival, while the register of today is open; None at any other time."""
    minutes = int((now - sheet.window.late_from(sheet.session.day)).total_seconds() // 60) + 1
    return minutes if 1 <= minutes < sheet.status.minutes_late_limit else None


def mark_of(pupil_id: int, session: Session) -> Mark | None:
    """The mark in force of one pupil for one session."""
    return in_force(held_mark(pupil_id, session))


def held_mark(pupil_id: int, session: Session) -> Mark | None:
    """As `mark_of`, and with code "" a mark that was given back."""
    rows = CurrentMark.objects.filter(pupil_id=pupil_id, day=session.day, half=session.half)
    row = rows.values_list(*_MARK).first()
    return Mark(*row) if row else None


def days_with_marks(school: School, first: date, last: date) -> tuple[date, ...]:
    """The days between two that have any mark, in order."""
    rows = CurrentMark.objects.filter(school=school, day__gte=first, day__lte=last).exclude(code="")
    return tuple(rows.order_by("day").values_list("day", flat=True).distinct())
