"""Entering a name in the admission register: on the starting day, before its first session (reg 8(1), O-B-1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from allpresent.core.calendar.words import day_words
from allpresent.core.roll.starting_day import starting_day
from allpresent.people.actions import checks
from allpresent.people.actions.entering import enter, held
from allpresent.people.models import Enrolment, GroupMembership, Pupil
from allpresent.schools.models import Group, School
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

NO_DAY = "Give the day that was agreed or notified, or the first day the pupil came."


@dataclass(frozen=True)
class Admission:
    """The particulars that go in with a name (reg 8(2))."""

    surname: str
    forename: str
    born: date
    middle_names: str = ""
    known_as: str = ""
    sex: str = ""
    year_group: str = ""
    upn: str = ""
    admission_number: str = ""
    address: str = ""
    last_school: str = ""


@dataclass(frozen=True)
class Start:
    """When and where a pupil begins: the day agreed or notified, the day they first came, and their group."""

    expected_on: date | None
    first_attended: date | None = None
    group: Group | None = None
    standing: str = Enrolment.Standing.ONLY

    @property
    def day(self) -> date | None:
        return starting_day(self.expected_on, self.first_attended)


def admit_pupil(*, school: School, admission: Admission, start: Start, by: Signer, now: datetime) -> Pupil | Refused:
    """Enter a new pupil from their starting day, or say everything that stands in the way."""
    admission = replace(admission, upn=checks.plain_upn(admission.upn))
    if start.day is None:
        return refused("expected_on", NO_DAY)
    with transaction.atomic():
        School.objects.select_for_update().get(id=school.id)
        if problems := tuple(_problems(school, admission, start, start.day)):
            return Refused(problems)
        pupil = Pupil.objects.create(school=school, **asdict(admission))
        _begin(pupil, start, start.day, by=by, now=now, reason="Name entered")
    return pupil


def admit_again(*, pupil: Pupil, start: Start, by: Signer, now: datetime) -> Enrolment | Refused:
    """Re-admit a pupil who left: a new stretch on the register; the old one stays as it was."""
    if start.day is None:
        return refused("expected_on", NO_DAY)
    with transaction.atomic():
        pupil = held(pupil)
        if problems := tuple(_again_problems(pupil, start, start.day)):
            return Refused(problems)
        return _begin(pupil, start, start.day, by=by, now=now, reason="Name entered again")


def _problems(school: School, admission: Admission, start: Start, day: date) -> Iterator[Problem]:
    yield from _start_problems(school, start, day, admission.year_group)
    yield from checks.birth_problems(admission.born, day)
    yield from checks.number_problems(school, upn=admission.upn, admission_number=admission.admission_number)
    same = Pupil.objects.filter(
        school=school,
        surname__iexact=admission.surname,
        forename__iexact=admission.forename,
        born=admission.born,
    )
    if known := same.first():
        yield Problem(
            "surname",
            f"{known}, born on {day_words(known.born)}, is already in the admission register. "
            "Find the name there and enter it again, if the pupil left and has come back.",
        )


def _again_problems(pupil: Pupil, start: Start, day: date) -> Iterator[Problem]:
    yield from _start_problems(pupil.school, start, day, pupil.year_group)
    standing = Enrolment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), pupil=pupil).last()
    if standing and standing.ends is None:
        yield Problem("expected_on", f"The name is on the register already, since {day_words(standing.begins)}.")
    elif standing:
        yield Problem(
            "expected_on",
            f"The name was on the register until {day_words(standing.ends)}. Give a later day.",
        )


def _start_problems(school: School, start: Start, day: date, year_group: str) -> Iterator[Problem]:
    field = "expected_on" if day == start.expected_on else "first_attended"
    for problem in checks.start_problems(school, day, year_group):
        yield problem._replace(field=field)
    yield from checks.group_problems(school, start.group)


def _begin(pupil: Pupil, start: Start, day: date, *, by: Signer, now: datetime, reason: str) -> Enrolment:
    enrolment = Enrolment.objects.create(pupil=pupil, begins=day, standing=start.standing)
    if start.group:
        GroupMembership.objects.create(pupil=pupil, group=start.group, begins=day)
    enter(pupil, "begins", "", day.isoformat(), reason=reason, by=by, now=now)
    record_event(
        Kind.PUPIL_ADDED,
        by=by,
        at=now,
        school_id=pupil.school_id,
        subject=f"pupil:{pupil.id}",
        starting_day=day.isoformat(),
        group=start.group.name if start.group else "",
    )
    return enrolment
