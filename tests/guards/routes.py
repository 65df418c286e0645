"""Every address of the house, found by walking it, and a sample of each part that addresses have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from allpresent.accounts.door import opens_to
from allpresent.accounts.models import User
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.exchange.models import ImportRun
from allpresent.people.models import Characteristic, Contact
from allpresent.schools.models import Group, School
from tests import world
from tests.absences.saying import said_and_shown
from tests.elsewhere import placing
from tests.figures.keeping import kept_by
from tests.improvement import making
from tests.leave import asking
from tests.messages.writing import a_message
from tests.parents.proposing import proposed
from tests.site.crossing import gone

PART = re.compile(r"<(?:\w+:)?(\w+)>")
OWNED = frozenset(
    {"crossing", "incident", "evidence", "mail", "notice", "group", "pupil", "contact", "fact", "run", "appointment"}
    | {"leave", "part_time"}
    | {"message", "question"}
    | {"target", "goal", "aim", "step", "training"}
    | {"provider", "arrangement", "word", "link", "suspension", "proposal"}
)
"""The parts that name something of one school: with another school's, the page does not exist."""


class Route(NamedTuple):
    """One address: its pattern, its name and its view."""

    pattern: str
    name: str
    view: Callable

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(PART.findall(self.pattern))

    @property
    def owned(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if part in OWNED)

    @property
    def opens_to(self) -> Right | str | None:
        return opens_to(self.view)

    @property
    def is_of_a_school(self) -> bool:
        return isinstance(self.opens_to, Right)

    def address(self, values: Mapping[str, object]) -> str:
        return "/" + PART.sub(lambda part: str(values[part[1]]), self.pattern)


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns: list, before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        written = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, written)
        else:
            assert isinstance(pattern, URLPattern)
            yield Route(written, pattern.name, pattern.callback)


@dataclass(frozen=True)
class Sample:
    """A school with one of everything that an address can name. `parent`: the address of a parent of its pupils."""

    school: School
    group: Group
    head: User
    parent: str
    values: dict[str, object]


def a_sample(*, pupils: int = 2) -> Sample:
    """A new part of an address needs a value here; if it names something of a school, it goes into OWNED too."""
    school = world.a_school()
    head = world.staff(role=Role.HEAD, school=school)
    group, members = world.a_class(school=school, size=pupils)
    contacts = [world.a_contact(of=pupil) for pupil in members]
    parent = f"parent@{school.slug}.example.org"
    Contact.objects.filter(id=contacts[0].contact_id).update(email=parent)
    for pupil in members:
        world.marks(pupil, {"2026-09-11": "/\\", "2026-09-14": "N-", "2026-09-15": "/-"})
    values = {
        "school": school.slug,
        "group": group.slug,
        "day": "2026-09-15",
        "half": "am",
        "pupil": members[0].id,
        "contact": contacts[0].id,
        "child": members[0].id,
        "proposal": proposed(contacts[0]).id,
        "kind": "characteristics",
        "fact": Characteristic.objects.create(pupil=members[0], kind="ehc_plan", begins=date(2026, 9, 1)).id,
        "ground": "a",
        "clause": "M-4.1d",
        "pack_key": "governors",
        "question": kept_by(head, school).id,
        "run": _an_import_run(school, head).id,
        "message": a_message(about=members[0]).id,
        "template": "free",
        "threshold": "below-90",
        "appointment": world.staff(role=Role.TEACHER, school=school, groups=[group]).appointments.get().id,
    }
    values |= said_and_shown(members[0])
    values |= asking.one_of_each(members[-1])
    values |= placing.one_of_each(members[0])
    values |= making.one_of_each(school)
    values |= dict.fromkeys(("crossing", "incident"), gone(members[0]).id)
    return Sample(school, group, head, parent, values)


def _an_import_run(school: School, by: User) -> ImportRun:
    """An import that has ended; only the person who began it may see it."""
    return ImportRun.objects.create(
        school=school, file_name="roll.csv", digest="0" * 64, size=10, day=date(2026, 9, 1),
        stage=ImportRun.Stage.ABANDONED, beat_at=world.BEGINNING, began_at=world.BEGINNING, ended_at=world.BEGINNING,
        by_id=by.id, by_name=by.name,
    )  # fmt: skip
