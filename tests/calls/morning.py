"""A morning at a school, for tests of calls: registers in, children missing, tries logged."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.accounts.staff import staff_on
from allpresent.calls import actions, queries
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half
from allpresent.core.response import Result
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.models import Submission
from allpresent.schools.models import Group, School
from allpresent.shared import clock
from tests import world

TUESDAY = date(2026, 9, 15)
_keys = count(1)


def send(group: Group, day: date = TUESDAY, half: Half = Half.AM) -> None:
    """The register of a group is in."""
    Submission.objects.create(
        school=group.school, group=group, day=day, half=half, key=f"{group.id} {day} {half}", at=clock.now(),
        by_name="Jo Marsh",
    )  # fmt: skip


def missing(group: Group, codes: str = "N-", *, day: str = "2026-09-15", **facts: Any) -> Pupil:
    """A pupil whom the register leaves open, with a mother who can be rung."""
    pupil = world.a_pupil(in_group=group, **facts)
    world.marks(pupil, {day: codes})
    return pupil


def tries(pupil: Pupil, result: Result = Result.NO_ANSWER, **facts: Any) -> Any:
    """A try at the parents, now."""
    given = {
        "step": "parent", "party": "parent", "name": "Grace Adeyemi", "number": "07700 900123", "channel": "phone",
        "says": "", "day": TUESDAY, "half": Half.AM, "key": f"key {next(_keys)}", "by": world.OFFICE,
        "tried_at": clock.now(), "now": clock.now(), **facts,
    }  # fmt: skip
    school = pupil.school
    return actions.log_try(school=school, pupil=pupil_on_roll(school, pupil.id, given["day"]), result=result, **given)


def kept(pupil: Pupil, **facts: Any) -> Try:
    made = tries(pupil, **facts)
    assert isinstance(made, Try), made
    return made


def the_board(school: School, role: Role = Role.OFFICE, **scope: Any) -> queries.Board:
    user = world.staff(role=role, school=school, **scope)
    return queries.board(school, staff_on(user.id, user.name, clock.today()), now=clock.now())


def signed_in(school: School, role: Role = Role.OFFICE, **scope: Any) -> Client:
    return world.sign_in(Client(), world.staff(role=role, school=school, **scope))
