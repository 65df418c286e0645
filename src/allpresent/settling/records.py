"""What was decided, told, asked and agreed about pupils' absences, as frozen records. One query each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from django.db.models import Q

from allpresent.core.calendar.sessions import Half, Session
from allpresent.settling.models import (
    DecidedSession,
    Decision,
    EvidenceFlag,
    EvidenceRequest,
    ParentTold,
    UpdateAgreement,
)
from allpresent.shared.grouping import by_pupil


class DecidedLine(NamedTuple):
    """One session of a decision: the mark before, the version of the entry that the decision made."""

    session: Session
    before: str
    version: int


class DecisionLine(NamedTuple):
    """A decision: the code, for which sessions, why, what it answers and who decided. `at` is UTC."""

    id: int
    pupil_id: int
    notice_id: int | None
    code: str
    proposed: str
    reason: str
    detail: str
    confirmed: tuple[str, ...]
    seen: str
    granted: str
    clauses: tuple[str, ...]
    at: datetime
    by_name: str
    by_position: str
    sessions: tuple[DecidedLine, ...] = ()


class ToldLine(NamedTuple):
    """A parent was told: about what, how, whom. `notice_id` is the explanation that is not accepted."""

    id: int
    pupil_id: int
    about: str
    notice_id: int | None
    how: str
    to: str
    says: str
    at: datetime
    by_name: str
    by_position: str


class RequestLine(NamedTuple):
    """Evidence that was asked for, for the absence that began on `first`."""

    id: int
    pupil_id: int
    first: date
    why: str
    says: str
    until: date
    at: datetime
    by_name: str
    by_position: str


class FlagLine(NamedTuple):
    """Evidence is needed for every illness from `begins`, until `ends` (None: no end is set)."""

    id: int
    pupil_id: int
    begins: date
    ends: date | None
    says: str
    at: datetime
    by_name: str
    by_position: str

    def on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class AgreementLine(NamedTuple):
    """No daily word is needed from `begins` to `until`: the explanation goes on holding."""

    id: int
    pupil_id: int
    notice_id: int
    begins: date
    until: date
    agreed_with: str
    says: str
    at: datetime
    by_name: str
    by_position: str

    def on(self, day: date) -> bool:
        return self.begins <= day <= self.until


L = TypeVar("L", DecisionLine, ToldLine, RequestLine, FlagLine, AgreementLine)
ByPupil = dict[int, tuple[L, ...]]


def decisions_of(pupil_ids: Collection[int], first: date, last: date) -> ByPupil[DecisionLine]:
    """The decisions about any session between, by pupil, in the order they were made: two queries."""
    mine = Q(pupil_id__in=pupil_ids, sessions__day__gte=first, sessions__day__lte=last)
    fields = DecisionLine._fields[:-1]
    rows = list(Decision.objects.filter(mine).distinct().order_by("at", "id").values_list(*fields))
    sessions = _sessions_of([row[0] for row in rows])
    return by_pupil(_decision(row, sessions.get(row[0], ())) for row in rows)


def _decision(row: tuple, sessions: tuple[DecidedLine, ...]) -> DecisionLine:
    line = DecisionLine(*row, sessions)
    return line._replace(confirmed=tuple(line.confirmed), clauses=tuple(line.clauses))


def _sessions_of(decision_ids: Collection[int]) -> dict[int, tuple[DecidedLine, ...]]:
    found: dict[int, tuple[DecidedLine, ...]] = {}
    rows = DecidedSession.objects.filter(decision_id__in=decision_ids).order_by("day", "half")
    for decision, day, half, before, version in rows.values_list("decision_id", "day", "half", "before", "version"):
        found[decision] = (*found.get(decision, ()), DecidedLine(Session(day, Half(half)), before, version))
    return found


def told_of(pupil_ids: Collection[int]) -> ByPupil[ToldLine]:
    """Every time that a parent was told something, by pupil, in order."""
    rows = ParentTold.objects.filter(pupil_id__in=pupil_ids).order_by("at", "id")
    return by_pupil(map(ToldLine._make, rows.values_list(*ToldLine._fields)))


def requests_of(pupil_ids: Collection[int]) -> ByPupil[RequestLine]:
    """The evidence asked for, by pupil, in order."""
    rows = EvidenceRequest.objects.filter(pupil_id__in=pupil_ids).order_by("at", "id")
    return by_pupil(map(RequestLine._make, rows.values_list(*RequestLine._fields)))


def flags_of(pupil_ids: Collection[int]) -> ByPupil[FlagLine]:
    """The flags "evidence needed from now on", by pupil; one that was ended early ends on that day."""
    rows = EvidenceFlag.objects.filter(pupil_id__in=pupil_ids, closes=None).order_by("begins", "id")
    fields = (*FlagLine._fields, "closed_by__ends")
    return by_pupil(FlagLine(*row[:-1])._replace(ends=row[-1] or row[3]) for row in rows.values_list(*fields))


def agreements_of(pupil_ids: Collection[int]) -> ByPupil[AgreementLine]:
    """The agreements that no daily word is needed, by pupil; one that was ended early ends on that day."""
    rows = UpdateAgreement.objects.filter(pupil_id__in=pupil_ids, closes=None).order_by("begins", "id")
    fields = (*AgreementLine._fields, "closed_by__until")
    return by_pupil(AgreementLine(*row[:-1])._replace(until=row[-1] or row[4]) for row in rows.values_list(*fields))
