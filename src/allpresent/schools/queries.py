"""What other rooms read of a school: its calendar, its policy, its groups.

Calendar and policy are worked out once for each edition of the school and kept until it changes: a cache, which can be
thrown away at any time (`forget`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from allpresent.core.calendar import bank_holidays
from allpresent.core.calendar.closures import Closure as CalendarClosure
from allpresent.core.calendar.closures import ClosureKind
from allpresent.core.calendar.closures import Term as CalendarTerm
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.policy.document import Document, read_policy
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.layers import policy_on
from allpresent.core.policy.library import packaged, with_followed
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.words_of import Words
from allpresent.core.register.window import Window
from allpresent.schools.models import Closure, Group, PolicyVersion, School
from allpresent.shared.prepared import Prepared, columns


@dataclass(frozen=True)
class Setting:
    """A school's calendar and policy in one edition."""

    calendar: SchoolCalendar
    documents: tuple[Document, ...]
    _policies: dict[tuple[int, ...], Policy] = field(default_factory=dict)
    _windows: dict[tuple[date, Half, str], Window] = field(default_factory=dict)

    def policy_on(self, day: date) -> Policy:
        """The policy in force on a day: school over trust over nation. Days under the same files share one."""
        layers = self._in_force(day)
        key = tuple(map(id, layers))
        if key not in self._policies:
            self._policies[key] = policy_on(day, layers)
        return self._policies[key]

    def words_on(self, day: date) -> Words:
        """What the school calls people and things; the guidance's words where no policy can be read."""
        try:
            return self.policy_on(day).vocabulary
        except PolicyProblem:
            return Words()

    def _in_force(self, day: date) -> tuple[Document, ...]:
        """The highest file in force and the bodies it follows: of two versions in force, the one loaded last."""
        newest = {document.file.id: document for document in self.documents if document.in_force(day)}
        if not newest:
            return ()
        highest = max(reversed(newest.values()), key=lambda document: document.file.layer.height)
        return with_followed(highest, lambda body: (newest[body],) if body in newest else ())

    def window(self, session: Session, year_group: str = "") -> Window:
        """When the register of a session opens and closes."""
        key = (session.day, session.half, year_group)
        if key not in self._windows:
            self._windows[key] = _window(self.policy_on(session.day), session, year_group)
        return self._windows[key]

    def closure_on(self, session: Session) -> CalendarClosure | None:
        return self.calendar.closure_on(session)


def _window(policy: Policy, session: Session, year_group: str) -> Window:
    times = policy.window(session.day, session.half, year_group or None)
    return Window(
        opens=times.opens,
        on_time_until=times.on_time_until,
        closes=times.closes,
        late_until=times.late_until,
        complete_within=times.complete_within,
        session_ends=times.session_ends,
        clauses=times.clauses,
    )


def school_of(slug: str) -> School | None:
    return _SCHOOL.one(School, slug)


_SCHOOL = Prepared(lambda slug: School.objects.filter(slug=slug).values_list(*columns(School)), str)


def schools_of(school_ids: set[int], trust_ids: set[int]) -> tuple[School, ...]:
    """The schools named, and every school of the trusts named, by name."""
    mine = School.objects.filter(id__in=school_ids) | School.objects.filter(trust_id__in=trust_ids)
    return tuple(mine.order_by("name"))


def group_of(school: School, slug: str) -> Group | None:
    return _GROUP.one(Group, school.id, slug)


_GROUP = Prepared(
    lambda school, slug: Group.objects.filter(school=school, slug=slug).values_list(*columns(Group)), int, str
)


def groups_of(school: School) -> tuple[Group, ...]:
    """The groups that are open, by name."""
    return tuple(Group.objects.filter(school=school, closed_on__isnull=True))


def setting_of(school: School) -> Setting:
    """The school's calendar and policy in its present edition."""
    return _setting(school.id, school.trust_id, school.edition)


def forget() -> None:
    """Throw the cache away."""
    _setting.cache_clear()


@lru_cache(maxsize=256)
def _setting(school_id: int, trust_id: int | None, edition: int) -> Setting:
    return Setting(_calendar(school_id), (*_nation(), *_loaded(school_id, trust_id)))


def _nation() -> tuple[Document, ...]:
    return tuple(document for document in packaged() if document.file.layer is Layer.NATION)


def _loaded(school_id: int, trust_id: int | None) -> Iterator[Document]:
    versions = PolicyVersion.objects.filter(school_id=school_id)
    if trust_id:
        versions |= PolicyVersion.objects.filter(trust_id=trust_id)
    return (_document(version_id) for version_id in versions.order_by("id").values_list("id", flat=True))


@lru_cache(maxsize=512)
def _document(version_id: int) -> Document:
    """A loaded policy never changes, so its reading can be kept."""
    version = PolicyVersion.objects.get(id=version_id)
    return read_policy(version.text, version.name)


def _calendar(school_id: int) -> SchoolCalendar:
    school = School.objects.prefetch_related("terms", "closures").get(id=school_id)
    terms = tuple(CalendarTerm(term.name, term.starts, term.ends) for term in school.terms.all())
    closures = tuple(_closure(closure) for closure in school.closures.all())
    if not terms:
        return SchoolCalendar(())
    holidays = bank_holidays.england_days(terms[0].starts, max(term.ends for term in terms))
    return SchoolCalendar(terms, closures, holidays)


def _closure(row: Closure) -> CalendarClosure:
    return CalendarClosure(
        row.starts,
        row.ends,
        ClosureKind(row.kind),
        row.reason,
        Half(row.half) if row.half else None,
        frozenset(row.year_groups.split()),
    )
