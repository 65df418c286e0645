"""The facts of some pupils' absences, read together: a handful of queries, however many pupils."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.absences.queries import EvidenceHeld, evidence_of, notices_between
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Pupil
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.models import CurrentMark, RegisterEntry, Source
from allpresent.schools.models import School
from allpresent.schools.queries import Setting, setting_of
from allpresent.settling.records import (
    AgreementLine,
    DecisionLine,
    FlagLine,
    RequestLine,
    ToldLine,
    agreements_of,
    decisions_of,
    flags_of,
    requests_of,
    told_of,
)
from allpresent.shared.clock import LONDON

LOOKED_BACK = timedelta(days=60)
"""How far into the year before an unsettled mark is looked for, in its first weeks."""
LATE_WORD = timedelta(days=21)
"""How long after it was recorded a message that no decision has answered is brought up."""


class Held(NamedTuple):
    """A mark in force: its code, version, how it came to be and when it was entered."""

    code: str
    version: int
    source: str
    at: datetime


@dataclass(frozen=True)
class Child:
    """Everything about one pupil that settling looks at. `marks` are those in force of the year."""

    pupil: RollPupil
    marks: Mapping[Session, Held]
    notices: tuple[NoticeLine, ...]
    evidence: tuple[EvidenceHeld, ...]
    decisions: tuple[DecisionLine, ...]
    told: tuple[ToldLine, ...]
    requests: tuple[RequestLine, ...]
    flags: tuple[FlagLine, ...]
    agreements: tuple[AgreementLine, ...]
    observance_days: frozenset[date]


@dataclass(frozen=True)
class Loaded:
    """The children whose absences may be open, and the setting they are read by. `today` is a day in London."""

    setting: Setting
    now: datetime
    today: date
    children: tuple[Child, ...]


def first_looked_at(today: date) -> date:
    """The first day whose marks may still be open: of this school year, or of the last in its first weeks."""
    return academic_year_of(today - LOOKED_BACK).starts


def unsettled(school: School, today: date) -> QuerySet[CurrentMark]:
    """Marks up to today that still say that nobody knows why. From before, those that were entered here alone."""
    looked_at = Q(day__gte=first_looked_at(today)) | ~Q(source=Source.HISTORY)
    return CurrentMark.objects.filter(looked_at, school=school, code="N", day__lte=today)


def load_open(school: School, *, now: datetime) -> Loaded:
    """Every pupil with an N, or with a message that came lately, and after a mark that it may be about."""
    today = now.astimezone(LONDON).date()
    unexplained, since = _unexplained(school, today)
    notices = notices_between(school, since, today)
    lately = [line for lines in notices.values() for line in lines if line.at >= now - LATE_WORD]
    return _loaded(school, now, unexplained | _told_late(lately, today), since, notices)


def load_unexplained(school: School, *, now: datetime) -> Loaded:
    """Every pupil with an N, and nobody else."""
    today = now.astimezone(LONDON).date()
    unexplained, since = _unexplained(school, today)
    notices = notices_between(school, since, today) if unexplained else {}
    return _loaded(school, now, unexplained, since, notices)


def _unexplained(school: School, today: date) -> tuple[set[int], date]:
    """The pupils with an N, and the first day that is looked at."""
    days = dict(unsettled(school, today).order_by("-day").values_list("pupil_id", "day"))
    return set(days), min((first_looked_at(today), *days.values()))


def _told_late(lately: Collection[NoticeLine], today: date) -> set[int]:
    """The pupils whose message was recorded after a mark of its days: only such a one says otherwise."""
    entered = RegisterEntry.objects.filter(
        pupil=OuterRef("pupil"), day__gte=OuterRef("day"), day__lte=today, at__lte=OuterRef("at")
    )
    told = Notice.objects.filter(Exists(entered), id__in=[line.id for line in lately])
    return set(told.values_list("pupil_id", flat=True))


def load_pupils(school: School, pupil_ids: Collection[int], *, now: datetime) -> Loaded:
    """The pupils named, whether anything of theirs is open or not."""
    today = now.astimezone(LONDON).date()
    oldest = unsettled(school, today).filter(pupil_id__in=pupil_ids).aggregate(day=Min("day"))["day"]
    since = min(first_looked_at(today), oldest or today)
    return _loaded(school, now, set(pupil_ids), since, notices_between(school, since, today))


def _loaded(
    school: School, now: datetime, ids: set[int], since: date, notices: Mapping[int, tuple[NoticeLine, ...]]
) -> Loaded:
    today = now.astimezone(LONDON).date()
    pupils = _pupils(school, ids, today) if ids else ()
    marks = _marks(ids, since, today)
    evidence = evidence_of(ids, since, today)
    records = (decisions_of(ids, since, today), told_of(ids), requests_of(ids), flags_of(ids), agreements_of(ids))
    children = tuple(
        Child(
            pupil,
            marks.get(pupil.id, {}),
            notices.get(pupil.id, ()),
            evidence.get(pupil.id, ()),
            *(record.get(pupil.id, ()) for record in records),  # type: ignore[arg-type]
            observance_days=frozenset(s.day for s, held in marks.get(pupil.id, {}).items() if held.code == "R"),
        )
        for pupil in pupils
    )
    return Loaded(setting_of(school), now, today, children)


def _pupils(school: School, ids: set[int], today: date) -> tuple[RollPupil, ...]:
    """The pupils named, by name: those on the roll today, and those who have left since."""
    here = tuple(pupil for pupil in pupils_on_roll(school, today) if pupil.id in ids)
    gone = ids - {pupil.id for pupil in here}
    return tuple(sorted((*here, *_left(school, gone)), key=lambda pupil: (pupil.surname, pupil.called, pupil.id)))


def _left(school: School, ids: Collection[int]) -> Iterable[RollPupil]:
    if not ids:
        return
    for pupil in Pupil.objects.filter(school=school, id__in=ids).prefetch_related("contact_links"):
        restriction = next((link.restriction for link in pupil.contact_links.all() if link.restriction), "")
        yield RollPupil(pupil.id, pupil.surname, pupil.called, pupil.born, pupil.year_group, "", restriction, None)


def _marks(ids: Collection[int], first: date, last: date) -> dict[int, dict[Session, Held]]:
    """The marks in force of the pupils, with when each was entered."""
    found: dict[int, dict[Session, Held]] = {}
    rows = RegisterEntry.objects.filter(pupil_id__in=ids, day__gte=first, day__lte=last).order_by("version")
    for pupil, day, half, *held in rows.values_list("pupil_id", "day", "half", "code", "version", "source", "at"):
        found.setdefault(pupil, {})[Session(day, Half(half))] = Held(*held)
    return found


def is_imported(held: Held) -> bool:
    """Whether a mark was brought in from another system: the program changes none of those by itself."""
    return held.source == Source.HISTORY
