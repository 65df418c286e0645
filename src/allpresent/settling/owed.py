"""Evidence that is owed: illnesses for which the policy now asks for some, and requests whose day has gone by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from allpresent.core.settle.evidence import Ask, Run, evidence_due, may_ask
from allpresent.people.queries import RollPupil
from allpresent.registers.models import CurrentMark
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.settling.loading import Child, Loaded, load_pupils
from allpresent.settling.records import RequestLine
from allpresent.settling.weighing import evidence_on, flag_on, illness_run
from allpresent.shared.clock import LONDON


@dataclass(frozen=True)
class EvidenceOwed:
    """A pupil's present illness, and either what to ask for or what was asked for and did not come."""

    pupil: RollPupil
    run: Run
    ask: Ask | None = None
    request: RequestLine | None = None


def evidence_owed(school: School, *, now: datetime) -> tuple[EvidenceOwed, ...]:
    """Of the pupils who are ill now. Nothing is asked for twice for one absence (M-4.2c). Raises PolicyProblem."""
    today = now.astimezone(LONDON).date()
    setting = setting_of(school)
    if not may_ask(setting.policy_on(today)):
        return ()
    days = (*setting.calendar.previous_school_days(today, 1), today)
    ill = CurrentMark.objects.filter(school=school, code="I", day__gte=days[0], day__lte=today)
    loaded = load_pupils(school, set(ill.values_list("pupil_id", flat=True)), now=now)
    return tuple(owed for child in loaded.children for owed in _owed(loaded, child))


def _owed(loaded: Loaded, child: Child) -> Iterator[EvidenceOwed]:
    run = illness_run(child, loaded.setting, loaded.today)
    if run is None:
        return
    policy = loaded.setting.policy_on(loaded.today)
    ask = evidence_due(policy, run, flagged=flag_on(child, loaded.today) is not None)
    if ask:
        yield EvidenceOwed(child.pupil, run, ask=ask)
    for request in child.requests:
        days = (request.first + timedelta(days=n) for n in range((loaded.today - request.first).days + 1))
        if run.first <= request.first and request.until < loaded.today and not any(evidence_on(child, d) for d in days):
            yield EvidenceOwed(child.pupil, run, request=request)
