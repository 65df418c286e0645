"""Writing to the people whom a safety matter concerns: initials and classes alone, and where to look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allpresent.core.messages.channel import Channel
from allpresent.core.watch import Step
from allpresent.messages.actions import Recipient, send
from allpresent.messages.actions.send import PROGRAM
from allpresent.messages.recipients import is_restricted
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused
from allpresent.shared.words import clock_time, count_of
from allpresent.sweeps.found import Found
from allpresent.sweeps.holders import Holder, holders
from allpresent.sweeps.models import Alert

Thing = tuple[Alert, Found]
Told = dict[int, list[dict[str, Any]]]
"""By alert, whom it was told to: name, position, the message's number, or why there is none."""

MOST_LISTED = 20
TEMPLATES = {Step.FIRST: "watch-first", Step.NEXT: "watch-next"}


def told_of(school: School, things: Iterable[Thing], step: Step, now: datetime) -> Told:
    """Queue one urgent message to each person concerned; what became of it, for each alert."""
    staff = holders(school, now.astimezone(LONDON).date())
    letters: dict[Holder, list[Thing]] = defaultdict(list)
    told: Told = {}
    for alert, found in things:
        told[alert.id] = []
        for holder in staff.whom(found, step):
            letters[holder].append((alert, found))
    for holder, held in letters.items():
        for alert_id, entry in _write(school, holder, held, step, now):
            told[alert_id].append(entry)
    return told


def _write(school: School, to: Holder, things: list[Thing], step: Step, now: datetime):
    """Nobody hears by message of a child about whom they must not be written to."""
    may = [(alert, found) for alert, found in things if not _barred(school, to, found)]
    sent = _send(school, to, may, step, now) if may else None
    said = {"name": to.name, "position": to.position}
    for thing in things:
        if thing not in may:
            entry = {"message": None, "why": "not written to about this child"}
        elif isinstance(sent, Refused):
            entry = {"message": None, "why": sent.problems[0].message}
        else:
            entry = {"message": sent.id if sent else None, "why": ""}
        yield thing[0].id, said | entry


def _barred(school: School, to: Holder, found: Found) -> bool:
    pupil = found.pupil
    return pupil is not None and is_restricted(
        school, pupil.id, contact_id=None, channel=Channel.EMAIL, address=to.email
    )


def _send(school: School, to: Holder, things: list[Thing], step: Step, now: datetime):
    lines = [f"- {found.in_short}" for _, found in things[:MOST_LISTED]]
    if len(things) > MOST_LISTED:
        lines.append(f"- and {len(things) - MOST_LISTED} more")
    clauses = tuple(dict.fromkeys(clause for _, found in things for clause in found.clauses))
    fields = {
        "name": to.name, "number": count_of(len(things), "thing"), "things": "\n".join(lines),
        "time": clock_time(now), "school": school.name,
    }  # fmt: skip
    return send(
        school=school, template=TEMPLATES[step], to=Recipient(to.name, to.email, party="staff"), fields=fields,
        key=f"watch:{step.value}:{to.user_id}:{things[0][0].id}", by=PROGRAM, now=now, clauses=clauses, urgent=True,
    )  # fmt: skip
