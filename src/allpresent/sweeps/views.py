"""What did not happen, for those who can see to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.absences.queries import mailbox_state
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.messages.queries import last_pass
from allpresent.messages.rules import start_of_day
from allpresent.people.queries import pupils_on_roll
from allpresent.shared import clock
from allpresent.sweeps import pages, queries
from allpresent.sweeps.holders import holders
from allpresent.sweeps.models import Alert


@needs(Right.LOG_CALL)
def watch(request: StaffRequest) -> HttpResponse:
    """Everything that should have happened and did not, safety first, worked out as the page is opened."""
    school, now, day = request.school, clock.now(), clock.today()
    found = queries.noticed(school, now=now)
    asleep = queries.asleep(now)
    raised = queries.last_of(school, [one.key for one in found])
    page = pages.watch_page(
        (*found, asleep) if asleep else found,
        raised,
        _states(raised),
        holders(school, day),
        queries.ended_since(school, start_of_day(now)),
        {pupil.id: pupil for pupil in pupils_on_roll(school, day)},
        now,
        sees=lambda one: one.safety or request.staff.may(one.rule.right, school),
        opens=lambda one: bool(one.page) and request.staff.may(one.rule.right, school),
    )
    passes = {"beat": last_pass(), "mailbox": mailbox_state(school)}
    return render(request, "sweeps/watch.html", {"page": page, "day": day, **passes})


def _states(raised: dict[str, Alert]) -> dict[int, str]:
    told = (one for alert in raised.values() for telling in alert.tellings.all() for one in telling.whom)
    ids = [one["message"] for one in told if one["message"]]
    return queries.states_of(ids) if ids else {}
