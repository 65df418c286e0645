"""What the demonstration's parents have said by the moment shown: some rang, some wrote, some have not rung again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.settle.reasons import Reason
from allpresent.demo.absence import How, Year
from allpresent.demo.places import planned_year
from allpresent.demo.reading import chance, one_of
from allpresent.people.models import PupilContact
from allpresent.people.queries import pupils_on_roll
from allpresent.schools.models import School
from allpresent.shared.signer import Signer

AHEAD = 5
"""How many school days ahead an appointment may have been told of."""

RINGS_ONCE = 0.4
"""How often somebody names the next day for the return, is wrong, and does not ring again."""

WRITTEN = timedelta(minutes=1)
"""After how long the office has written a message down."""

CHANNELS = {Notice.Channel.TELEPHONE: 0.6, Notice.Channel.PAGES: 0.3, Notice.Channel.TEXT: 0.1}
"""How an illness is told of in the morning, and how often so."""

Caller = tuple[str, str, int]
"""Name, relation, and the contact."""


def write_messages(
    school: School, years: Mapping[int, tuple[str, Year]], *, day: date, now: datetime, by: Signer
) -> None:
    """Write down what was said about a day, up to a moment. What is written already stays as it is."""
    callers = _callers(years)
    for pupil in pupils_on_roll(school, day):
        key, year = years.get(pupil.id, ("", {}))
        for said in _said(key, year, day, callers[pupil.id]) if pupil.id in callers else ():
            if said.told_at + WRITTEN <= now:
                itself = said.channel == Notice.Channel.PAGES
                record_notice(
                    school=school, pupil=pupil, said=said, key=f"demonstration:{pupil.id}:{said.day}:{said.half}",
                    by=Signer(None, said.told_by, said.relation) if itself else by,
                    now=said.told_at if itself else said.told_at + WRITTEN,
                )  # fmt: skip


def _callers(pupil_ids: Mapping[int, object]) -> dict[int, Caller]:
    """The first parent in each pupil's calling order."""
    links = PupilContact.objects.filter(pupil_id__in=pupil_ids, is_parent=True, restriction="")
    rows = links.order_by("-calling_order").values_list("pupil_id", "contact__name", "relation", "id")
    return {pupil_id: (name, relation, id) for pupil_id, name, relation, id in rows}


def _said(key: str, year: Year, day: date, caller: Caller) -> Iterator[Said]:
    if _is_ill(year, day):
        yield _rang(key, year, day, caller)
    for coming in (day, *_following(day, AHEAD)):
        for half in Half:
            yield from _wrote(key, year, Session(coming, half), caller)


def _is_ill(year: Year, day: date) -> bool:
    away = year.get(Session(day, Half.AM))
    return away is not None and away.code == "I" and away.how is How.BEFORE


def _rang(key: str, year: Year, day: date, caller: Caller) -> Said:
    """The call of this morning; of the first morning, where nobody has rung since."""
    first = day
    while (earlier := _before(first, 1)) and _is_ill(year, earlier):
        first = earlier
    goes_on = any(_is_ill(year, on) for on in _following(first, 1))
    once = goes_on and chance(key, first, "rings once").random() < RINGS_ONCE
    told = first if once else day
    rng = chance(key, told, "rang")
    back = next((on for on in _following(told, 20) if once or not _is_ill(year, on)), None)
    says = year[Session(told, Half.AM)].detail.lower()
    told_at = at(told, time(8, rng.randint(2, 44)))
    expected = back if once or rng.random() < 0.6 else None
    *who, contact_id = caller
    return Said(
        "absence", told, Half.AM, Reason.ILLNESS, says, one_of(rng, CHANNELS), *who, told_at, expected,
        contact_id=contact_id,
    )  # fmt: skip


def _wrote(key: str, year: Year, session: Session, caller: Caller) -> Iterator[Said]:
    """An appointment, told of by e-mail two school days before."""
    away = year.get(session)
    clock = re.search(r"(.+) (\d+):(\d+)", away.detail) if away and away.code == "M" else None
    if clock and (before := _before(session.day, 2)):
        told_at = at(before, time(chance(key, session, "wrote").randint(9, 14), 20))
        hour = time(int(clock[2]), int(clock[3]))
        says, channel = clock[1].lower(), Notice.Channel.EMAIL
        *who, contact_id = caller
        yield Said(
            "appointment", *session, Reason.APPOINTMENT, says, channel, *who, told_at, appointment_at=hour,
            contact_id=contact_id,
        )  # fmt: skip


def _before(day: date, days: int) -> date | None:
    """The school day that many before; the first one where there are fewer, None where there is none."""
    return next(iter(planned_year().previous_school_days(day, days)), None)


def _following(day: date, days: int) -> tuple[date, ...]:
    """The next school days, as many as there are."""
    later = planned_year().school_days_between(day + timedelta(days=1), planned_year().pupil_days[-1])
    return later[:days]
