"""Pupils away longer than the leave they were given: raised until they are back or another reason stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.leave.overrun import Overrun, overrun
from allpresent.leave.lines import RequestLine
from allpresent.people.queries import RollPupil
from allpresent.registers.queries import marks_between
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of

LOOKED_BACK = timedelta(days=60)
"""Leave that ended longer ago is not looked at: another reason stands by then, or the name has left the roll."""


class Overstayed(NamedTuple):
    """A request whose days are over while the pupil is still away."""

    line: RequestLine
    pupil: RollPupil
    found: Overrun


def overstayed(
    school: School, lines: tuple[RequestLine, ...], pupils: Mapping[int, RollPupil], now: datetime
) -> Iterator[Overstayed]:
    """Those of some requests whose pupil has been away since past the days given: one query. (O-B-12.3.8)"""
    today = wall_clock(now)[0]
    ended = [line for line in lines if line.pupil_id in pupils and _ended_lately(line, today)]
    if not ended:
        return
    policy = setting_of(school).policy_on(today)
    first = min(line.given.last.day for line in ended if line.given)
    marks = marks_between({line.pupil_id for line in ended}, first, today)
    for line in ended:
        held = {Session(*place): mark.code for place, mark in marks[line.pupil_id].items()}
        after = _due_since(school, pupils[line.pupil_id], line, now)
        if found := overrun(policy, line.ground, after, held, code_set_on(today)):
            yield Overstayed(line, pupils[line.pupil_id], found)


def _ended_lately(line: RequestLine, today: date) -> bool:
    return line.given is not None and today - LOOKED_BACK <= line.given.last.day <= today


def _due_since(school: School, pupil: RollPupil, line: RequestLine, now: datetime) -> tuple[Session, ...]:
    """The sessions since the leave that have begun and that the pupil was due at."""
    setting, last = setting_of(school), line.given.last
    since = setting.calendar.sessions_between(last.day, wall_clock(now)[0])
    return tuple(
        one
        for one in since
        if one > last and pupil.expected_at(one) and now >= setting.window(one, pupil.year_group).opens_at(one.day)
    )
