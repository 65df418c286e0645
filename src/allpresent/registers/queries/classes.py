"""A class over some days, as a paper register holds it: who was in it on which day, and their marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register.history import MarkEntry, as_known_on
from allpresent.people.queries.members import Member, members_between
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.schools.models import Group, School


@dataclass(frozen=True)
class ClassGrid:
    """The members of a group between two days, and their marks of the academic year up to the last of them.

    `marks` holds (code, version) by pupil and session.
    """

    group: Group
    members: tuple[Member, ...]
    marks: dict[int, dict[Session, tuple[str, int]]]


def class_between(school: School, group: Group, first: date, last: date, *, known: datetime | None) -> ClassGrid:
    """The group from `first` to `last`: five queries. With `known`, marks as they stood at that moment."""
    members = members_between(school, group.id, first, last)
    since = min(first, academic_year_of(last).starts)
    read = _in_force if known is None else _known
    return ClassGrid(group, members, read([member.id for member in members], since, last, known))


def _in_force(pupil_ids: Iterable[int], first: date, last: date, _: None) -> dict:
    rows = CurrentMark.objects.filter(pupil_id__in=pupil_ids, day__gte=first, day__lte=last).exclude(code="")
    found: dict[int, dict[Session, tuple[str, int]]] = {}
    for pupil_id, day, half, code, version in rows.values_list("pupil_id", "day", "half", "code", "version"):
        found.setdefault(pupil_id, {})[Session(day, Half(half))] = (code, version)
    return found


def _known(pupil_ids: Iterable[int], first: date, last: date, known: datetime) -> dict:
    rows = RegisterEntry.objects.filter(pupil_id__in=pupil_ids, day__gte=first, day__lte=last, at__lte=known)
    entries = (
        MarkEntry(pupil_id, Session(day, Half(half)), version, code, at)
        for pupil_id, day, half, version, code, at in rows.values_list(
            "pupil_id", "day", "half", "version", "code", "at"
        )
    )
    found: dict[int, dict[Session, tuple[str, int]]] = {}
    for (pupil_id, session), entry in as_known_on(entries, known).items():
        if entry.code:
            found.setdefault(pupil_id, {})[session] = (entry.code, entry.version)
    return found
