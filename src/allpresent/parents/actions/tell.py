"""Telling the school: one form, one message for each child. It explains; it authorises nothing (O-B-12.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.london import wall_clock
from allpresent.parents.family import Child, Parent
from allpresent.parents.queries import kept_under
from allpresent.parents.telling import Told, day_problems
from allpresent.people.queries import pupil_on_roll
from allpresent.shared.problems import Problem, Refused


class _Undone(Exception):
    """Takes back what was kept for the children before the one that was refused."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal


def tell_school(
    *, parent: Parent, children: Sequence[Child], told: Told, key: str, now: datetime, replaces: int | None = None
) -> tuple[Notice, ...] | Refused:
    """Keep what a parent tells, for every child or for none. Pressed twice, it is kept once.

    `replaces` is the parent's own earlier message that this one corrects, of an only child. (M-3.5b, M-4.2a, O-B-7.7)
    """
    try:
        with transaction.atomic():
            return tuple(_tell(parent, child, told, key, now, replaces, len(children) > 1) for child in children)
    except _Undone as undone:
        return undone.refusal


def _tell(
    parent: Parent, child: Child, told: Told, key: str, now: datetime, replaces: int | None, several: bool
) -> Notice:
    own_key = f"{key}-{child.id}"
    pupil = pupil_on_roll(child.school, child.id, told.day)
    problems = tuple(day_problems(child, told, wall_clock(now)[0]))
    if pupil is None:
        problems = (Problem("day", f"{child.called} is not on the school's register on that day. Check the day."),)
    if problems:
        raise _Undone(_named(Refused(problems), child, several))
    said = Said(
        channel=Notice.Channel.PAGES, told_by=child.who, relation=child.relation, told_at=now,
        contact_id=child.link_id, **asdict(told),
    )  # fmt: skip
    result = record_notice(
        school=child.school, pupil=pupil, said=said, key=own_key, by=parent.signer(child), now=now, replaces=replaces
    )
    if not isinstance(result, Refused):
        return result
    held = kept_under(child.school, own_key)
    if held and held.pupil_id == child.id and told.is_kept_as(held):
        return held
    raise _Undone(_named(result, child, several))


def _named(refusal: Refused, child: Child, several: bool) -> Refused:
    """Each problem with the child it is about, where there are several."""
    if not several:
        return refusal
    return Refused(
        tuple(problem._replace(message=f"{child.called}: {problem.message}") for problem in refusal.problems)
    )
