"""The only writers of settling. Marks are changed through the registers, in the same transaction as the decision."""

from allpresent.settling.actions.agreements import agree_updates
from allpresent.settling.actions.evidence import How, ask_evidence, end_flag, flag_evidence
from allpresent.settling.actions.expire import BY_THE_CLOCK, expire
from allpresent.settling.actions.settle import settle
from allpresent.settling.actions.support import Offered, answer_support, offer_support
from allpresent.settling.actions.telling import Telling, tell_parent

__all__ = [
    "BY_THE_CLOCK",
    "How",
    "Offered",
    "Telling",
    "agree_updates",
    "answer_support",
    "ask_evidence",
    "end_flag",
    "expire",
    "flag_evidence",
    "offer_support",
    "settle",
    "tell_parent",
]
