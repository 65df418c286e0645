"""What was said about an absence, and what the records say beside it. A decision stands on both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.core.settle.reasons import Reason


class Explanation(NamedTuple):
    """Somebody's word about an absence: the reason given (None: words of their own alone) and the day it was told.

    It authorises nothing (O-B-12.2).
    """

    reason: Reason | None
    told_on: date

    @property
    def gives_a_reason(self) -> bool:
        """Whether it says why; 'he is not coming' does not."""
        return self.reason is not Reason.NOT_SAID


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say about the session to be settled. Days are school days.

    `in_advance`: told before the register of the first session opened. `first_day`: the first day of this absence.
    `doubted`: a person doubts what was said, or evidence is needed from now on. `evidence_seen`: some is on record.
    `waiting`: evidence was asked for, and the day to give it has not gone by. `whole_day`: the pupil was away both
    morning and afternoon. `observance_days`, `observance_days_this_year`: days marked R before this one, in the same
    occasion and in the school year. `granted`: the code of a leave decision. `after_leave`: the sessions before are
    leave that has ended. `time_over`: the reason stayed unknown too long.
    """

    first_day: date
    in_advance: bool = False
    doubted: bool = False
    evidence_seen: bool = False
    waiting: bool = False
    whole_day: bool = False
    observance_days: int = 0
    observance_days_this_year: int = 0
    granted: str = ""
    after_leave: bool = False
    compulsory_age: bool = True
    time_over: bool = False
