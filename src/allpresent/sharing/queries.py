"""What was passed on, and what is still to be. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Code, code_set_on
from allpresent.core.messages.addresses import is_email
from allpresent.core.policy.policy import Policy
from allpresent.core.sharing import Telling, Told, What, bodies, tellings
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.people.queries.around import Around, around
from allpresent.registers.queries import Mark, Taken, school_marks, taken_on
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.sharing.models import Share


class Shared(NamedTuple):
    """One row of the log."""

    id: int
    pupil_id: int
    day: date
    half: str
    what: str
    party: str
    name: str
    address: str
    channel: str
    says: str
    clauses: tuple[str, ...]
    at: datetime
    by_name: str
    by_position: str

    @property
    def how(self) -> str:
        """In words: the log's own ways, and those of the first-day response."""
        return dict(Share.Channel.choices).get(self.channel, self.channel.replace("-", " ").capitalize())


@dataclass(frozen=True)
class Due:
    """One thing still to be passed on about one session. `taken` is the sending of its register, `due_at` UTC."""

    pupil: RollPupil
    session: Session
    mark: Mark | None
    telling: Telling
    taken: Taken | None
    due_at: datetime

    @property
    def key(self) -> str:
        """What makes it the same thing however often it is looked for."""
        person = self.telling.person
        return f"{self.telling.what}:{person.ref}:{self.pupil.id}:{self.session.day}:{self.session.half}"

    @property
    def says(self) -> str:
        """'Present (morning)', 'Late, 12 minutes', 'no mark yet'."""
        if self.mark is None:
            return "no mark yet"
        code = code_set_on(self.session.day)[self.mark.code]
        minutes = f", {self.mark.minutes_late} minutes" if self.mark.minutes_late else ""
        return f"{code.name}{minutes} ({code.letter})"

    @property
    def by_phone(self) -> bool:
        """Whether a person has to say it: the policy says so, or there is no address to write to."""
        return self.telling.by_phone or not is_email(self.telling.person.email)


def shares_of(
    school: School, first: date, last: date, *, pupil_ids: Iterable[int] | None = None, to: str = ""
) -> tuple[Shared, ...]:
    """What was passed on about the sessions between two days, newest first: one query."""
    rows = Share.objects.filter(school=school, day__gte=first, day__lte=last)
    rows = rows if pupil_ids is None else rows.filter(pupil_id__in=list(pupil_ids))
    rows = rows.filter(name__icontains=to) if to else rows
    found = rows.order_by("-at", "-id").values_list(*Shared._fields)
    return tuple(Shared(*row)._replace(clauses=tuple(row[10])) for row in found)


def due_lately(school: School, *, now: datetime) -> tuple[Due, ...]:
    """What is still to be passed on about the last school day and today: what the evening left is not forgotten."""
    today = now.astimezone(LONDON).date()
    days = (*setting_of(school).calendar.previous_school_days(today, 1), today)
    return tuple(one for day in days for one in due_on(school, day, now=now))


def due_on(school: School, day: date, *, now: datetime) -> tuple[Due, ...]:
    """What the policy has passed on about a day and nobody has yet, by session and name: at most eight queries."""
    setting = setting_of(school)
    sessions = setting.calendar.sessions_on(day)
    policy = setting.policy_on(day) if sessions else None
    if policy is None or not _passes_on(policy):
        return ()
    found = _Found(school, policy, day, now)
    due = (one for session in sessions for one in found.of(session))
    return tuple(one for one in due if one.key not in found.shared)


def _passes_on(policy: Policy) -> bool:
    return any(policy.duties(kind) for what in What for kind in what.duties)


class _Found:
    """The facts of a day, loaded once for its sessions."""

    def __init__(self, school: School, policy: Policy, day: date, now: datetime) -> None:
        self.school, self.policy, self.day, self.now = school, policy, day, now
        self.pupils = pupils_on_roll(school, day)
        self.taken = taken_on(school, day, now)
        rows = Share.objects.filter(school=school, day=day)
        self.rows = tuple(rows.values_list("key", "what", "pupil_id", "half", "ref", "code"))
        self.shared = {key for key, *_ in self.rows}
        self.people = around((pupil.id for pupil in self.pupils), day)
        self.bodies = bodies(policy)

    def of(self, session: Session) -> Iterable[Due]:
        marks = school_marks(self.school, session)
        passed = self._passed(session.half)
        for pupil in self.pupils:
            window = setting_of(self.school).window(session, pupil.year_group)
            if pupil.expected_at(session) and self.now >= window.opens_at(self.day):
                mark = marks.get(pupil.id)
                taken = self.taken.get((pupil.group_id or 0, session.half.value))
                told = self._told(pupil, mark, taken, self.people[pupil.id], passed.get(pupil.id, {}))
                for telling in tellings(self.policy, told):
                    yield Due(pupil, session, mark, telling, taken, window.due_at(session.day))

    def _told(self, pupil, mark: Mark | None, taken: Taken | None, near: Around, passed: dict) -> Told:
        codes = code_set_on(self.day)
        return Told(
            code=codes.get(mark.code) if mark else None,
            register_in=taken is not None or (pupil.group_id is None and mark is not None),
            year_group=pupil.year_group,
            circumstances=frozenset(near.circumstances),
            people=tuple(near.people),
            others=self.bodies,
            passed=passed,
        )

    def _passed(self, half: Half) -> dict[int, dict[str, Code | None]]:
        """By pupil, then by whom: the code that the marks sent to them told of."""
        codes = code_set_on(self.day)
        found: dict[int, dict[str, Code | None]] = {}
        for _, what, pupil_id, of_half, ref, code in self.rows:
            if what == What.MARKS and of_half == half:
                found.setdefault(pupil_id, {})[ref] = codes.get(code)
        return found


def was_shared(school: School, key: str) -> bool:
    """Whether something was passed on, or left out, already."""
    return Share.objects.filter(school=school, key=key).exists()
