"""What is to be settled: every unexplained or undecided absence, what was said of it, and the code proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import EvidenceHeld
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.settle.clock import Countdown
from allpresent.core.settle.explanation import Facts
from allpresent.core.settle.proposal import Proposal
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.settling.loading import Child, Held, Loaded, is_imported, load_open, load_pupils
from allpresent.settling.records import AgreementLine, FlagLine, RequestLine, ToldLine
from allpresent.settling.weighing import OPEN, explains, flag_on, requests_for, weigh


class Kind(StrEnum):
    """Why an absence is open, in the order in which they are shown."""

    OVER = "over"
    """Its time is over and nobody has said why: the code that follows waits for approval."""
    SAID = "said"
    """Something was said: a person decides."""
    LATER = "later"
    """A message came after the mark had been settled: a proposed amendment."""
    UNKNOWN = "unknown"
    """Nobody has said why, and there is time left."""


@dataclass(frozen=True)
class OpenSession:
    """One session to be settled, the code it has and the version of that entry."""

    session: Session
    code: str
    version: int


@dataclass(frozen=True)
class OpenAbsence:
    """Sessions of one pupil that can be settled together: one explanation, one proposal. `clock` is the soonest's.

    `overdue`: the day for approving what follows has passed too. `missed_return`: the day they were expected back.
    `imported`: brought in from another system, so that nothing happens to it by itself.
    """

    pupil: RollPupil
    kind: Kind
    sessions: tuple[OpenSession, ...]
    explanation: NoticeLine | None
    proposal: Proposal
    clock: Countdown
    clock_clauses: tuple[str, ...]
    facts: Facts
    by_itself: bool = False
    overdue: bool = False
    imported: bool = False
    missed_return: date | None = None
    told: ToldLine | None = None
    request: RequestLine | None = None
    flag: FlagLine | None = None
    agreement: AgreementLine | None = None
    evidence: tuple[EvidenceHeld, ...] = ()

    @property
    def first(self) -> date:
        return self.sessions[0].session.day

    @property
    def ready(self) -> bool:
        """Whether one press settles it: one code, nothing to see first, nobody to tell first."""
        proposal = self.proposal
        seen = any(need.kind != "confirmed" for need in proposal.needs)
        return bool(proposal.code) and not seen and (not proposal.tell_first or self.told is not None)


def open_absences(school: School, *, now: datetime) -> tuple[OpenAbsence, ...]:
    """Every absence that is to be settled, the soonest first; a constant number of queries.

    An N whose reason nobody gave, an N with an explanation nobody decided on, and a settled mark about which a message
    came later. Sessions of today and before alone. Raises PolicyProblem where no policy can be read.
    """
    return open_among(load_open(school, now=now))


def open_absences_of(school: School, pupil_id: int, *, now: datetime) -> tuple[OpenAbsence, ...]:
    """Those of one pupil."""
    return open_among(load_pupils(school, [pupil_id], now=now))


def open_among(loaded: Loaded) -> tuple[OpenAbsence, ...]:
    """The open absences of children already loaded, in order."""
    absences, order = _absences(loaded), list(Kind)
    far = date.max
    return tuple(
        sorted(
            absences, key=lambda a: (order.index(a.kind), a.clock.last_day or far, a.pupil.name, a.pupil.id, a.first)
        )
    )


def _absences(loaded: Loaded) -> Iterator[OpenAbsence]:
    for child in loaded.children:
        singles = (single for session in sorted(child.marks) for single in _single(loaded, child, session))
        for _, together in groupby(singles, key=_alike):
            yield _joined(tuple(together))


def _alike(absence: OpenAbsence) -> tuple[object, ...]:
    explained = absence.explanation.id if absence.explanation else None
    return (absence.kind, explained, absence.proposal, absence.overdue, absence.imported)


def _joined(absences: tuple[OpenAbsence, ...]) -> OpenAbsence:
    """Several sessions that are settled alike, with the clock of the first."""
    first = absences[0]
    return OpenAbsence(**{**vars(first), "sessions": tuple(s for absence in absences for s in absence.sessions)})


def _single(loaded: Loaded, child: Child, session: Session) -> Iterator[OpenAbsence]:
    held = child.marks[session]
    if session.day > loaded.today or not _may_be_open(child, session, held):
        return
    line, proposal, clock, facts = weigh(child, session, loaded.setting, loaded.today)
    kind = _kind(child, session, held, line, proposal, clock)
    if kind is None:
        return
    policy = loaded.setting.policy_on(session.day)
    asked = requests_for(child, facts.first_day, session.day)
    yield OpenAbsence(
        pupil=child.pupil,
        kind=kind,
        sessions=(OpenSession(session, held.code, held.version),),
        explanation=line,
        proposal=proposal,
        clock=clock,
        clock_clauses=policy.why("settle"),
        facts=facts,
        by_itself=kind is Kind.OVER and policy.settles_by_itself,
        overdue=kind is Kind.OVER and _approval_missed(loaded, clock),
        imported=is_imported(held),
        missed_return=_missed_return(child, session),
        told=_told(child, line),
        request=asked[-1] if asked else None,
        flag=flag_on(child, session.day),
        agreement=next((agreed for agreed in child.agreements if agreed.on(session.day)), None),
        evidence=tuple(held for held in child.evidence if held.first <= session.day <= held.last),
    )


def _may_be_open(child: Child, session: Session, held: Held) -> bool:
    if held.code == "N":
        return True
    codes = code_set_on(session.day)
    return bool(child.notices) and held.code in codes and codes[held.code].absence and held.code != "U"


def _kind(
    child: Child, session: Session, held: Held, line: NoticeLine | None, proposal: Proposal, clock: Countdown
) -> Kind | None:
    if held.code == "N":
        return Kind.SAID if explains(line) else Kind.OVER if clock.over else Kind.UNKNOWN
    return Kind.LATER if line and _came_later(child, session, held, line, proposal) else None


def _came_later(child: Child, session: Session, held: Held, line: NoticeLine, proposal: Proposal) -> bool:
    """Whether a message says otherwise than a mark that was entered before it, and nobody has answered it."""
    if line.at < held.at or held.code == proposal.code or not explains(line):
        return False
    answered = (decision for decision in child.decisions if decision.notice_id == line.id)
    return not any(session == decided.session for decision in answered for decided in decision.sessions)


def _approval_missed(loaded: Loaded, clock: Countdown) -> bool:
    """Whether a school day has gone by since the time was over."""
    after = loaded.setting.calendar.next_school_day(clock.last_day) if clock.last_day else None
    return after is not None and after < loaded.today


def _missed_return(child: Child, session: Session) -> date | None:
    """The day on which the pupil was expected back and did not come (M-6c)."""
    due = [line.expected_back for line in child.notices if line.expected_back and line.expected_back <= session.day]
    day = max(due, default=None)
    came = (
        any(day <= s.day <= session.day and held.code not in OPEN for s, held in child.marks.items()) if day else True
    )
    return None if came else day


def _told(child: Child, line: NoticeLine | None) -> ToldLine | None:
    """The last time a parent was told that this explanation will not be accepted."""
    about = (told for told in child.told if told.about == "change" and line and told.notice_id == line.id)
    return next(reversed(tuple(about)), None)
