"""Builders of the little worlds that tests are about. Keyword-only, with defaults that no test should lean on.

The school year is 2026/27; Tuesday 15 September 2026 is an ordinary school day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from itertools import count

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client
from django.utils.text import slugify

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Contact, Enrolment, GroupMembership, Pupil, PupilContact
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import RegisterEntry, Source
from allpresent.schools.actions import add_closure, add_term, load_policy
from allpresent.schools.models import Closure, Group, School, Term, Trust
from allpresent.shared.signer import Signer

PASSWORD = "correct horse battery"
OFFICE = Signer(None, "Sam Okafor", "Office manager")
BEGINNING = datetime(2026, 8, 24, 9, tzinfo=UTC)
YEAR = (
    ("Autumn, first half", date(2026, 9, 1), date(2026, 10, 23)),
    ("Autumn, second half", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring, second half", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer, first half", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer, second half", date(2027, 6, 7), date(2027, 7, 21)),
)
FOLLOWED = {"ogbourne": ("excalibur.yaml", "ogbourne.yaml"), "magnum": ("magnum-opus.yaml",)}
"""The files that a policy is made of, above the nation's."""

_numbers = count(1)


def a_trust(*, name: str = "") -> Trust:
    name = name or f"Downland Trust {next(_numbers)}"
    return Trust.objects.create(name=name, slug=slugify(name))


def a_school(
    *,
    name: str = "",
    kind: str = School.Kind.MAINSTREAM,
    policy: str = "ogbourne",
    trust: Trust | None = None,
    terms: Iterable[tuple[str, date, date]] = YEAR,
) -> School:
    """A school with a year of terms and one of the two policies in force ("" for none)."""
    name = name or f"Hillside School {next(_numbers)}"
    school = School.objects.create(name=name, slug=slugify(name), kind=kind, trust=trust, authority="Wiltshire")
    Term.objects.bulk_create(Term(school=school, name=term, starts=starts, ends=ends) for term, starts, ends in terms)
    for file in FOLLOWED.get(policy, ()):
        load_policy(text=_policy(file), name=file, by=OFFICE, now=BEGINNING, school=school)
    school.refresh_from_db()
    return school


@cache
def _policy(file: str) -> str:
    return (files("allpresent.core.policy") / "files" / file).read_text(encoding="utf-8")


def a_term(*, school: School, name: str = "Autumn", starts: date, ends: date) -> Term:
    return add_term(school=school, name=name, starts=starts, ends=ends, by=OFFICE, now=BEGINNING)


def a_closure(
    *,
    school: School,
    day: date,
    half: Half | None = None,
    kind: str = Closure.Kind.UNEXPECTED,
    reason: str = "burst pipe",
) -> Closure:
    """A closure in the calendar; marks are left as they are."""
    return add_closure(
        school=school, starts=day, ends=day, half=half, kind=kind, reason=reason, by=OFFICE, now=BEGINNING
    )


def a_group(*, school: School, name: str = "", year_group: str = "4") -> Group:
    name = name or f"Class {next(_numbers)}"
    return Group.objects.create(school=school, name=name, slug=slugify(name), year_group=year_group)


def a_pupil(
    *,
    school: School | None = None,
    in_group: Group | None = None,
    surname: str = "",
    forename: str = "Alex",
    born: date = date(2018, 3, 14),
    starting: date = date(2026, 9, 1),
    leaving: date | None = None,
    **facts: object,
) -> Pupil:
    """A pupil on the roll from `starting`, in the group from that day. Give a school where there is no group."""
    surname = surname or f"Ashby{next(_numbers)}"
    school = in_group.school if in_group else school
    pupil = Pupil.objects.create(
        school=school, surname=surname, forename=forename, born=born, **{"year_group": "4", **facts}
    )
    ground = "a" if leaving else ""
    Enrolment.objects.create(pupil=pupil, begins=starting, ends=leaving, ground=ground)
    if in_group:
        GroupMembership.objects.create(pupil=pupil, group=in_group, begins=starting, ends=leaving)
    return pupil


def a_class(*, school: School, size: int = 3, **facts: object) -> tuple[Group, list[Pupil]]:
    """A group and its pupils."""
    group = a_group(school=school, **facts)
    return group, [a_pupil(in_group=group) for _ in range(size)]


def a_contact(
    *, of: Pupil, name: str = "", mobile: str = "07700 900123", calling_order: int = 1, **standing: object
) -> PupilContact:
    """A parent of the pupil. `standing` are the facts of PupilContact: restriction, lives_with and the like."""
    contact = Contact.objects.create(school=of.school, name=name or f"Parent {next(_numbers)}", mobile=mobile)
    return PupilContact.objects.create(
        pupil=of,
        contact=contact,
        calling_order=calling_order,
        **{"relation": "Mother", "is_parent": True, "parental_responsibility": True, "lives_with": True, **standing},
    )


def staff(
    *,
    role: Role,
    school: School | None = None,
    trust: Trust | None = None,
    groups: Iterable[Group] = (),
    name: str = "",
    position: str = "",
    begins: date = date(2020, 9, 1),
    ends: date | None = None,
) -> User:
    """Somebody appointed to a role at a school or over a trust. Their password is PASSWORD."""
    number = next(_numbers)
    name = name or f"{role.label} {number}"
    user = User.objects.create(email=f"{role.value}.{number}@example.org", name=name, password=_password())
    appointment = Appointment.objects.create(
        user=user, school=school, trust=trust, role=role, position=position or role.label, begins=begins, ends=ends
    )
    appointment.groups.set(groups)
    return user


@cache
def _password() -> str:
    return make_password(PASSWORD)


def sign_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def session_cookie(user: User) -> str:
    """The cookie of a session begun for this person, for tests that speak to a real server."""
    client = sign_in(Client(), user)
    session = client.session
    assert isinstance(session, SessionStore)
    return session.session_key


def marks(pupil: Pupil, days: Mapping[str, str], *, by: Signer = OFFICE) -> None:
    """Enter marks through the ledger, as taken in the register: {"2026-09-15": "/\\", "2026-09-16": "C1 M"}.

    Two letters, or two codes apart by a space; '-' leaves a session without a mark. A mark already held is amended.
    """
    for day, codes in days.items():
        for half, code in zip(Half, codes.split() if " " in codes else codes, strict=True):
            if code != "-":
                _mark(pupil, Session(date.fromisoformat(day), half), code, by)


def _mark(pupil: Pupil, session: Session, code: str, by: Signer) -> None:
    held = RegisterEntry.objects.filter(pupil=pupil, day=session.day, half=session.half).count()
    source, reason = (Source.AMENDMENT, "Told by the parent.") if held else (Source.REGISTER, "")
    minutes = 5 if code == "L" else None
    entry = NewEntry(pupil.id, session, held + 1, code, source, minutes_late=minutes, reason=reason)
    at = datetime.combine(session.day, time(12), UTC)
    with transaction.atomic():
        enter(pupil.school_id, [entry], by=by, at=at)
