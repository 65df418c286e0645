"""Pupils through the gate, as tests need them."""

from __future__ import annotations

from datetime import date, datetime, time

from allpresent.accounts.roles import Role
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.codes import EnteredBy
from allpresent.core.onsite import Confirmation, Voice
from allpresent.people.models import Pupil, PupilContact
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.site.actions import Companion, GoingOut, Gone, leave_without_permission, sign_in, sign_out
from allpresent.site.models import Crossing
from tests import world

TUESDAY = date(2026, 9, 15)


def instant(clock: str, day: date = TUESDAY) -> datetime:
    """The instant at which London clocks show a time, such as "11:40"."""
    return london_instant(day, time.fromisoformat(clock.zfill(5)))


def roll(pupil: Pupil, day: date = TUESDAY) -> RollPupil:
    found = pupil_on_roll(pupil.school, pupil.id, day)
    assert found is not None
    return found


def by_parent(how: str = "rang the number we hold") -> Confirmation:
    return Confirmation(Voice.PARENT, "Grace Adeyemi, mother", how)


def goes(
    pupil: Pupil, at: str = "11:40", *, collector: PupilContact | None = None, now: str = "", key: str = "", **out
):
    """Sign a pupil out on Tuesday: with a contact, or as `out` says. Recorded at once unless `now` is given."""
    companion = Companion(collector.id) if collector else out.pop("companion", None)
    given = {"why": Crossing.Why.APPOINTMENT, "says": "dentist", **out}
    return sign_out(
        school=pupil.school, pupil=roll(pupil), out=GoingOut(at=instant(at), companion=companion, **given),
        level=EnteredBy.OFFICE, key=key or f"out {pupil.id} {at}", by=world.OFFICE, now=instant(now or at),
    )  # fmt: skip


def returns(pupil: Pupil, at: str = "14:00", *, key: str = ""):
    return sign_in(
        school=pupil.school, pupil=roll(pupil), at=instant(at), says="", key=key or f"in {pupil.id} {at}",
        by=world.OFFICE, now=instant(at),
    )  # fmt: skip


def gone(pupil: Pupil, at: str = "08:50", *, seen: str = "08:45", key: str = "") -> Crossing:
    """A pupil who left without permission on Tuesday."""
    kept = leave_without_permission(
        school=pupil.school, pupil=roll(pupil),
        gone=Gone(instant(at), instant(seen), "Jo Marsh", "Over the back fence, grey coat"),
        key=key or f"gone {pupil.id} {at}", by=world.OFFICE, now=instant(at),
    )  # fmt: skip
    assert isinstance(kept, Crossing), kept
    return kept


def signed_in(client, school, role: Role = Role.OFFICE, **facts):
    return world.sign_in(client, world.staff(role=role, school=school, **facts))
