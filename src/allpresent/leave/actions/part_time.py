"""Part-time timetables: agreed, reviewed, and ended before their day. At their day they end by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allpresent.core.calendar.compulsory_age import compulsory_from, compulsory_until
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.leave.asking import Asker
from allpresent.core.leave.deciding import Span
from allpresent.core.leave.part_time import Agreement, agreement_faults, away_sessions
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.core.roll.expected import halves_text
from allpresent.leave import queries
from allpresent.leave.actions.giving_back import give_back_after
from allpresent.leave.actions.keeping import keep, kept_before, sign
from allpresent.leave.letters import write_agreement
from allpresent.leave.lines import PartTimeLine
from allpresent.leave.models import PartTime, PartTimeEnd, PartTimeReview
from allpresent.leave.weighing import asker_of, has_social_worker, sessions_in
from allpresent.people.queries import RollPupil
from allpresent.registers.actions import plan_sessions
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import plain_day

CODE = "C2"
OVER = "This timetable is over already."


@dataclass(frozen=True)
class Agreed:
    """What was agreed, with whom and when. `contact_id` is the parent among the child's contacts.

    `worker_told_on`: when the social worker was told, where the child has one.
    """

    agreement: Agreement
    reason: str
    agreed_by: str
    relation: str
    contact_id: int
    agreed_on: date
    worker_told_on: date | None
    return_plan: str


@dataclass
class Kept:
    """A timetable kept: the sessions entered ahead, those that held a mark, and whom no letter could reach."""

    part_time: PartTime
    planned: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    unwritten: tuple[str, ...] = ()


def agree_part_time(
    *, school: School, pupil: RollPupil, agreed: Agreed, key: str, by: Signer, now: datetime
) -> Kept | Refused:
    """Keep an agreement, enter C2 for the sessions it does not attend, up to its end, and write to the parents.

    Whoever calls has seen that the policy names this person. A social worker is told before it begins.
    (reg 11(6); O-A-6.5, O-B-6.3)
    """
    done = Kept(_row(school, pupil, agreed, key, by, now))
    if held := kept_before(done.part_time):
        return Kept(held) if isinstance(held, PartTime) else held
    problems = tuple(_problems(school, pupil, agreed, now))
    if problems:
        return Refused(problems)

    def act() -> Refused | None:
        refusal = _plan(school, pupil, agreed, done, by, now)
        if refusal is None:
            plan = agreed.return_plan
            done.unwritten = write_agreement(school, pupil, agreed.agreement, plan, key=key, by=by, now=now)
        return refusal

    kept = keep(done.part_time, also=act)
    return kept if isinstance(kept, Refused) else done


def _row(school: School, pupil: RollPupil, agreed: Agreed, key: str, by: Signer, now: datetime) -> PartTime:
    days = agreed.agreement
    return PartTime(
        school=school, pupil_id=pupil.id, begins=days.begins, ends=days.ends, attends=halves_text(days.attends),
        reviews=[day.isoformat() for day in days.reviews], reason=agreed.reason.strip(), agreed_by=agreed.agreed_by,
        relation=agreed.relation, contact_id=agreed.contact_id, agreed_on=agreed.agreed_on,
        worker_told_on=agreed.worker_told_on, return_plan=agreed.return_plan.strip(), key=key, at=now, **sign(by),
    )  # fmt: skip


def _problems(school: School, pupil: RollPupil, agreed: Agreed, now: datetime) -> Iterator[Problem]:
    setting, days, today = setting_of(school), agreed.agreement, wall_clock(now)[0]
    ages = {"compulsory_from": compulsory_from(pupil.born), "compulsory_until": compulsory_until(pupil.born)}
    for fault in agreement_faults(days, setting.policy_on(today), setting.calendar, **ages):
        yield Problem(*fault)
    if days.begins < today:
        yield Problem("begins", "It begins today or later: nothing is agreed after the event.")
    if asker_of(pupil, agreed.contact_id, agreed.relation, now) is not Asker.LIVED_WITH:
        yield Problem("who", "It is agreed with a parent the pupil normally lives with (SI 2024/208 reg 11(6)).")
    if agreed.agreed_on > today or agreed.agreed_on > days.begins:
        yield Problem("agreed_on", "The parent agrees before it begins, and not on a day to come.")
    if agreed.worker_told_on is None and has_social_worker(pupil, now):
        yield Problem("worker_told_on", "Say when the social worker was told. They hear of it before it begins.")
    for other in queries.part_times_of([pupil.id], days.begins, days.ends):
        if other.last_day >= days.begins:
            until = plain_day(other.last_day)
            yield Problem("begins", f"Another part-time timetable runs until {until}. End that one first.")


def _plan(school: School, pupil: RollPupil, agreed: Agreed, done: Kept, by: Signer, now: datetime) -> Refused | None:
    """Enter C2 for the sessions not attended, and never past the end; marks that are there are kept."""
    days = agreed.agreement
    sessions = away_sessions(days, sessions_in(school, pupil, _whole(days.begins, days.ends)))
    planned = plan_sessions(
        school=school, pupil=pupil, sessions=sessions, code=CODE, detail=_detail(agreed), level=EnteredBy.HEAD,
        by=by, now=now,
    )  # fmt: skip
    if isinstance(planned, Fault) and planned.kind is not ProblemKind.CONFLICT:
        return refused("begins", planned.message[:1].upper() + planned.message[1:])
    done.planned = () if isinstance(planned, Fault) else planned
    done.kept = tuple(session for session in sessions if session not in done.planned)
    return None


def _whole(first: date, last: date) -> Span:
    return Span(Session(first, Half.AM), Session(last, Half.PM))


def _detail(agreed: Agreed) -> str:
    """What C2 asks to be said beside each mark: the days, the reviews, and which parent agreed, and when."""
    days = agreed.agreement
    reviews = ", ".join(plain_day(day) for day in days.reviews)
    return (
        f"{plain_day(days.begins)} to {plain_day(days.ends)}, review {reviews}; agreed by {agreed.agreed_by} "
        f"({agreed.relation.lower()}) on {plain_day(agreed.agreed_on)}"
    )


def review_part_time(
    *, line: PartTimeLine, on_day: date, says: str, key: str, by: Signer, now: datetime
) -> PartTimeReview | Refused:
    """Keep that a review was held, and what came of it. (O-B-6.3)"""
    row = PartTimeReview(part_time_id=line.id, on_day=on_day, says=says.strip(), key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    if on_day > wall_clock(now)[0]:
        return refused("on_day", "This day has not come yet. Give the day when the review was held.")
    if on_day < line.agreement.begins:
        return refused("on_day", f"It begins on {plain_day(line.agreement.begins)}: a review is held after that.")
    return keep(row)


def end_part_time(
    *,
    school: School,
    pupil: RollPupil,
    line: PartTimeLine,
    last_day: date,
    why: str,
    key: str,
    by: Signer,
    now: datetime,
) -> PartTimeEnd | Refused:
    """End a timetable before its day: C2 entered for later sessions is given back. (O-B-6.3: as short as possible)

    What has been marked since, or has begun, keeps its mark and is amended like any other.
    """
    row = PartTimeEnd(part_time_id=line.id, last_day=last_day, why=why.strip(), key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    problem = _end_problem(line, last_day, wall_clock(now)[0])
    if problem:
        return Refused((problem,))

    def give_back() -> None:
        days = _whole(last_day + timedelta(days=1), line.agreement.ends)
        give_back_after(school, pupil, days, CODE, reason=f"Part-time timetable ended: {why}", by=by, now=now)

    return keep(row, taken=OVER, also=give_back)


def _end_problem(line: PartTimeLine, last_day: date, today: date) -> Problem | None:
    if line.end or line.agreement.ends < today:
        return Problem("", OVER)
    if last_day >= line.agreement.ends:
        return Problem("last_day", f"It ends by itself on {plain_day(line.agreement.ends)}. Give an earlier day.")
    if last_day < max(line.agreement.begins, today) - timedelta(days=1):
        return Problem("last_day", "This day is over. Its last day can be yesterday at the earliest.")
    return None
