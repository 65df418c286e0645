"""Entering ahead what was arranged or decided, for the next days and no further (O-B-5.1, O-B-10.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.amendment import Amendment
from allpresent.core.register.problems import Fault
from allpresent.core.register.sheet import SubmittedMark
from allpresent.elsewhere.actions.signing import PROGRAM, program
from allpresent.elsewhere.queries.wanted import Wanted, ended_early, wanted_ahead
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers import actions as registers
from allpresent.registers.models import Source
from allpresent.registers.queries import Entered, mark_of, newest_entries
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.grouping import by_pupil

_LONGEST_AHEAD = timedelta(days=400)
"""Further ahead than anything of ours is entered: a suspension may be recorded long before it begins."""
_OURS = frozenset({"D", "B", "K", "W", "P", "V", "E"})
_OVER = "No longer arranged: the pupil is expected here"


class Kept(NamedTuple):
    """How many sessions were entered ahead, given back, and changed from N to E."""

    planned: int = 0
    given_back: int = 0
    amended: int = 0


def keep_planned(school: School, *, now: datetime) -> Kept:
    """Enter what is arranged for the next ten school days, and E for the first five days of a suspension.

    What ended early is given back; what a person entered stays. Running it again changes nothing: it is safe at any
    time. (O-B-5.1, O-B-10.1)
    """
    today = now.astimezone(LONDON).date()
    wanted = wanted_ahead(school, today)
    concerned = wanted.keys() | ended_early(school)
    if not concerned:
        return Kept()
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, today) if pupil.id in concerned}
    held = by_pupil(newest_entries(pupils, today, today + _LONGEST_AHEAD))
    kept = Kept()
    for pupil_id, pupil in pupils.items():
        done = _keep(school, pupil, wanted.get(pupil_id, ()), held.get(pupil_id, ()), now)
        kept = Kept(*(before + more for before, more in zip(kept, done, strict=True)))
    return kept


def plan_ahead(school: School, *, now: datetime) -> int:
    """The pass of `keep_planned`: gives how many sessions it dealt with."""
    return sum(keep_planned(school, now=now))


def _keep(school: School, pupil: RollPupil, wanted: tuple[Wanted, ...], held: Iterable[Entered], now: datetime) -> Kept:
    """One pupil: stale marks back first, then what is free."""
    due = {one.session: one for one in wanted}
    stale = [one for one in held if _is_ours(one) and not _is_wanted(one, due.get(_session(one)))]
    given_back = sum(_give_back(school, pupil, code, alike, now) for code, alike in _by_code(stale))
    taken = {_session(one) for one in held if one.code} - {_session(one) for one in stale}
    free = [one for one in wanted if one.session not in taken and _is_ahead(school, pupil, one.session, now)]
    planned = sum(_plan(school, pupil, alike, now) for alike in _alike(free))
    unexplained = {_session(one) for one in held if one.code == "N"}
    amended = sum(_suspended(school, pupil, one, now) for one in wanted if one.session in unexplained)
    return Kept(planned, given_back, amended)


def _session(one: Entered) -> Session:
    return Session(one.day, Half(one.half))


def _is_ours(one: Entered) -> bool:
    """Whether the program entered it ahead: what a person entered is theirs."""
    return one.source == Source.PLANNED and one.by_name == PROGRAM and one.code in _OURS


def _is_wanted(one: Entered, wanted: Wanted | None) -> bool:
    return wanted is not None and wanted.code == one.code


def _is_ahead(school: School, pupil: RollPupil, session: Session, now: datetime) -> bool:
    """Whether the pupil is expected at a session that has not begun."""
    opens = setting_of(school).window(session, pupil.year_group).opens_at(session.day)
    return now < opens and pupil.expected_at(session)


def _by_code(stale: Iterable[Entered]) -> Iterator[tuple[str, list[Session]]]:
    for code, alike in groupby(sorted(stale, key=lambda one: one.code), key=lambda one: one.code):
        yield code, [_session(one) for one in alike]


def _give_back(school: School, pupil: RollPupil, code: str, sessions: list[Session], now: datetime) -> int:
    by = program("an arrangement or a suspension was changed")
    given = registers.give_back(school=school, pupil=pupil, sessions=sessions, code=code, reason=_OVER, by=by, now=now)
    return len(given)


def _alike(free: Iterable[Wanted]) -> Iterator[list[Wanted]]:
    """Sessions that are to hold the same, together."""
    for _, alike in groupby(sorted(free, key=lambda one: one[1:]), key=lambda one: one[1:]):
        yield list(alike)


def _plan(school: School, pupil: RollPupil, alike: list[Wanted], now: datetime) -> int:
    entered = registers.plan_sessions(
        school=school, pupil=pupil, sessions=[one.session for one in alike], code=alike[0].code,
        detail=alike[0].detail, level=EnteredBy.HEAD, by=program(alike[0].because), now=now,
    )  # fmt: skip
    return 0 if isinstance(entered, Fault) else len(entered)


def _suspended(school: School, pupil: RollPupil, one: Wanted, now: datetime) -> bool:
    """N of a session that began before its suspension was recorded becomes E; a present mark stays (O-B-10.2)."""
    mark = mark_of(pupil.id, one.session)
    if one.code != "E" or mark is None or mark.code != "N":
        return False
    new = SubmittedMark(pupil.id, "E", mark.version, detail=one.detail)
    result = registers.amend_mark(
        school=school, pupil=pupil, session=one.session, new=new, reason=one.because.capitalize(),
        level=EnteredBy.HEAD, by=program(one.because), now=now,
    )  # fmt: skip
    return isinstance(result, Amendment)
