"""The verbs of leave. Nothing else writes what was asked, said and decided."""

from allpresent.leave.actions.ask import Asked, ask_leave, withdraw_leave
from allpresent.leave.actions.decide import Decided, decide_leave
from allpresent.leave.actions.part_time import (
    Agreed,
    Kept,
    agree_part_time,
    end_part_time,
    review_part_time,
)
from allpresent.leave.actions.weigh import consult, record_check

__all__ = [
    "Agreed",
    "Asked",
    "Decided",
    "Kept",
    "agree_part_time",
    "ask_leave",
    "consult",
    "decide_leave",
    "end_part_time",
    "record_check",
    "review_part_time",
    "withdraw_leave",
]
