"""Amending the admission register: the old fact, the new one, the reason, when and by whom (reg 6, O-B-1.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from allpresent.core.calendar.words import day_words
from allpresent.people.actions import checks
from allpresent.people.actions.entering import day_of, enter, held, newest_enrolment
from allpresent.people.facts import ENROLMENT_FACTS, FACTS, PUPIL_FACTS, REQUIRED, as_text
from allpresent.people.models import Enrolment, GroupMembership, Pupil, RollEntry
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

Value = str | date | None


class Change(NamedTuple):
    """A fact as the person saw it, and what it should be."""

    seen: Value
    new: Value


def amend_roll(
    *, pupil: Pupil, changes: Mapping[str, Change], reason: str, by: Signer, now: datetime
) -> tuple[RollEntry, ...] | Refused:
    """Amend facts of the admission register: one entry each, all or none. `changes` goes by `facts.FACTS`.

    Raises KeyError for a fact that the register does not have.
    """
    wanted = {fact: _plain(fact, change) for fact, change in changes.items() if FACTS[fact]}
    if not reason.strip():
        return refused("reason", "Give the reason for the amendment.")
    with transaction.atomic():
        pupil = held(pupil)
        enrolment = newest_enrolment(pupil)
        wanted = {fact: change for fact, change in wanted.items() if change.new != _now(fact, pupil, enrolment)}
        if problems := tuple(_problems(pupil, enrolment, wanted, day_of(now))):
            return Refused(problems)
        return tuple(
            _amend(fact, change.new, pupil, enrolment, reason=reason.strip(), by=by, now=now)
            for fact, change in wanted.items()
        )


def _plain(fact: str, change: Change) -> Change:
    new = change.new.strip() if isinstance(change.new, str) else change.new
    return change._replace(new=checks.plain_upn(new) if fact == "upn" and isinstance(new, str) else new)


def _now(fact: str, pupil: Pupil, enrolment: Enrolment | None) -> Value:
    return getattr(enrolment if fact in ENROLMENT_FACTS else pupil, fact, None)


def _problems(
    pupil: Pupil, enrolment: Enrolment | None, wanted: Mapping[str, Change], today: date
) -> Iterator[Problem]:
    if not wanted:
        yield Problem("", "Nothing differs from what the register says, so there is nothing to amend.")
    for fact, change in wanted.items():
        yield from _one_problem(fact, change, _now(fact, pupil, enrolment))
    new = {fact: change.new for fact, change in wanted.items()}
    yield from checks.number_problems(
        pupil.school,
        upn=str(new.get("upn", "")),
        admission_number=str(new.get("admission_number", "")),
        except_id=pupil.id,
    )
    starts = new.get("begins") or (enrolment.begins if enrolment else None)
    if isinstance(born := new.get("born"), date) and isinstance(starts, date):
        yield from checks.birth_problems(born, starts)
    if enrolment and isinstance(begins := new.get("begins"), date):
        yield from _start_problems(pupil, enrolment, begins, today)


def _one_problem(fact: str, change: Change, now: Value) -> Iterator[Problem]:
    if fact in REQUIRED and not change.new:
        yield Problem(fact, f"{FACTS[fact]} cannot be left blank.")
    elif as_text(change.seen) != as_text(now):
        yield Problem(fact, f"Somebody has amended this meanwhile: it now reads “{as_text(now)}”.")


def _start_problems(pupil: Pupil, enrolment: Enrolment, begins: date, today: date) -> Iterator[Problem]:
    """A starting day moves to any day until it is reached; after that, only earlier: marks may stand on it."""
    yield from checks.start_problems(pupil.school, begins, pupil.year_group)
    if enrolment.begins <= today and begins > enrolment.begins:
        yield Problem(
            "begins",
            f"The attendance register has run since {day_words(enrolment.begins)}, so the starting day "
            "cannot become later. Amend the marks of those days instead.",
        )
    earlier = Enrolment.objects.filter(pupil=pupil, begins__lt=enrolment.begins).last()
    if earlier and earlier.ends and begins <= earlier.ends:
        yield Problem("begins", f"The name was on the register before, until {day_words(earlier.ends)}.")
    if enrolment.ends and begins > enrolment.ends:
        yield Problem("begins", f"The name leaves the register on {day_words(enrolment.ends)}, before that day.")


def _amend(
    fact: str,
    new: Value,
    pupil: Pupil,
    enrolment: Enrolment | None,
    *,
    reason: str,
    by: Signer,
    now: datetime,
) -> RollEntry:
    row = pupil if fact in PUPIL_FACTS else enrolment
    original = getattr(row, fact)
    if fact == "begins":
        GroupMembership.objects.filter(pupil=pupil, begins=original).update(begins=new)
    setattr(row, fact, new)
    row.save(update_fields=[fact])
    return enter(pupil, fact, as_text(original), as_text(new), reason=reason, by=by, now=now)
