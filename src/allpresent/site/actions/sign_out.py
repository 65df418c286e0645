"""Signing a pupil out during the day: with whom, on whose word, back when (O-B-6.2.2, O-B-9, O-B-10.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import EnteredBy
from allpresent.core.onsite import Adult, Confirmation, CrossingKind, Leaving, Place, release_fault
from allpresent.core.register.problems import Fault
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import RollPupil
from allpresent.people.queries.record import Adult as Contact
from allpresent.people.queries.record import contacts_of
from allpresent.registers.actions import plan_absence
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import clock_time
from allpresent.site import queries
from allpresent.site.actions.gate import add, signed
from allpresent.site.ahead import Ahead, afternoon_ahead
from allpresent.site.models import Crossing


@dataclass(frozen=True)
class Companion:
    """The adult a child leaves with: one of the child's contacts (`contact_id`, its link), or a name given."""

    contact_id: int | None = None
    name: str = ""
    relation: str = ""


@dataclass(frozen=True)
class GoingOut:
    """A child about to leave. `at` and `expected_back_at` are UTC; `companion` None: alone.

    `afternoon`: enter this afternoon's absence ahead in the same press; `told` says who told the school beforehand
    and what was seen. `back_on`: the day on which a child sent home ill is expected, if somebody said one.
    """

    at: datetime
    why: str
    companion: Companion | None
    confirmation: Confirmation | None = None
    agreed_by: str = ""
    says: str = ""
    expected_back_at: datetime | None = None
    afternoon: bool = False
    told: str = ""
    back_on: date | None = None

    @property
    def is_ill(self) -> bool:
        return self.why == Crossing.Why.ILL


def sign_out(
    *, school: School, pupil: RollPupil, out: GoingOut, level: EnteredBy | None, key: str, by: Signer, now: datetime
) -> Crossing | Refused:
    """Record that a pupil leaves, and what goes with it: all of it or, Refused, nothing. The mark in force stays.

    Refused beside `who`, `confirmed` and `how` (nobody leaves without confirmation), `at`, `agreed_by`, `told`,
    `expected_back`, `afternoon` and `back_on`. (O-B-6.2.2, O-B-9, O-B-3.1.1)
    """
    contacts = tuple(contacts_of(pupil.id))
    taker = _taker(out.companion, contacts)
    if problems := tuple(_problems(school, pupil, out, taker, contacts, now)):
        return Refused(problems)
    row = signed(_row(school, pupil, out, taker, key), by, now)
    with transaction.atomic():
        kept = add(row, pupil, now=now)
        if kept is not row:
            return kept
        refusal = _with_it(school, pupil, out, row, level, by, now)
        if refusal:
            transaction.set_rollback(True)
    return refusal or row


class _Taker(NamedTuple):
    """Who a child leaves with, as the school knows them; `adult` None: nobody."""

    adult: Adult | None = None
    relation: str = ""
    contact_id: int | None = None


def _taker(companion: Companion | None, contacts: tuple[Contact, ...]) -> _Taker:
    """Raises LookupError for a contact who is not the pupil's."""
    if companion is None:
        return _Taker()
    if companion.contact_id is None:
        return _Taker(Adult(companion.name), companion.relation)
    found = next((one for one in contacts if one.id == companion.contact_id), None)
    if found is None:
        raise LookupError(f"contact {companion.contact_id} is not this pupil's")
    return _Taker(Adult(found.name, True, found.may_collect, found.restriction), found.relation, found.id)


def _problems(
    school: School, pupil: RollPupil, out: GoingOut, taker: _Taker, contacts: Iterable[Contact], now: datetime
) -> Iterator[Problem]:
    restricted = [contact.name for contact in contacts if contact.restriction]
    if fault := release_fault(Leaving(taker.adult, out.confirmation), restricted):
        yield Problem(fault.about, fault.message)
    if out.at.astimezone(LONDON).date() != now.astimezone(LONDON).date():
        yield Problem("at", "A pupil is signed out on the day itself. Give a time of today.")
    elif out.at <= now and (says := _not_here(school, pupil, out.at)):
        yield Problem("at", says)
    if out.is_ill and not out.agreed_by:
        yield Problem("agreed_by", "Choose who agreed that the child goes home ill.")
    if out.expected_back_at and out.expected_back_at <= out.at:
        yield Problem("expected_back", "The return comes after leaving. Give a later time, or leave it blank.")


def _not_here(school: School, pupil: RollPupil, at: datetime) -> str:
    """Why somebody cannot have left who was not here; '' for one who was, and for one of whom nothing is known."""
    found = queries.whereabouts_of(school, pupil, now=at)
    if found.place is Place.HERE and found.since and found.since > at:
        return f"{pupil.name} arrived at {clock_time(found.since)}, so cannot have left before that."
    if found.place not in (Place.AWAY, Place.ELSEWHERE):
        return ""
    mark = f"is marked {found.letter}" if found.letter else "is not expected"
    return f"{pupil.name} {mark}, so was not here at {clock_time(at)}. Record the arrival first, or give another time."


def _row(school: School, pupil: RollPupil, out: GoingOut, taker: _Taker, key: str) -> Crossing:
    given = out.confirmation
    return Crossing(
        school=school, pupil_id=pupil.id, day=out.at.astimezone(LONDON).date(),
        kind=CrossingKind.SENT_HOME.value if out.is_ill else CrossingKind.SIGNED_OUT.value,
        crossed_at=out.at, why=out.why, says=out.says, with_name=taker.adult.name if taker.adult else "",
        with_relation=taker.relation, contact_id=taker.contact_id,
        confirmed_by=given.name if given else "", confirmed_how=given.how if given else "",
        agreed_by=out.agreed_by, expected_back_at=out.expected_back_at, key=key,
    )  # fmt: skip


def _with_it(
    school: School, pupil: RollPupil, out: GoingOut, crossing: Crossing, level: EnteredBy | None, by: Signer,
    now: datetime,
) -> Refused | None:  # fmt: skip
    """The afternoon entered ahead, and word of the day of return. A refusal undoes the signing out too."""
    if out.afternoon and (refusal := _enter_afternoon(school, pupil, out, level, by, now)):
        return refusal
    if out.back_on and out.is_ill:
        kept = record_notice(
            school=school, pupil=pupil, said=_word_of_return(out, crossing, now), key=f"{crossing.key[:60]}-ill",
            by=by, now=now,
        )  # fmt: skip
        if isinstance(kept, Refused):
            return refused("back_on", kept.problems[0].message)
    return None


def _enter_afternoon(
    school: School, pupil: RollPupil, out: GoingOut, level: EnteredBy | None, by: Signer, now: datetime
) -> Refused | None:
    ahead = afternoon_ahead(school, pupil, out.why, now=now)
    if ahead is None or level is None:
        return refused("afternoon", "This afternoon’s register cannot be entered ahead any more. Clear the tick.")
    if ahead.needs_telling and not out.told.strip():
        return refused("told", ahead.condition)
    entered = plan_absence(
        school=school, pupil=pupil, first=ahead.session, last=ahead.session, code=ahead.code,
        detail=_detail(out, ahead), level=level, by=by, now=now,
    )  # fmt: skip
    return refused("afternoon", f"{pupil.name}: {entered.message}") if isinstance(entered, Fault) else None


def _detail(out: GoingOut, ahead: Ahead) -> str:
    """What stands beside the mark, for whoever opens the register this afternoon."""
    back = f", back about {clock_time(out.expected_back_at)}" if out.expected_back_at else ""
    said = out.says or ("went home ill" if out.is_ill else "")
    told = out.told.strip() or ahead.told
    return "; ".join(filter(None, (f"Signed out {clock_time(out.at)}{back}", said, told)))[:300]


def _word_of_return(out: GoingOut, crossing: Crossing, now: datetime) -> Said:
    """What whoever collected the child said: ill from this afternoon, back on a day."""
    return Said(
        about=Notice.About.ABSENCE, day=crossing.day, half=Half.PM, reason=Reason.ILLNESS,
        says=(out.says or "sent home ill")[:300],
        channel=Notice.Channel.IN_PERSON if out.companion else Notice.Channel.TELEPHONE,
        told_by=crossing.with_name or crossing.confirmed_by, relation=crossing.with_relation, told_at=now,
        expected_back=out.back_on,
    )  # fmt: skip
