"""Decisions as the office makes them, in a line."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.settle.reasons import Reason
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.models import CurrentMark
from allpresent.settling.actions import settle
from allpresent.settling.models import (
    DecidedSession,
    Decision,
    EvidenceFlag,
    EvidenceRequest,
    ParentTold,
    SupportOffered,
    UpdateAgreement,
)
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from tests import world

_keys = count(1)


def morning(day: date) -> Session:
    return Session(day, Half.AM)


def afternoon(day: date) -> Session:
    return Session(day, Half.PM)


def code_of(pupil: Pupil, session: Session) -> str:
    return CurrentMark.objects.get(pupil=pupil, day=session.day, half=session.half).code


def decide(
    pupil: Pupil, *sessions: Session, code: str, now: str | datetime, notice: int | None = None, **facts: object
) -> Decision | Refused:
    """The office settles sessions of a pupil. A moment is London time."""
    given = {"reason": "As told.", "evidence_ids": (), "level": EnteredBy.OFFICE, "key": f"decision {next(_keys)}"}
    return settle(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, sessions[0].day), sessions=sessions, code=code,
        notice_id=notice, by=world.OFFICE, now=read_moment(now) if isinstance(now, str) else now, **{**given, **facts},
    )  # fmt: skip


def says_of(refusal: object) -> str:
    """Everything that a refusal says."""
    assert isinstance(refusal, Refused), refusal
    return " ".join(problem.message for problem in refusal.problems)


def told_later(pupil: Pupil, words: str, *, day: date, moment: str, reason: str) -> Notice:
    """A message about an earlier day, told and recorded at a moment."""
    at = read_moment(moment)
    said = Said("absence", day, Half.AM, Reason(reason), words, "telephone", "Grace Adeyemi", "Mother", at)
    kept = record_notice(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, day), said=said, key=f"later {next(_keys)}",
        by=world.OFFICE, now=at,
    )  # fmt: skip
    assert isinstance(kept, Notice), kept
    return kept


def one_of_each(pupil: Pupil) -> None:
    """A row in each table of settling."""
    day, acts = date(2026, 9, 15), {"school": pupil.school, "pupil": pupil, "at": world.BEGINNING, "by_name": "Sam"}
    notice = told_later(pupil, "flu", day=day, moment="2026-09-15 17:00", reason="illness")
    told = ParentTold.objects.create(**acts, about="change", how="telephone", to="Grace", key="told")
    decision = Decision.objects.create(**acts, notice=notice, code="I", reason="As told.", told=told, key="decided")
    DecidedSession.objects.create(decision=decision, pupil=pupil, day=day, half="AM", before="N", version=2)
    EvidenceRequest.objects.create(**acts, first=day, why="long absence", says="Six days.", until=day, key="asked")
    EvidenceFlag.objects.create(**acts, begins=day, says="Four Mondays.", key="flag")
    UpdateAgreement.objects.create(**acts, notice=notice, begins=day, until=day, agreed_with="Grace", key="agreed")
    SupportOffered.objects.create(**acts, kind="support", what="Breakfast club.", day=day, key="offered")
