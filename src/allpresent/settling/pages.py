"""What the pages of settling show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import CodeSet, EnteredBy, code_set_on
from allpresent.core.policy.policy import Policy
from allpresent.core.response.words import role
from allpresent.core.settle.needs import Need, NeedKind, needs_of
from allpresent.registers.pages import Cell, cell
from allpresent.schools.queries import Setting
from allpresent.settling.forms import one_press, write_session
from allpresent.settling.queries import Kind, OpenAbsence
from allpresent.shared.words import long_day, short_day

HEADINGS = {
    Kind.OVER: "Time is over: to approve",
    Kind.SAID: "A reason was given: to decide",
    Kind.LATER: "Word came after the mark",
    Kind.UNKNOWN: "Nobody has said why yet",
}
NOTES = {
    Kind.OVER: "No reason was established in time.",
    Kind.SAID: "What was said authorises nothing by itself: the decision is yours.",
    Kind.LATER: "A message says otherwise than the mark that stands.",
    Kind.UNKNOWN: "They are being asked after. Settle one here once you know.",
}


class Offer(NamedTuple):
    """A code that can be chosen in one press, in the setting's words. `needs`: what choosing it says, or asks first."""

    cell: Cell
    words: str
    needs: tuple[Need, ...]
    allowed: bool


@dataclass(frozen=True)
class Card:
    """One absence as it is drawn. `place` tells it from others of the pupil; `deadline` is empty where none runs.

    `decider` is the post to which the policy gives the decision, in its own words; '' where it names none.
    """

    absence: OpenAbsence
    marks: tuple[Cell, ...]
    sessions: str
    values: tuple[tuple[str, str], ...]
    offers: tuple[Offer, ...]
    detail: str
    detail_now: str
    seen_kinds: tuple[str, ...]
    deadline: str
    owed: bool
    decider: str
    key: str

    @property
    def place(self) -> str:
        first = self.absence.sessions[0].session
        return f"{first.day}-{first.half}"

    @property
    def must_tell(self) -> bool:
        return bool(self.absence.proposal.tell_first) and self.absence.told is None

    @property
    def one_press(self) -> bool:
        """Whether the list itself can settle it: nothing to type, to see or to tell first."""
        return self.absence.ready and not self.detail and self.absence.request is None and self.offers[0].allowed

    def why_of(self, code: str) -> str:
        """What is kept as the reason of a proposed code where nothing is typed; '' for any other: it needs words."""
        if code not in self.absence.proposal.codes:
            return ""
        said = self.absence.explanation
        because = " ".join(because.says for because in self.absence.proposal.because)
        return (f"{said.in_words(self.absence.first)}. {because}" if said else because)[:300]


def card(absence: OpenAbsence, setting: Setting, level: EnteredBy | None) -> Card:
    """The card of one absence, for somebody who may enter codes of a level."""
    policy, codes = setting.policy_on(absence.first), code_set_on(absence.first)
    offers = tuple(_offer(letter, codes, absence, policy, level) for letter in absence.proposal.codes)
    asked = {item.label for letter in absence.proposal.codes for item in codes[letter].detail if item.required}
    seen = {kind: None for offer in offers for need in offer.needs if need.kind is NeedKind.SEEN for kind in need.kinds}
    appointment = absence.explanation.appointment_at if absence.explanation else None
    return Card(
        absence=absence,
        marks=tuple(cell(letter, codes) for letter in dict.fromkeys(one.code for one in absence.sessions)),
        sessions=sessions_in_words(one.session for one in absence.sessions),
        values=tuple((write_session(o.session, o.version), _session_words(o.session)) for o in absence.sessions),
        offers=offers,
        detail="; ".join(sorted(asked)),
        detail_now=f"{appointment.hour}:{appointment:%M}" if appointment else "",
        seen_kinds=tuple(seen) or (("something that shows it",) if _needs_seeing(offers) else ()),
        deadline=deadline(absence),
        owed=absence.overdue or absence.clock.last or absence.kind is Kind.OVER,
        decider=role(absence.proposal.decided_by, policy) if absence.proposal.decided_by else "",
        key=one_press(),
    )


def _needs_seeing(offers: Iterable[Offer]) -> bool:
    return any(need.kind is NeedKind.SEEN for offer in offers for need in offer.needs)


def _offer(letter: str, codes: CodeSet, absence: OpenAbsence, policy: Policy, level: EnteredBy | None) -> Offer:
    listed = policy.code_list.get(letter)
    words = listed.words if listed else codes[letter].name
    needs = needs_of(policy, letter, absence.facts)
    return Offer(cell(letter, codes), words, needs, level in codes[letter].entered_by)


def deadline(absence: OpenAbsence) -> str:
    """'Settle by Friday 6 November 2026, 3 school days left'; empty for a mark that was settled before."""
    if absence.kind is Kind.LATER:
        return ""
    clock = absence.clock
    if clock.last_day is None:
        return "The calendar ends before the time is over. Enter the next term’s dates."
    if clock.over:
        return _over(absence, clock.last_day)
    if clock.last:
        return f"Settle by {long_day(clock.last_day)}: the last school day"
    return f"Settle by {long_day(clock.last_day)}, {clock.days_left} school days left"


def _over(absence: OpenAbsence, last: date) -> str:
    if absence.by_itself and not absence.imported:
        return f"The time was over after {long_day(last)}: {absence.proposal.code or 'the code'} follows by itself"
    return f"{'Overdue' if absence.overdue else 'Approve today'}: the time was over after {long_day(last)}"


def sessions_in_words(sessions: Iterable[Session]) -> str:
    """'Tue 15 Sep, morning and afternoon; Wed 16 Sep, morning'."""
    days = groupby(sessions, key=lambda session: session.day)
    return "; ".join(f"{short_day(day)}, {' and '.join(s.half.word for s in halves)}" for day, halves in days)


def _session_words(session: Session) -> str:
    return f"{short_day(session.day)}, {session.half.word}"


class Section(NamedTuple):
    """The cards of one kind, under a heading."""

    id: str
    heading: str
    note: str
    cards: tuple[Card, ...]


def sections(cards: Iterable[Card]) -> tuple[Section, ...]:
    """The cards under their headings, in the order of `Kind`; a kind with none is left out."""
    by_kind = groupby(cards, key=lambda one: one.absence.kind)
    return tuple(Section(kind.value, HEADINGS[kind], NOTES[kind], tuple(held)) for kind, held in by_kind)
