"""What the machine was to do and did not; and the policy that all of it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, Q

from allpresent.absences.queries import mailbox_state
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.watch import MAILBOX_SILENT_AFTER, REVIEW_SOON, is_soon
from allpresent.messages.channels.settings_file import BadChannels, channels_of
from allpresent.messages.models import Standing, State
from allpresent.messages.queries import ASKS_A_PERSON, STUCK_AFTER
from allpresent.shared.clock import LONDON
from allpresent.shared.words import count_of, moment, plain_day
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.looks.facts import Facts, begins

OWN_TEMPLATES = ("watch-first", "watch-next")
"""What this room writes: where it is kept it stands on the page anyway."""


def messages(facts: Facts) -> Iterator[Found]:
    """Messages that need a person, wait too long or are kept: one query. (M-3.2c, O-B-14.1)"""
    stuck = Q(state__in=(State.WAITING, State.SENDING), not_before__lt=facts.now - STUCK_AFTER)
    wanted = {Kind.FAILED: Q(state__in=ASKS_A_PERSON), Kind.STUCK: stuck, Kind.KEPT: Q(state=State.KEPT)}
    rows = Standing.objects.filter(message__school=facts.school).exclude(
        state=State.KEPT, message__template__in=OWN_TEMPLATES
    )
    asked = {}
    for kind, where in wanted.items():
        asked |= {f"{kind.name}_n": Count("pk", filter=where), f"{kind.name}_at": Min("message__at", filter=where)}
    found = rows.filter(wanted[Kind.FAILED] | stuck | wanted[Kind.KEPT]).aggregate(**asked)
    for kind in wanted:
        if number := found[f"{kind.name}_n"]:
            oldest: datetime = found[f"{kind.name}_at"]
            says = f"{count_of(number, 'message').capitalize()}, the oldest asked for on {moment(oldest)}."
            yield Found(kind, f"{kind.value}:{facts.today}", says, oldest, (), "messages_out")


def mailbox(facts: Facts) -> Iterator[Found]:
    """A mailbox that is set up and was not read lately, on a school day outside quiet hours. (M-3.4a, O-B-7.7)

    One query. The hours are those in which messages go: parents write before the first register opens.
    """
    wall = facts.now.astimezone(LONDON).time()
    if not facts.setting.calendar.sessions_on(facts.today) or facts.policy.quiet_hours.covers(wall):
        return
    try:
        if channels_of(facts.school.slug).imap is None:
            return
    except BadChannels:
        yield _silent("The settings of the channels cannot be read.", "settings", begins(facts.today))
        return
    state = mailbox_state(facts.school)
    if state.read_at and facts.now - state.read_at <= MAILBOX_SILENT_AFTER:
        return
    read = f"Last read on {moment(state.read_at)}." if state.read_at else "It was never read."
    why = f" The server says: {state.failure}" if state.failed_at and state.failure else ""
    since = state.read_at or state.failed_at or begins(facts.today)
    yield _silent(f"{read}{why}", f"{state.read_at or 'never'}", since)


def _silent(says: str, key: str, since: datetime) -> Found:
    return Found(Kind.MAILBOX, f"mailbox:{key}", says[:500], since, (), "mail")


def policy(facts: Facts) -> Iterator[Found]:
    """A policy that cannot be used today, or whose review is near or past: no query. (M-0a, O-0a)"""
    try:
        review = facts.policy.next_review
        for session in facts.setting.calendar.sessions_on(facts.today):
            facts.setting.window(session)
    except PolicyProblem as problem:
        says = f"Registers cannot be opened by it: {problem}."[:500]
        yield Found(Kind.NO_POLICY, f"no-policy:{facts.today}", says, begins(facts.today), (), "policy")
        return
    if review and is_soon(review, facts.today, REVIEW_SOON):
        verb = "was due on" if review < facts.today else "is due on"
        since = min(begins(review - REVIEW_SOON), facts.now)
        yield Found(
            Kind.REVIEW, f"review:{review}", f"Its review {verb} {plain_day(review)}.", since,
            facts.why("review"), "policy",
        )  # fmt: skip
