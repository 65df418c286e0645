"""The parents' first page: what the school waits to hear first, then each child's day. Made of loaded facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from allpresent.absences.lines import NoticeLine
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Session
from allpresent.parents.day_words import Day, Marks, in_words, unexplained
from allpresent.parents.family import Child, Parent
from allpresent.parents.lines import School, reviews_contacts, school_lines
from allpresent.parents.telling import too_late
from allpresent.schools.queries import setting_of
from allpresent.shared.words import short_day


class Asked(NamedTuple):
    """A day that the school waits to hear about. `ring`: too long ago for the page."""

    child: Child
    day: date
    words: str
    ring: bool


class ChildCard(NamedTuple):
    """One child: the day in words, what the parent told of it and may correct, and how to reach the school."""

    child: Child
    state: str
    told: tuple[NoticeLine, ...]
    school: School


@dataclass(frozen=True)
class HomePage:
    """`review`: the child by whom the parent is asked whether their details are still right."""

    asked: tuple[Asked, ...]
    children: tuple[ChildCard, ...]
    today: date
    review: Child | None = None

    @property
    def may_tell(self) -> bool:
        return any(card.child.left is None for card in self.children)


def home_page(
    parent: Parent,
    marks: Mapping[int, Marks],
    notices: Mapping[int, tuple[NoticeLine, ...]],
    confirmed: Mapping[int, datetime],
    *,
    now: datetime,
) -> HomePage:
    """`marks` and `notices` are those of the academic year, by child; `confirmed` by contact."""
    today = wall_clock(now)[0]
    days = [
        Day(child, setting_of(child.school), now, marks[child.id], notices.get(child.id, ()))
        for child in parent.children
    ]
    asked = (one for day in days if day.child.left is None for one in _asked(day))
    cards = (ChildCard(day.child, in_words(day), tuple(_own(day)), school_lines(day.setting, today)) for day in days)
    review = next((day.child for day in days if wants_review(day, confirmed)), None)
    return HomePage(tuple(sorted(asked, key=lambda one: (one.ring, one.day))), tuple(cards), today, review)


def wants_review(day: Day, confirmed: Mapping[int, datetime]) -> bool:
    """Whether the parent is asked if their details are still right: once a term, where the policy reviews contacts.

    (O-B-14.4)
    """
    child, term = day.child, day.setting.calendar.term_of(day.today)
    if child.left or len(child.contact_ids) > 1 or term is None or not reviews_contacts(day.setting, day.today):
        return False
    last = confirmed.get(child.contact_ids[0])
    return last is None or wall_clock(last)[0] < term.starts


def _own(day: Day) -> Iterable[NoticeLine]:
    """What the parent has told of today and of days to come."""
    for line in day.notices:
        lasts = line.expected_back or line.day
        if day.child.is_said_by(line.told_by, line.contact_id) and (line.day >= day.today or lasts > day.today):
            yield line


def _asked(day: Day) -> Iterable[Asked]:
    for on, sessions in groupby(unexplained(day.marks, day.notices), key=lambda session: session.day):
        yield Asked(day.child, on, _when(tuple(sessions), day.today), too_late(day.setting, on, day.today))


def _when(sessions: tuple[Session, ...], today: date) -> str:
    """'today', 'this morning', 'on Mon 14 Sep', 'on Mon 14 Sep, afternoon'."""
    on = sessions[0].day
    if on == today:
        return "today" if len(sessions) > 1 else f"this {sessions[0].half.word}"
    return f"on {short_day(on)}" + ("" if len(sessions) > 1 else f", {sessions[0].half.word}")
