"""The only writers of messages: queueing one, what a person does with one, a school's own words, what came back."""

from allpresent.messages.actions.beat import beat
from allpresent.messages.actions.came_back import bounced
from allpresent.messages.actions.deal import cancel, mark_sent_by_hand, send_again
from allpresent.messages.actions.send import queue_for_installation, send
from allpresent.messages.actions.words import keep_wording
from allpresent.messages.recipients import Recipient

__all__ = [
    "Recipient",
    "beat",
    "bounced",
    "cancel",
    "keep_wording",
    "mark_sent_by_hand",
    "queue_for_installation",
    "send",
    "send_again",
]
