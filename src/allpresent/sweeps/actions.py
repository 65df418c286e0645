"""The pass that raises what did not happen. The only writer of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from allpresent.core.watch import Plan, Seen, Step, what_to_do
from allpresent.messages.actions.send import PROGRAM
from allpresent.schools.models import School
from allpresent.sweeps.found import Found
from allpresent.sweeps.models import Alert, AlertEnd, Telling
from allpresent.sweeps.queries import held, last_of, noticed
from allpresent.sweeps.telling import told_of

Noticed = Mapping[str, Found]


def sweep(school: School, *, now: datetime) -> int:
    """Raise what is new, tell whoever it concerns, end what is over; how many alerts were raised.

    All of it or nothing, and once: a pass that was killed is simply gone through again, and of two at once the second
    finds nothing left to do. (M-3.3c, M-4.7b, O-B-5.4)
    """
    found = {one.key: one for one in noticed(school, now=now)}
    if _plan(found, last_of(school, found), now).is_empty:
        return 0
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(id=school.id)
        known = last_of(school, found)
        plan = _plan(found, known, now)
        _end((known[key] for key in plan.ended), now)
        standing = known | _raise(school, (found[key] for key in plan.raised), known, now)
        _tell(school, plan, standing, found, now)
    return len(plan.raised)


def _plan(found: Noticed, known: Mapping[str, Alert], now: datetime) -> Plan:
    seen = (Seen(one.key, one.rule.tells, one.safety) for one in found.values())
    return what_to_do(seen, map(held, known.values()), now=now)


def _raise(school: School, new: Iterable[Found], known: Mapping[str, Alert], now: datetime) -> dict[str, Alert]:
    raised = {}
    for one in new:
        before = known.get(one.key)
        raised[one.key] = Alert.objects.create(
            school=school, key=one.key, number=before.number + 1 if before else 1, kind=one.kind, safety=one.safety,
            pupil_id=one.pupil.id if one.pupil else None, says=one.says[:500], clauses=list(one.clauses),
            since=one.since, at=now, by_id=PROGRAM.user_id, by_name=PROGRAM.name, by_position=PROGRAM.position,
        )  # fmt: skip
    return raised


def _end(over: Iterable[Alert], now: datetime) -> None:
    AlertEnd.objects.bulk_create([AlertEnd(alert=alert, at=now) for alert in over])


def _tell(school: School, plan: Plan, standing: Mapping[str, Alert], found: Noticed, now: datetime) -> None:
    """One message a person and step, whatever it holds; what became of it is kept with each alert."""
    for step in Step:
        things = [(standing[key], found[key]) for key, of in plan.told if of is step]
        told = told_of(school, things, step, now) if things else {}
        Telling.objects.bulk_create(
            [Telling(alert=alert, step=step, whom=told.get(alert.id, []), at=now) for alert, _ in things]
        )
