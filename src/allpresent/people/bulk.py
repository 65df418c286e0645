"""Writing a roll plan: many pupils in one transaction, each with its line in the admission register.

The import's door; one pupil at a time goes through `actions.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from allpresent.people.bulk_plan import AdultRef, PupilPlan, RollPlan
from allpresent.people.bulk_queries import HeldRoll, held_roll
from allpresent.people.models import (
    Characteristic,
    Contact,
    Enrolment,
    ExpectedSessions,
    GroupMembership,
    Placement,
    Pupil,
    PupilContact,
    RollEntry,
)
from allpresent.schools.models import Group, School
from allpresent.shared.signer import Signer

_BATCH = 500
_ONE_DAY = timedelta(days=1)


class RollChanged(Exception):
    """The roll is not as it was when the plan was made."""


def write_roll(*, school: School, plan: RollPlan, held: HeldRoll, by: Signer, now: datetime) -> None:
    """Write the plan, all or nothing. `held` is the roll it was made from: raises RollChanged when it no longer is."""
    with transaction.atomic():
        School.objects.select_for_update().get(id=school.id)
        if held_roll(school) != held:
            raise RollChanged
        groups = _groups(school, plan)
        adults = _new_adults(school, plan)
        _change(Contact.objects.filter(school=school), plan.adult_changes)
        pupils = _pupils(school, plan)
        _place(school, plan, pupils, groups)
        _characteristics(school, plan, pupils)
        _links(school, plan, pupils, adults)
        _register(plan, pupils, by, now)


def _groups(school: School, plan: RollPlan) -> dict[str, Group]:
    """Every group by name, those of the plan made first."""
    slugs = set(Group.objects.filter(school=school).values_list("slug", flat=True))
    for name, year_group in plan.new_groups:
        Group.objects.create(school=school, name=name, slug=_free_slug(name, slugs), year_group=year_group)
    return {group.name: group for group in Group.objects.filter(school=school)}


def _free_slug(name: str, slugs: set[str]) -> str:
    """An address for a group: '7b', or '7b-2' where another spelling has it."""
    plain = slugify(name)[:55] or "group"
    tries = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(slugs) + 2))
    slug = next(slug for slug in tries if slug not in slugs)
    slugs.add(slug)
    return slug


def _new_adults(school: School, plan: RollPlan) -> list[Contact]:
    return _add(Contact, (Contact(school=school, **facts) for facts in plan.new_adults))


def _add(model: Any, rows: Iterable[Any]) -> list[Any]:
    return model.objects.bulk_create(list(rows), batch_size=_BATCH)


def _change(rows: Any, changes: Any) -> None:
    """Set the fields given, for each id given."""
    if not changes:
        return
    changed = [row for row in rows if row.id in changes]
    for row in changed:
        for field, value in changes[row.id].items():
            setattr(row, field, value)
    fields = sorted({field for facts in changes.values() for field in facts})
    rows.model.objects.bulk_update(changed, fields, batch_size=_BATCH)


def _pupils(school: School, plan: RollPlan) -> dict[int, int]:
    """Pupils written; their ids by row of the plan."""
    new = [pupil for pupil in plan.pupils if pupil.pupil_id is None]
    added = _add(Pupil, (Pupil(school=school, **pupil.facts) for pupil in new))
    _change(
        Pupil.objects.filter(school=school),
        {pupil.pupil_id: pupil.facts for pupil in plan.pupils if pupil.pupil_id and pupil.facts},
    )
    ids = {pupil.row: pupil.pupil_id for pupil in plan.pupils if pupil.pupil_id}
    return ids | {pupil.row: row.id for pupil, row in zip(new, added, strict=True)}


def _place(school: School, plan: RollPlan, pupils: dict[int, int], groups: dict[str, Group]) -> None:
    """Enrolments, groups, expected sessions and placements, each ending the one before it."""
    _add(Enrolment, (Enrolment(pupil_id=pupils[p.row], begins=p.starts) for p in plan.pupils if p.starts))
    for model, value, fields in (
        (GroupMembership, lambda p: p.group, lambda value: {"group": groups[value]}),
        (ExpectedSessions, lambda p: p.pattern, lambda value: {"pattern": value}),
        (Placement, lambda p: p.placement, lambda value: {"kind": value[0], "commissioner": value[1]}),
    ):
        _succeed(model, school, plan, pupils, value, fields)


def _succeed(
    model: Any,
    school: School,
    plan: RollPlan,
    pupils: dict[int, int],
    value: Callable[[PupilPlan], Any],
    fields: Callable[[Any], dict[str, Any]],
) -> None:
    """A dated fact gives way to the next. One that began no earlier than the new one is replaced where it stands.

    An empty value ends the fact and begins none.
    """
    moved = {pupils[p.row]: p for p in plan.pupils if value(p) is not None}
    if not moved:
        return
    replaced: dict[int, dict[str, Any]] = {}
    ended: dict[int, dict[str, Any]] = {}
    done: set[int] = set()
    for pk, pupil_id, begins in _open(model, school):
        if pupil_id in moved and begins >= _begins(moved[pupil_id], plan) and value(moved[pupil_id]):
            replaced[pk] = fields(value(moved[pupil_id]))
            done.add(pupil_id)
        elif pupil_id in moved:
            ended[pk] = {"ends": max(begins, _begins(moved[pupil_id], plan) - _ONE_DAY)}
    _change(model.objects.filter(pupil__school=school), ended)
    _change(model.objects.filter(pupil__school=school), replaced)
    _add(model, (
        model(pupil_id=pk, begins=_begins(p, plan), **fields(value(p)))
        for pk, p in moved.items() if value(p) and pk not in done
    ))  # fmt: skip


def _begins(pupil: PupilPlan, plan: RollPlan) -> date:
    return pupil.starts or plan.day


def _open(model: Any, school: School) -> Iterable[tuple[int, int, date]]:
    return model.objects.filter(pupil__school=school, ends=None).values_list("id", "pupil_id", "begins")


def _characteristics(school: School, plan: RollPlan, pupils: dict[int, int]) -> None:
    said = {pupils[p.row]: p for p in plan.pupils if p.characteristics}
    ended = {
        row.id: {"ends": max(row.begins, _begins(said[row.pupil_id], plan) - _ONE_DAY)}
        for row in Characteristic.objects.filter(pupil__school=school, ends=None)
        if row.pupil_id in said and said[row.pupil_id].characteristics.get(row.kind) is False
    }
    _change(Characteristic.objects.filter(pupil__school=school), ended)
    _add(Characteristic, (
        Characteristic(pupil_id=pk, kind=kind, begins=_begins(p, plan))
        for pk, p in said.items() for kind, holds in p.characteristics.items() if holds
    ))  # fmt: skip


def _links(school: School, plan: RollPlan, pupils: dict[int, int], adults: list[Contact]) -> None:
    changes = {pk: facts for pupil in plan.pupils for pk, facts in pupil.link_changes.items()}
    _change(PupilContact.objects.filter(pupil__school=school), changes)
    _add(PupilContact, (
        PupilContact(pupil_id=pupils[pupil.row], contact_id=_adult_id(link.adult, adults), **link.facts)
        for pupil in plan.pupils for link in pupil.links
    ))  # fmt: skip


def _adult_id(adult: AdultRef, added: list[Contact]) -> int:
    return adult.id if adult.id is not None else added[adult.place].id


def _register(plan: RollPlan, pupils: dict[int, int], by: Signer, now: datetime) -> None:
    """The lines of the admission register: original, new, reason, date, name and position (reg 6)."""
    _add(RollEntry, _entries(plan, pupils, by, now))


def _entries(plan: RollPlan, pupils: dict[int, int], by: Signer, now: datetime) -> Iterator[RollEntry]:
    for pupil in plan.pupils:
        for line in pupil.amended:
            yield RollEntry(
                pupil_id=pupils[pupil.row],
                field=line.field[:60],
                original=line.original,
                amended=line.amended,
                reason=f"{plan.source}, row {pupil.row}"[:300],
                at=now,
                by_id=by.user_id,
                by_name=by.name,
                by_position=by.position,
            )
