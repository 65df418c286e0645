"""What may be done: the only writers of providers, arrangements, words and suspensions."""

from allpresent.elsewhere.actions.arrangements import Place, arrange, end_arrangement
from allpresent.elsewhere.actions.chasing import chase
from allpresent.elsewhere.actions.feed import feed
from allpresent.elsewhere.actions.links import make_link, revoke_link
from allpresent.elsewhere.actions.planning import keep_planned, plan_ahead
from allpresent.elsewhere.actions.providers import Facts, keep_provider, record_check
from allpresent.elsewhere.actions.suspensions import Suspend, end_suspension, suspend
from allpresent.elsewhere.actions.words import Told, follow_up, record_word

__all__ = [
    "Facts",
    "Place",
    "Suspend",
    "Told",
    "arrange",
    "chase",
    "end_arrangement",
    "end_suspension",
    "feed",
    "follow_up",
    "keep_planned",
    "keep_provider",
    "make_link",
    "plan_ahead",
    "record_check",
    "record_word",
    "revoke_link",
    "suspend",
]
