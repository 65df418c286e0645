"""The outbox of one school as it stands: what is open, and what went today."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from allpresent.messages.models import Attempt, Message, State
from allpresent.messages.rules import start_of_day
from allpresent.schools.models import School

SHOWN = 100
"""Rows of one state that a page shows; the counts are always whole."""


def open_and_of_today(school: School, *, now: datetime) -> list[Message]:
    """The messages that have not gone, and those that went or were cancelled today, newest first: one query."""
    since = start_of_day(now)
    today = Q(standing__went_at__gte=since) | Q(standing__state=State.CANCELLED, at__gte=since)
    still = Q(standing__state__in=(State.WAITING, State.SENDING, State.FAILED, State.UNCERTAIN, State.KEPT))
    rows = Message.objects.filter(still | today, school=school).select_related("standing", "pupil")
    return list(rows.order_by("-at", "-id"))


def last_words(messages: list[Message]) -> dict[int, str]:
    """What was last said of each message, by its number: one query."""
    rows = Attempt.objects.filter(message__in=messages).exclude(says="").order_by("id")
    return dict(rows.values_list("message_id", "says"))
