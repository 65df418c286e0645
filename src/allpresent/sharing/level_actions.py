"""Telling parents how their child attends: one message for each parent and child in a round (M-4.6a, O-A-2.9.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from allpresent.messages.actions import send
from allpresent.messages.queries import Recipient
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.sharing.level_words import attended, fields_of
from allpresent.sharing.levels import LEFT_OUT, LEVELS, Family, Levels, by_id, key_of, levels_due, ref_of
from allpresent.sharing.models import Share


class Reported(NamedTuple):
    """How many messages were queued and how many pupils were left out; why some could not be written to."""

    messages: int
    left_out: int
    problems: tuple[str, ...]


def report_levels(
    *, school: School, round_ends: date, left_out: Mapping[int, str], by: Signer, now: datetime
) -> Reported | Refused:
    """Queue the round for every parent who has not heard, but for the pupils left out, each with a reason.

    A second press changes nothing; after a crash it does the rest. Refused: the round is not the one that is to be
    sent, nothing has been marked yet, or a pupil is left out without a reason.
    """
    levels = levels_due(school, now.astimezone(LONDON).date())
    if levels.round is None or levels.round.ends != round_ends:
        return refused("", "That round was sent already, or another is due now. This is how it stands.")
    families = by_id(levels)
    if wrong := tuple(_unreasoned(families, left_out)):
        return Refused(wrong)
    for pupil_id, why in left_out.items():
        _leave_out(school, levels, families[pupil_id], why, by, now)
    results = [
        _tell(school, levels, family, to, by, now)
        for family in levels.to_write if family.pupil.id not in left_out
        for to in family.to
    ]  # fmt: skip
    problems = [problem.message for result in results if isinstance(result, Refused) for problem in result.problems]
    return Reported(sum(isinstance(result, Share) for result in results), len(left_out), tuple(problems))


def tell_levels(
    *, school: School, pupil_id: int, contact_id: int, how: Share.Channel, by: Signer, now: datetime
) -> Share | Refused:
    """Write down that a parent without an address was told by a person. The same again changes nothing."""
    levels = levels_due(school, now.astimezone(LONDON).date())
    family = by_id(levels).get(pupil_id)
    to = next((to for to in family.no_address if to.contact_id == contact_id), None) if family else None
    if levels.round is None or family is None or to is None:
        return refused("", "They were told already, or can be written to now.")
    return _log(school, levels, family, ref_of(to), to.name, attended(family.pupil.called, family.figure), how, by, now)


def _unreasoned(families: Mapping[int, Family], left_out: Mapping[int, str]):
    for pupil_id, why in left_out.items():
        if pupil_id not in families:
            yield Problem("", "One of the pupils to be left out is not on the roll.")
        elif not why.strip():
            yield Problem(f"why_{pupil_id}", f"Say why {families[pupil_id].pupil.name} is left out.")


def _leave_out(school: School, levels: Levels, family: Family, why: str, by: Signer, now: datetime) -> Share:
    return _log(school, levels, family, LEFT_OUT, "Their parents", why.strip(), Share.Channel.NONE, by, now)


def _tell(school: School, levels: Levels, family: Family, to: Recipient, by: Signer, now: datetime) -> Share | Refused:
    """Queue one message and write it in the log, both or neither."""
    assert levels.promise is not None
    assert levels.round is not None
    key = key_of(levels.round, family.pupil.id, ref_of(to))
    with transaction.atomic():
        sent = send(
            school=school, template=LEVELS, to=to, fields=fields_of(school, family, to, levels.period, by), key=key,
            by=by, now=now, pupil_id=family.pupil.id, clauses=levels.promise.clauses,
        )  # fmt: skip
        if isinstance(sent, Refused):
            return sent
        says = attended(family.pupil.called, family.figure)
        return _log(
            school, levels, family, ref_of(to), to.name, says, sent.channel, by, now, address=sent.address, message=key
        )


def _log(school, levels: Levels, family: Family, ref, name, says, channel, by: Signer, now, address="", message=""):
    key = key_of(levels.round, family.pupil.id, ref)
    row = Share(
        school=school, pupil_id=family.pupil.id, day=now.astimezone(LONDON).date(), half="", what=LEVELS, ref=ref,
        party="parent", name=name[:200], address=address[:254], channel=channel, says=says[:300],
        clauses=list(levels.promise.clauses), message_key=message, key=key, at=now, by_id=by.user_id, by_name=by.name,
        by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Share.objects.get(school=school, key=key)
    return row
