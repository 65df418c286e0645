"""What the policy says of sending: quiet hours, and the most in a day."""

from __future__ import annotations

from datetime import date, datetime, time

from allpresent.core.calendar.london import at, wall_clock
from allpresent.core.messages.quiet import goes_at
from allpresent.core.policy.layers import policy_on
from allpresent.core.policy.library import packaged
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.policy import Policy
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


def policy_for(school: School | None, day: date) -> Policy:
    """The policy of a school, or the nation's layer alone for what is no school's. Raises PolicyProblem."""
    if school is not None:
        return setting_of(school).policy_on(day)
    return policy_on(day, [document for document in packaged() if document.file.layer is Layer.NATION])


def may_go_at(school: School | None, moment: datetime, *, urgent: bool) -> datetime:
    """From when a message may go that would go at `moment`."""
    day, _ = wall_clock(moment)
    return goes_at(moment, policy_for(school, day).quiet_hours, urgent=urgent)


def start_of_day(now: datetime) -> datetime:
    """The instant at which the day of `now` began in London."""
    day, _ = wall_clock(now)
    return at(day, time())
