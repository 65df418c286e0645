"""Weighing one session of one child: what was said about it, what the records say beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.settle.clock import Countdown, countdown
from allpresent.core.settle.evidence import Run, Why
from allpresent.core.settle.explanation import Explanation, Facts
from allpresent.core.settle.proposal import Proposal, propose
from allpresent.core.settle.reasons import Reason
from allpresent.schools.queries import Setting
from allpresent.settling.loading import Child
from allpresent.settling.records import FlagLine, RequestLine
from allpresent.shared.clock import LONDON

LEAVE = frozenset({"C", "C1", "S", "J1", "T"})
"""Codes of an absence that was agreed, with an end."""
OPEN = frozenset({"N", "O", "G", "I"})
"""Codes that one unbroken absence may hold while its reason is being found out."""


def notice_for(child: Child, session: Session) -> NoticeLine | None:
    """The explanation that holds for a session: the newest that gives a reason, else the newest told; else the one
    that an agreement lets go on holding. A later 'no reason' takes no reason back: a correction does."""
    holding = [line for line in child.notices if _holds(line, session)]
    if holding:
        return next(filter(explains, reversed(holding)), holding[-1])
    agreed = {agreement.notice_id for agreement in child.agreements if agreement.on(session.day)}
    return next((line for line in child.notices if line.id in agreed), None)


def _holds(line: NoticeLine, session: Session) -> bool:
    if line.about == Notice.About.LATENESS or not line.begun_by(session):
        return False
    return session.day == line.day or (line.expected_back is not None and session.day < line.expected_back)


def explains(line: NoticeLine | None) -> bool:
    """Whether a message gives a reason, in whatever words: then a person decides, and the clock alone does not."""
    return line is not None and line.reason != Reason.NOT_SAID


def to_agree_on(child: Child) -> NoticeLine | None:
    """The newest message that an agreement may let go on holding: a reason for an absence, of nobody restricted."""
    lines = (line for line in reversed(child.notices) if line.about != Notice.About.LATENESS and not line.restriction)
    return next(filter(explains, lines), None)


def reason_of(line: NoticeLine) -> Reason | None:
    """The reason given; None where there are only words."""
    if line.about == Notice.About.APPOINTMENT and not line.reason:
        return Reason.APPOINTMENT
    return Reason(line.reason) if line.reason else None


def absence_before(child: Child, session: Session) -> tuple[Session, ...]:
    """The sessions of the same unbroken absence up to and with this one, oldest first."""
    earlier = sorted(held for held in child.marks if held <= session)
    run: list[Session] = []
    for held in reversed(earlier):
        if held != session and child.marks[held].code not in OPEN:
            break
        run.append(held)
    return tuple(reversed(run)) or (session,)


def facts_of(
    child: Child, session: Session, setting: Setting, line: NoticeLine | None, *, today: date, over: bool
) -> Facts:
    """What the records say about a session, as the rules of settling ask."""
    run = absence_before(child, session)
    before = max((held for held in child.marks if held < run[0]), default=None)
    return Facts(
        first_day=run[0].day,
        in_advance=line is not None and _in_advance(line, setting, child.pupil.year_group),
        doubted=doubt_on(child, run[0].day, session.day),
        evidence_seen=bool(evidence_on(child, session.day)),
        waiting=any(today <= request.until for request in requests_for(child, run[0].day, session.day)),
        whole_day=_whole_day(child, session.day),
        observance_days=_observance_before(child, session.day, setting),
        observance_days_this_year=sum(day < session.day for day in child.observance_days),
        after_leave=before is not None and child.marks[before].code in LEAVE,
        compulsory_age=child.pupil.is_compulsory_age(session.day),
        time_over=over,
    )


def _in_advance(line: NoticeLine, setting: Setting, year_group: str) -> bool:
    """Whether it was told before the register of its first session opened."""
    session = Session(line.day, Half(line.half))
    try:
        return line.told_at < setting.window(session, year_group).opens_at(line.day)
    except PolicyProblem:
        return line.told_at.astimezone(LONDON).date() < line.day


def doubt_on(child: Child, first: date, day: date) -> bool:
    """Whether evidence was asked for in doubt for this absence, or is needed from now on."""
    asked = any(request.why != Why.LONG for request in requests_for(child, first, day))
    return asked or flag_on(child, day) is not None


def requests_for(child: Child, first: date, day: date) -> tuple[RequestLine, ...]:
    """The requests for evidence of the absence that runs from `first` to `day`."""
    return tuple(request for request in child.requests if first <= request.first <= day)


def flag_on(child: Child, day: date) -> FlagLine | None:
    return next((flag for flag in child.flags if flag.on(day)), None)


def evidence_on(child: Child, day: date) -> tuple[int, ...]:
    """The evidence on record for a day."""
    return tuple(held.id for held in child.evidence if held.first <= day <= held.last)


def _whole_day(child: Child, day: date) -> bool:
    codes = code_set_on(day)
    held = [child.marks[s].code for half in Half if (s := Session(day, half)) in child.marks]
    return len(held) == len(Half) and all(codes[code].absence for code in held if code in codes)


def _observance_before(child: Child, day: date, setting: Setting) -> int:
    """How many school days just before are marked R: the days of the same observance."""
    count = 0
    for earlier in reversed(setting.calendar.previous_school_days(day, 10)):
        if earlier not in child.observance_days:
            break
        count += 1
    return count


def explanation_of(child: Child, session: Session, line: NoticeLine | None) -> Explanation | None:
    """What was said, told on the first day that this absence was explained so."""
    if line is None:
        return None
    first = absence_before(child, session)[0].day
    same = (other for other in child.notices if other.reason == line.reason and first <= other.day <= session.day)
    told = min((other.told_at for other in same), default=line.told_at)
    return Explanation(reason_of(line), min(told, line.told_at).astimezone(LONDON).date())


def weigh(
    child: Child, session: Session, setting: Setting, today: date
) -> tuple[NoticeLine | None, Proposal, Countdown, Facts]:
    """The explanation of a session, the code proposed, its clock and the facts. Raises PolicyProblem without policy."""
    policy = setting.policy_on(session.day)
    clock = countdown(setting.calendar, session.day, policy, today)
    line = notice_for(child, session)
    facts = facts_of(child, session, setting, line, today=today, over=clock.over)
    proposal = propose(policy, code_set_on(session.day), session, explanation_of(child, session, line), facts)
    return line, proposal, clock, facts


def illness_run(child: Child, setting: Setting, today: date) -> Run | None:
    """The unbroken run of I that reaches the last school day with a mark; None where the pupil is not ill."""
    sessions = tuple(_last_ill(child))
    if not sessions:
        return None
    first, days = sessions[0].day, {session.day for session in sessions}
    asked = bool(requests_for(child, first, today))
    return Run(first, len(days), len(sessions), asked, any(evidence_on(child, day) for day in days))


def _last_ill(child: Child) -> Iterator[Session]:
    run: list[Session] = []
    for session in sorted(child.marks, reverse=True):
        if child.marks[session].code != "I":
            break
        run.append(session)
    yield from reversed(run)
