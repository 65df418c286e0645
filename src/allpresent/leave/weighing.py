"""What a request needs, worked out of what the rooms below know of the pupil and of whoever asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allpresent.core.calendar.compulsory_age import compulsory_until, is_compulsory_age
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.core.leave.asking import AskedFacts, Asker, needs
from allpresent.core.leave.deciding import Span
from allpresent.core.leave.grounds import leave_of
from allpresent.core.leave.needs import Need
from allpresent.core.leave.notice import latest_day_before
from allpresent.core.policy.model.words import Circumstance, Party
from allpresent.core.policy.policy import Policy
from allpresent.leave.lines import RequestLine
from allpresent.people.queries import RollPupil
from allpresent.people.queries.around import Around, around
from allpresent.schools.models import School
from allpresent.schools.queries import Setting, setting_of

THE_PUPIL = "the pupil"
"""The relation of a pupil who asks for themselves."""


def sessions_in(school: School, pupil: RollPupil, span: Span) -> tuple[Session, ...]:
    """The sessions between, both ends included, that the school meets and the pupil is expected at."""
    met = setting_of(school).calendar.sessions_between(span.first.day, span.last.day)
    return tuple(one for one in met if span.first <= one <= span.last and pupil.expected_at(one))


def last_begun(school: School, pupil: RollPupil, span: Span, now: datetime) -> Session | None:
    """The last of the sessions between that has begun, or None."""
    setting = setting_of(school)
    begun = (one for one in sessions_in(school, pupil, span) if now >= _opens(setting, one, pupil))
    return max(begun, default=None)


def needs_of(school: School, pupil: RollPupil, line: RequestLine, now: datetime) -> tuple[Need, ...]:
    """What one request needs: two queries."""
    return needs_of_each(school, ((pupil, line),), now)[line.id]


def needs_of_each(
    school: School, asked: Iterable[tuple[RollPupil, RequestLine]], now: datetime
) -> dict[int, tuple[Need, ...]]:
    """What each of some requests needs, by the policy in force today: two queries, however many requests."""
    asked = tuple(asked)
    today = wall_clock(now)[0]
    known = around((pupil.id for pupil, _ in asked), today) if asked else {}
    policy = setting_of(school).policy_on(today)
    return {
        line.id: needs(policy, line.rule, _facts(school, pupil, line, known[pupil.id], policy), now=now)
        for pupil, line in asked
    }


def _facts(school: School, pupil: RollPupil, line: RequestLine, known: Around, policy: Policy) -> AskedFacts:
    setting, first = setting_of(school), line.span.first
    ahead = leave_of(policy).ahead
    met = sessions_in(school, pupil, line.span)
    return AskedFacts(
        asked_at=line.asked_at,
        asked_on=wall_clock(line.asked_at)[0],
        begins_at=_opens(setting, met[0] if met else first, pupil),
        latest_ask=latest_day_before(first.day, ahead, setting.calendar) if ahead else None,
        asker=_asker(known, line.contact_id, line.relation),
        compulsory_throughout=all(is_compulsory_age(pupil.born, day) for day in (first.day, line.span.last.day)),
        over_age=first.day > compulsory_until(pupil.born),
        circumstances=frozenset(known.circumstances),
        heard=frozenset(one.party for one in line.consultations),
        finding=line.check.finding if line.check else None,
    )


def _opens(setting: Setting, session: Session, pupil: RollPupil) -> datetime:
    return setting.window(session, pupil.year_group).opens_at(session.day)


def asker_of(pupil: RollPupil, contact_id: int | None, relation: str, now: datetime) -> Asker:
    """Who asked or agreed, as the law sees them: by how the child's contact stands to the child today."""
    return _asker(around([pupil.id], wall_clock(now)[0])[pupil.id], contact_id, relation)


def _asker(known: Around, contact_id: int | None, relation: str) -> Asker:
    adult = next((person for person in known.people if person.ref == f"contact:{contact_id}"), None)
    if adult is None:
        return Asker.PUPIL if relation == THE_PUPIL else Asker.OTHER
    if adult.party != Party.PARENT:
        return Asker.OTHER
    return Asker.LIVED_WITH if adult.lives_with else Asker.PARENT


def has_social_worker(pupil: RollPupil, now: datetime) -> bool:
    """Whether the child has a social worker, by a worker or a characteristic in force: restricted."""
    return Circumstance.SOCIAL_WORKER in around([pupil.id], wall_clock(now)[0])[pupil.id].circumstances
