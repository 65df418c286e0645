"""The work on a file: reading it, comparing it with the roll, writing it. Big files are worked on beside the page.

What is written is written in one transaction, so a process that is killed leaves the roll as it was; the run then
shows no sign of life, and `is_interrupted` says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from threading import Thread

from django.db import DatabaseError, connections, transaction

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.exchange.files.reading import read_table
from allpresent.exchange.files.table import Refused
from allpresent.exchange.models import ImportRun, PreviewLine
from allpresent.exchange.roll.matching import Choice
from allpresent.exchange.roll.proposal import Context, Proposal
from allpresent.exchange.roll.propose import propose
from allpresent.exchange.roll.rows import read_rows
from allpresent.people.bulk import RollChanged, write_roll
from allpresent.people.bulk_queries import HeldRoll, held_roll
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event
from allpresent.shared.signer import Signer

SMALL = 150_000
"""Bytes: about three hundred pupils, read and compared within a second."""

SILENCE = timedelta(minutes=3)
"""How long work may show no sign of life before it is taken to have been interrupted."""

CHANGED = "The roll has changed since this was looked at. This is what the file would do now."

_log = logging.getLogger(__name__)


class Overtaken(Exception):
    """The run is no longer this work's to finish."""


def is_interrupted(run: ImportRun, now: datetime) -> bool:
    return run.is_working and now - run.beat_at > SILENCE


def carry_on(run: ImportRun) -> None:
    """Do the work of the run's stage: here when the file is small, otherwise beside the request."""
    if run.size <= SMALL:
        work_on(run.id)
    else:
        Thread(target=_beside, args=(run.id,), name=f"roll import {run.id}", daemon=True).start()


def _beside(run_id: int) -> None:
    try:
        work_on(run_id)
    finally:
        connections.close_all()


def work_on(run_id: int) -> None:
    """Check or write one run, to its next stage. Whatever goes wrong is told on the run, and nothing is half done."""
    run = ImportRun.objects.select_related("school__trust").get(id=run_id)
    work = {ImportRun.Stage.CHECKING: _check, ImportRun.Stage.WRITING: _write}[ImportRun.Stage(run.stage)]
    try:
        work(run)
    except Overtaken:
        _log.warning("Roll import %s was overtaken", run_id)
    except Refused as refusal:
        _fail(run, str(refusal))
    except Exception:
        _log.exception("Roll import %s stopped", run_id)
        _fail(run, "Something went wrong on our side, and nothing was changed. Send the file again.")


def look(
    school: School, content: bytes, mapping: list[str], context: Context, beat: Callable[[int], None]
) -> tuple[Proposal, HeldRoll]:
    """What a file would do to the roll as it is now. Raises Refused."""
    reading = read_rows(read_table(content), mapping, context.today)
    beat(40)
    held = held_roll(school)
    beat(60)
    return propose(reading, held, context), held


def context_of(school: School, *, today: date, day: date, file_name: str, decisions: dict[str, str]) -> Context:
    """What the comparing is told beside the file."""
    return Context(
        today=today,
        day=day,
        source=f"Roll import {file_name}",
        decisions={int(row): Choice(choice) for row, choice in decisions.items()},
        is_school_day=partial(_may_be_a_school_day, setting_of(school).calendar),
    )


def _may_be_a_school_day(calendar: SchoolCalendar, day: date) -> bool:
    """Whether the school meets, as far as is known: of days outside its terms as entered nothing is known."""
    known = bool(calendar.terms) and calendar.terms[0].starts <= day <= max(term.ends for term in calendar.terms)
    return not known or calendar.meets(day)


def _look(run: ImportRun) -> tuple[Proposal, HeldRoll]:
    context = context_of(run.school, today=clock.today(), day=run.day, file_name=run.file_name, decisions=run.decisions)
    with run.file.open("rb") as stream:
        return look(run.school, stream.read(), run.mapping, context, lambda percent: _beat(run, percent))


def _beat(run: ImportRun, percent: int) -> None:
    ImportRun.objects.filter(id=run.id).update(percent=percent, beat_at=clock.now())


def _check(run: ImportRun) -> None:
    proposal, _ = _look(run)
    _keep_preview(run, proposal)


def _keep_preview(run: ImportRun, proposal: Proposal, says: str = "") -> None:
    _beat(run, 80)
    with transaction.atomic():
        run.lines.all().delete()
        rows = (
            PreviewLine(run=run, section=line.section.value, place=place, row=line.row, facts=line._asdict())
            for place, line in enumerate(proposal.lines)
        )
        PreviewLine.objects.bulk_create(rows, batch_size=1000)
        _set(run, ImportRun.Stage.CHECKED, counts=proposal.counts, plan_digest=proposal.digest, says=says)


def _set(run: ImportRun, stage: ImportRun.Stage, **facts) -> None:
    """Move a run on. Raises Overtaken when somebody took it for interrupted and has moved it meanwhile."""
    mine = ImportRun.objects.filter(id=run.id, stage=run.stage)
    if not mine.update(stage=stage, percent=100, beat_at=clock.now(), **facts):
        raise Overtaken


def _fail(run: ImportRun, says: str) -> None:
    _set(run, ImportRun.Stage.FAILED, says=says[:500], ended_at=clock.now())
    clear(run)


def _write(run: ImportRun) -> None:
    proposal, held = _look(run)
    if proposal.blocked or proposal.digest != run.plan_digest:
        _keep_preview(run, proposal, CHANGED)
        return
    by, now = Signer(run.by_id, run.by_name, run.by_position), clock.now()
    _beat(run, 80)
    try:
        with transaction.atomic():
            write(run.school, proposal, held, by=by, now=now, file_name=run.file_name, digest=run.digest)
            _set(run, ImportRun.Stage.DONE, counts=proposal.counts, ended_at=now)
    except (RollChanged, DatabaseError):
        _log.warning("Roll import %s: the roll changed while it was written", run.id, exc_info=True)
        _keep_preview(run, _look(run)[0], CHANGED)
        return
    clear(run)


def write(
    school: School, proposal: Proposal, held: HeldRoll, *, by: Signer, now: datetime, file_name: str, digest: str
) -> None:
    """Write a proposal with its event, all or nothing. Raises RollChanged."""
    with transaction.atomic():
        write_roll(school=school, plan=proposal.plan, held=held, by=by, now=now)
        facts = {"file": file_name, "digest": digest, "counts": proposal.counts}
        record_event(Kind.ROLL_IMPORTED, by=by, at=now, school_id=school.id, **facts)


def clear(run: ImportRun) -> None:
    """Remove the file and the preview; the row stays."""
    run.lines.all().delete()
    if run.file:
        run.file.delete(save=False)
        ImportRun.objects.filter(id=run.id).update(file="")
