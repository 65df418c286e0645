"""Keeping evidence: that it was seen, or a copy of it. It settles nothing by itself (M-4.2c, O-B-7.2, O-B-7.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from allpresent.absences import files
from allpresent.absences.files import Copy
from allpresent.absences.models import Evidence, EvidenceWithdrawn, Notice
from allpresent.people.models import Pupil
from allpresent.people.queries import RollPupil, pupil_of
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

KEPT_OTHERWISE = "This form was sent before with other answers. Open a new one and record the evidence again."
WITHDRAWN = "Somebody has withdrawn this already. Go back and look again."
LONGEST = timedelta(days=366)
ORPHANED_AFTER = timedelta(days=1)
"""A copy that no row names after this long was left by something that failed."""


@dataclass(frozen=True)
class Given:
    """What was given: for which days, of what kind, what it shows, by whom and how. `notice_id`: what it bears out."""

    first: date
    last: date
    kind: str
    shows: str
    given_by: str
    channel: str
    notice_id: int | None = None


def give_evidence(
    *, school: School, pupil: RollPupil | Pupil, given: Given, key: str, by: Signer, now: datetime,
    file: UploadedFile | None = None,
) -> Evidence | Refused:  # fmt: skip
    """Keep evidence, and the copy that came with it. The same sending again changes nothing.

    Refused says what cannot be: days the wrong way round, nothing shown, a file that is not what it says; then
    nothing is left behind. Raises ValueError for another school's pupil or message.
    (M-4.2c, O-B-7.2, O-B-7.3)
    """
    _check_ours(school, pupil, given)
    if held := Evidence.objects.filter(school=school, key=key).first():
        return held if _same(held, pupil, given) else refused("", KEPT_OTHERWISE)
    copy = files.copy_of(file) if file else None
    problems = (*_problems(given, file), *(copy.problems if isinstance(copy, Refused) else ()))
    if problems:
        return Refused(problems)
    row = Evidence(
        school=school, pupil_id=pupil.id, key=key, at=now, by_id=by.user_id, by_name=by.name,
        by_position=by.position, **asdict(given),
    )  # fmt: skip
    return _keep(row, copy if isinstance(copy, Copy) else None)


def _check_ours(school: School, pupil: RollPupil | Pupil, given: Given) -> None:
    if pupil_of(school, pupil.id) is None:
        raise ValueError(f"pupil {pupil.id} is not of {school}")
    if given.notice_id and not Notice.objects.filter(school=school, id=given.notice_id).exists():
        raise ValueError(f"message {given.notice_id} is not of {school}")


def _problems(given: Given, file: UploadedFile | None) -> Iterator[Problem]:
    if given.last < given.first:
        yield Problem("last", "The last day comes before the first. Check the two days.")
    elif given.last - given.first > LONGEST:
        yield Problem("last", "This is more than a year. Check the two days.")
    if not (given.shows or file):
        yield Problem("shows", "Say what you saw, such as: letter of 14 September, off until Friday")


def _keep(row: Evidence, copy: Copy | None) -> Evidence | Refused:
    """The copy first, then the row; where the row cannot be added the copy goes again."""
    if copy:
        row.file_name, row.file_type = copy.name, copy.type
        row.file_size, row.file_digest, row.file_path = len(copy.content), copy.digest, files.keep(copy)
    try:
        with transaction.atomic():
            row.save()
    except Exception as error:
        if copy:
            files.discard(row.file_path)
        if isinstance(error, IntegrityError):
            return _kept_meanwhile(row)
        raise
    return row


def _kept_meanwhile(row: Evidence) -> Evidence:
    """The same sending that came first. Raises Evidence.DoesNotExist where it was something else that failed."""
    return Evidence.objects.get(school_id=row.school_id, key=row.key)


def _same(held: Evidence, pupil: RollPupil | Pupil, given: Given) -> bool:
    return held.pupil_id == pupil.id and all(getattr(held, name) == value for name, value in asdict(given).items())


def withdraw_evidence(
    *, school: School, evidence_id: int, reason: str, by: Signer, now: datetime
) -> EvidenceWithdrawn | Refused:
    """Say that evidence was kept by mistake; it stays. Raises Evidence.DoesNotExist for another school's."""
    evidence = Evidence.objects.get(school=school, id=evidence_id)
    if not reason:
        return refused("reason", "Say why, such as: about another child")
    row = EvidenceWithdrawn(
        evidence=evidence, reason=reason, at=now, by_id=by.user_id, by_name=by.name, by_position=by.position
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return refused("", WITHDRAWN)
    return row


def sweep_files(*, now: datetime) -> int:
    """Remove copies that no row names, a day after they were written; how many there were."""
    named = set(Evidence.objects.exclude(file_path="").values_list("file_path", flat=True))
    orphans = [name for name in files.names_before(now - ORPHANED_AFTER) if name not in named]
    for name in orphans:
        files.discard(name)
    return len(orphans)
