"""What did not happen, worked out at a moment; and what was raised of it. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.watch import WORKER_SILENT_AFTER, Held, Step
from allpresent.messages.models import Standing
from allpresent.messages.queries import last_pass
from allpresent.schools.models import School
from allpresent.shared.words import moment
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.looks import LOOKS, Facts, Look
from allpresent.sweeps.models import Alert


class Alerts(NamedTuple):
    """How many alerts stand at a school, and what is to be said of the worker: '' where it goes round."""

    safety: int
    others: int
    asleep: str


def noticed(school: School, *, now: datetime) -> tuple[Found, ...]:
    """Everything that did not happen and should have by `now`, safety first, longest first: a fixed number of queries.

    Where no policy can be used, what depends on one is left out, and that is said instead.
    """
    facts = Facts(school, now)
    order = list(Kind)
    found = (one for look in LOOKS for one in _looked(look, facts))
    return tuple(sorted(found, key=lambda one: (not one.safety, order.index(one.kind), one.since, one.key)))


def _looked(look: Look, facts: Facts) -> Iterable[Found]:
    try:
        return tuple(look(facts))
    except PolicyProblem:
        return ()


def asleep(now: datetime) -> Found | None:
    """That neither the worker nor `tick` has gone round lately: one query. A pass cannot notice this of itself."""
    beat = last_pass()
    if beat and now - beat.at <= WORKER_SILENT_AFTER:
        return None
    says = f"It last went round on {moment(beat.at)}." if beat else "It has never gone round."
    says += " Until it does, nothing is sent, read or closed by itself. Tell whoever looks after the server."
    return Found(Kind.ASLEEP, "asleep", says, beat.at if beat else now)


def open_alerts(school: School) -> QuerySet[Alert]:
    """The alerts of a school that were raised and are not over."""
    return Alert.objects.filter(school=school, end__isnull=True)


def alerts(school: School, *, now: datetime) -> Alerts:
    """For first pages: how many alerts stand, and whether the worker goes round. Two queries. (M-4.7b)"""
    counts = dict(open_alerts(school).values_list("safety").annotate(Count("pk")))
    found = asleep(now)
    return Alerts(counts.get(True, 0), counts.get(False, 0), found.says if found else "")


def last_of(school: School, keys: Collection[str]) -> dict[str, Alert]:
    """The last alert of each key, and of every key that is not over, with its tellings: two queries."""
    rows = Alert.objects.filter(Q(key__in=keys) | Q(end__isnull=True), school=school)
    rows = rows.select_related("end").prefetch_related("tellings").order_by("number")
    return {row.key: row for row in rows}


def held(row: Alert) -> Held:
    """An alert as the rules see it."""
    told = {Step(telling.step): telling.at for telling in row.tellings.all()}
    return Held(row.key, hasattr(row, "end"), told)


def ended_since(school: School, since: datetime) -> tuple[Alert, ...]:
    """The alerts that were over since a moment, the last first: one query."""
    rows = Alert.objects.filter(school=school, end__at__gte=since).select_related("end", "pupil")
    return tuple(rows.order_by("-end__at", "-id"))


def states_of(message_ids: Iterable[int]) -> dict[int, str]:
    """Where some messages stand: one query."""
    return dict(Standing.objects.filter(message__in=list(message_ids)).values_list("message_id", "state"))
