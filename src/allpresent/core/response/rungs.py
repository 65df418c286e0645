"""What a policy says of one missing pupil, statement by statement: each becomes a rung."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.policy.model.duties import Call, Calling, Duty
from allpresent.core.policy.model.words import Channel, DutyKind, Event, OnDay, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Span
from allpresent.core.response.facts import PARENTS, Missing


class Kind(StrEnum):
    """What a step is: asking where the pupil is, telling somebody who has to know, or a decision of a named role."""

    CALL = "call"
    TELL = "tell"
    DECIDE = "decide"


class Deadline(NamedTuple):
    """A latest time as the policy puts it: a time, a part of the day, or a span from a moment."""

    by: time | None = None
    in_the: str = ""
    within: Span | None = None
    from_: Event | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing to be done about a missing pupil, as one or several statements of the policy ask for it.

    `parties` are values of Party or keys of roles: any of them will do. `after` names those who have to have been tried
    first. `condition` is for a person to judge. `who` may do it: keys of roles.
    """

    kind: Kind
    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    starts: Event = Event.UNEXPLAINED
    at: time | None = None
    channels: tuple[Channel, ...] = ()
    label: str = ""
    after: tuple[str, ...] = ()
    condition: str = ""
    who: tuple[str, ...] = ()
    nth_day: int | None = None
    deadlines: tuple[Deadline, ...] = ()


ABSENT = frozenset(
    {Event.EXPECTED_ARRIVAL, Event.REGISTER_OPENS, Event.REGISTER_CLOSES, Event.NO_CONTACT, Event.ABSENCE,
     Event.UNEXPLAINED, Event.STILL_ABSENT, Event.NO_ANSWER, Event.CONCERN}
)  # fmt: skip
"""The moments that speak of a pupil who is not here. Leaving the site is another matter (M-4.7d)."""
MOMENTS = ABSENT - {Event.STILL_ABSENT, Event.NO_ANSWER, Event.CONCERN}
KINDS = {
    DutyKind.CONTACT_HOME: Kind.CALL,
    DutyKind.CONTACT_AGAIN: Kind.CALL,
    DutyKind.CONTACT_OTHERS: Kind.CALL,
    DutyKind.CHECK_WELFARE: Kind.DECIDE,
    DutyKind.PASS_ON_MISSING: Kind.TELL,
    DutyKind.PASS_ON_UNEXPLAINED: Kind.TELL,
    DutyKind.REFER_MISSING: Kind.TELL,
}
"""The duties that a missing pupil sets going."""
_EITHER = (Party.COMMISSIONER, Party.AUTHORITY)
_HOME = (*sorted(PARENTS), Party.EMERGENCY)


def callings_for(policy: Policy, missing: Missing) -> tuple[Calling, ...]:
    """The calling orders for this pupil, the one that leads first: made for such pupils, then the fullest."""
    held = [
        calling
        for calling in policy.content.calling
        if calling.starts in ABSENT and (not calling.for_ or missing.circumstances & set(calling.for_))
    ]
    return tuple(sorted(held, key=lambda calling: (not calling.for_, -len(calling.order))))


def rungs_of_calling(calling: Calling, missing: Missing) -> tuple[Rung, ...]:
    """A calling order as rungs, in its own order."""
    return tuple(_of_call(calling, call) for call in calling.order if (call.nth_day or 1) <= missing.day_number)


def _of_call(calling: Calling, call: Call) -> Rung:
    decides = Party.POLICE in call.contact
    decided_by = (calling.decided_by,) if decides and calling.decided_by else ()
    return Rung(
        kind=Kind.DECIDE if decides else Kind.CALL,
        parties=call.contact,
        clauses=calling.clause or calling.source,
        starts=calling.starts,
        at=calling.at,
        channels=call.through,
        label=call.label or "",
        after=call.after,
        condition=call.if_ or "",
        who=call.who or decided_by,
        nth_day=call.nth_day,
        deadlines=(Deadline(by=call.by),) if call.by else (),
    )


def rungs_of_duties(policy: Policy, missing: Missing) -> Iterator[Rung]:
    """What the duties of the policy ask for this pupil on this day, in the policy's order."""
    for duty in policy.content.duties:
        if duty.duty in KINDS and _holds(duty, missing):
            for parties in _apart(duty.to):
                yield _of_duty(duty, parties)


def _holds(duty: Duty, missing: Missing) -> bool:
    """Whether a duty falls on this pupil today."""
    when = duty.when in ABSENT or duty.when is None or (duty.when is Event.NOT_RETURNED and missing.not_back)
    whom = not duty.for_ or bool(missing.circumstances & set(duty.for_))
    year = not duty.year_groups or missing.year_group in duty.year_groups
    return when and whom and year and _falls_on(duty, missing.day_number)


def _falls_on(duty: Duty, day: int) -> bool:
    """The third day's duty stays owed on the fourth until it was done; the first day's belongs to the first."""
    if duty.nth_day and duty.nth_day > 1:
        return day >= duty.nth_day
    if duty.on is OnDay.FIRST or duty.nth_day == 1:
        return day == 1
    return day > 1 if duty.on is OnDay.EACH_LATER else True


def _apart(to: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Whom to contact one by one; a commissioner is a school or an authority, so those two are one."""
    either = tuple(party for party in to if party in _EITHER)
    if either:
        yield either
    yield from ((party,) for party in to if party not in _EITHER)


def _of_duty(duty: Duty, parties: tuple[str, ...]) -> Rung:
    deadline = Deadline(duty.by, duty.in_the or "", duty.within, duty.from_)
    kind = Kind.DECIDE if Party.POLICE in parties else KINDS[duty.duty]
    home = _HOME if duty.duty is DutyKind.CONTACT_OTHERS else tuple(sorted(PARENTS))
    return Rung(
        kind=kind,
        parties=parties,
        clauses=duty.clause or duty.source,
        starts=duty.when if duty.when in MOMENTS else Event.UNEXPLAINED,
        channels=duty.through,
        after=home if duty.when is Event.NO_ANSWER and kind is not Kind.DECIDE else (),
        condition="there is concern for their welfare" if duty.when is Event.CONCERN else "",
        who=duty.who if kind is Kind.DECIDE else (),
        nth_day=duty.nth_day,
        deadlines=(deadline,) if deadline != Deadline() else (),
    )
