"""Mornings on which something did not happen."""

from __future__ import annotations

from allpresent.messages.models import Message
from allpresent.people.models import Pupil
from allpresent.schools.models import School
from allpresent.shared import clock
from allpresent.sweeps.actions import sweep
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.models import Alert, AlertEnd, Telling
from allpresent.sweeps.queries import noticed
from tests import world


def found(school: School, kind: Kind) -> list[Found]:
    return [one for one in noticed(school, now=clock.now()) if one.kind is kind]


def swept(school: School) -> int:
    return sweep(school, now=clock.now())


def written(school: School, template: str = "watch-first") -> list[Message]:
    rows = Message.objects.filter(school=school, template=template).select_related("standing")
    return list(rows.order_by("id"))


def raised(school: School, kind: Kind) -> list[Alert]:
    return list(Alert.objects.filter(school=school, kind=kind).order_by("id"))


def in_every_table(pupil: Pupil) -> None:
    """A row in every table of the watch."""
    alert = Alert.objects.create(
        school=pupil.school, key="untried:1", kind=Kind.UNTRIED, safety=True, pupil=pupil, says="Missing.",
        since=world.BEGINNING, at=world.BEGINNING, by_name="Allpresent",
    )  # fmt: skip
    Telling.objects.create(alert=alert, step=1, at=world.BEGINNING)
    AlertEnd.objects.create(alert=alert, at=world.BEGINNING)
