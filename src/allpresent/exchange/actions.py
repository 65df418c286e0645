"""The verbs of an import: take a file in, choose its columns, decide, import it or let it go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.core.files import File

from allpresent.exchange import work
from allpresent.exchange.files.reading import read_table
from allpresent.exchange.files.table import Refused
from allpresent.exchange.models import ColumnMapping, ImportRun
from allpresent.exchange.roll.mapping import plain_heading
from allpresent.schools.models import School
from allpresent.shared.signer import Signer

KEPT = timedelta(days=1)
"""How long a file that nobody decided about is kept."""

Stage = ImportRun.Stage


def take_in(*, school: School, file: File, day: date, by: Signer, now: datetime) -> ImportRun | Refused:
    """Keep a file that can be read, for its columns to be chosen; or say why it cannot be."""
    clear_old_files(now=now)
    content = file.read()
    try:
        read_table(content, most=20)
    except Refused as refusal:
        return refusal
    file.seek(0)
    return ImportRun.objects.create(
        school=school,
        file=file,
        file_name=(file.name or "roll")[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        day=day,
        beat_at=now,
        began_at=now,
        by_id=by.user_id,
        by_name=by.name,
        by_position=by.position,
    )


def choose_columns(*, run: ImportRun, headings: Sequence[str], mapping: Sequence[str], now: datetime) -> None:
    """Remember what each column holds, for this file and the school's next, and look at the whole file."""
    for heading, field in zip(headings, mapping, strict=True):
        if plain := plain_heading(heading)[:200]:
            ColumnMapping.objects.update_or_create(school=run.school, heading=plain, defaults={"field": field})
    _begin(run, (Stage.ARRIVED, Stage.CHECKED), Stage.CHECKING, now, mapping=list(mapping), decisions={})


def decide(*, run: ImportRun, decisions: Mapping[int, str], now: datetime) -> None:
    """Say of conflicts, by row, whether they are the same pupil, and look again."""
    decided = run.decisions | {str(row): choice for row, choice in decisions.items()}
    _begin(run, (Stage.CHECKED,), Stage.CHECKING, now, decisions=decided)


def confirm(*, run: ImportRun, now: datetime) -> None:
    """Import what the preview showed: all of it, or nothing. A second press does nothing."""
    if run.counts.get("errors") or run.counts.get("undecided"):
        return
    _begin(run, (Stage.CHECKED,), Stage.WRITING, now)


def begin_again(*, run: ImportRun, now: datetime) -> None:
    """Look once more at a file whose work was interrupted."""
    if work.is_interrupted(run, now):
        _begin(run, (Stage.CHECKING, Stage.WRITING), Stage.CHECKING, now)


def abandon(*, run: ImportRun, now: datetime) -> None:
    """Let a file go. The columns chosen are remembered all the same."""
    stages = [Stage.ARRIVED, Stage.CHECKED]
    if work.is_interrupted(run, now):
        stages += [Stage.CHECKING, Stage.WRITING]
    if ImportRun.objects.filter(id=run.id, stage__in=stages).update(stage=Stage.ABANDONED, ended_at=now):
        work.clear(run)


def clear_old_files(*, now: datetime) -> int:
    """Let go of files left undecided for a day. Returns how many."""
    old = ImportRun.objects.filter(ended_at__isnull=True, began_at__lt=now - KEPT)
    runs = [run for run in old if not run.is_working or work.is_interrupted(run, now)]
    for run in runs:
        abandon(run=run, now=now)
    return len(runs)


def _begin(run: ImportRun, before: Sequence[Stage], stage: Stage, now: datetime, **facts) -> None:
    """Claim the run: of two presses at once, one does the work."""
    claim = ImportRun.objects.filter(id=run.id, stage__in=before, stage=run.stage)
    if claim.update(stage=stage, percent=5, beat_at=now, says="", **facts):
        work.carry_on(run)
