"""The cases behind each number of the quality of registers, in words and with the way to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.urls import reverse

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.practice import Judged, Verdict
from allpresent.figures.files import Cell
from allpresent.figures.quality import Amended, Blank, Quality
from allpresent.practice.pages import span
from allpresent.schools.models import Group, School
from allpresent.shared.words import moment, short_day

HEADINGS = ("About", "Session", "What")
NOT_SHOWN = "A name is not shown to you"


class Reader(NamedTuple):
    """What who looks may know: names of pupils by id, and whether they may open registers."""

    school: School
    pupils: Mapping[int, str]
    groups: Mapping[int, Group]
    opens: bool


class CaseLine(NamedTuple):
    """One case. `address`: where it opens, or '' for somebody who may not."""

    about: str
    when: str
    what: str
    address: str


Wanted = Callable[[int | None, Session], bool]


class View(NamedTuple):
    """One of the lists: its words, and how it is made."""

    words: str
    lines: Callable[[Quality, Reader, Wanted], Iterator[CaseLine]]


def wanted(group: str, weekday: str, week: str) -> Wanted:
    """Which cases the address asks for; '' asks for all."""
    return lambda group_id, session: (
        group in ("", str(group_id))
        and weekday in ("", f"{session.day.weekday()}-{session.half.lower()}")
        and week in ("", str(monday_of(session.day)))
    )


def _registers(verdict: Verdict) -> Callable[[Quality, Reader, Wanted], Iterator[CaseLine]]:
    def lines(found: Quality, reader: Reader, want: Wanted) -> Iterator[CaseLine]:
        for judged in found.registers.cases:
            subject = judged.case.subject
            session = Session(subject.day, Half(subject.half))
            if judged.verdict is verdict and want(subject.id, session):
                group = reader.groups[subject.id]
                yield CaseLine(group.name, _when(session), _late(judged), _register(reader, group, session))

    return lines


def _late(judged: Judged) -> str:
    due = f"due {moment(judged.case.due)}"
    return f"{due}, in {moment(judged.case.done)}: {span(judged.late_by)} late" if judged.case.done else due


def _blanks(found: Quality, reader: Reader, want: Wanted) -> Iterator[CaseLine]:
    for one in found.blanks:
        if want(one.group_id, one.session):
            group = reader.groups[one.group_id]
            about = f"{reader.pupils.get(one.pupil_id, NOT_SHOWN)}, {group.name}"
            yield CaseLine(about, _when(one.session), "no mark", _register(reader, group, one.session))


def _amended(found: Quality, reader: Reader, want: Wanted) -> Iterator[CaseLine]:
    for one in found.amendments:
        if want(one.group_id, one.session):
            yield CaseLine(_name(reader, one), _when(one.session), _change(reader, one), _mark(reader, one))


def _change(reader: Reader, one: Amended) -> str:
    said = f"{one.before or 'blank'} to {one.after or 'blank'}, {moment(one.at)}, {one.by_position or 'the program'}"
    return f"{said}: {one.reason}" if one.reason and one.pupil_id in reader.pupils else said


def _unsettled(found: Quality, reader: Reader, want: Wanted) -> Iterator[CaseLine]:
    for judged in found.unsettled:
        _, pupil_id, day, half = judged.case.subject
        one = Blank(pupil_id, 0, Session(day, Half(half)))
        if want(None, one.session):
            what = f"to be settled by {moment(judged.case.due)}"
            yield CaseLine(_name(reader, one), _when(one.session), what, _mark(reader, one))


VIEWS = {
    "late": View("Registers that came late", _registers(Verdict.LATE)),
    "missing": View("Registers that were not taken", _registers(Verdict.NOT_DONE)),
    "blanks": View("Marks that are missing", _blanks),
    "amended": View("Marks that were amended", _amended),
    "unsettled": View("N for longer than the policy allows", _unsettled),
}


def table(lines: Iterable[CaseLine]) -> Iterator[list[Cell]]:
    """The cases as rows of a file."""
    yield list(HEADINGS)
    yield from ([line.about, line.when, line.what] for line in lines)


def _name(reader: Reader, one: Blank | Amended) -> str:
    return reader.pupils.get(one.pupil_id, NOT_SHOWN)


def _when(session: Session) -> str:
    return f"{short_day(session.day)}, {session.half.word}"


def _register(reader: Reader, group: Group, session: Session) -> str:
    if not reader.opens:
        return ""
    return reverse("register", args=(reader.school.slug, group.slug, session.day, session.half))


def _mark(reader: Reader, one: Blank | Amended) -> str:
    if not reader.opens or one.pupil_id not in reader.pupils:
        return ""
    return reverse("mark", args=(reader.school.slug, one.pupil_id, one.session.day, one.session.half))
