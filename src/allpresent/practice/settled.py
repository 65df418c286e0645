"""Whether a reason was found, or the mark settled, within the policy's school days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allpresent.core.practice import Case, Clock, Subject
from allpresent.core.practice.contact import day_ends
from allpresent.core.settle.clock import last_day
from allpresent.practice.absences import Unexplained
from allpresent.practice.reading import Period, Reading


def settled(period: Period, sessions: Iterable[Unexplained]) -> Reading:
    """Each session that was marked N, against the last day on which it might be."""
    asks = f"A mark that says “not known yet” is settled within {period.policy.settle_within}."
    clock = Clock("settled", "Unexplained marks settled", asks, period.policy.why("settle"))
    return Reading(clock, tuple(_cases(period, sessions)))


def _cases(period: Period, sessions: Iterable[Unexplained]) -> Iterator[Case]:
    for one in sessions:
        last = last_day(period.calendar, one.session.day, period.policy_on(one.session.day))
        if last:
            yield Case(Subject("pupil", one.pupil_id, *one.session), day_ends(last), one.known_at)
