"""A child's day in words a parent would use: in school, marked absent, not yet known. Made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allpresent.absences.lines import NoticeLine
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Code, Statistical, code_set_on
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.register.window import Window
from allpresent.parents.family import Child
from allpresent.registers.queries import Mark
from allpresent.schools.queries import Setting
from allpresent.shared.words import clock_time, plain_day

UNEXPLAINED = "N"
Marks = Mapping[tuple[date, str], Mark]


@dataclass(frozen=True)
class Day:
    """What is known of one child on one day. `notices` are all that stand, another adult's among them."""

    child: Child
    setting: Setting
    now: datetime
    marks: Marks
    notices: tuple[NoticeLine, ...]

    @property
    def today(self) -> date:
        return wall_clock(self.now)[0]

    def window(self, session: Session) -> Window | None:
        """When the register of a session opens and closes; None where no policy in force says."""
        try:
            return self.setting.window(session, self.child.year_group)
        except PolicyProblem:
            return None

    @property
    def sessions(self) -> tuple[Session, ...]:
        return self.setting.calendar.for_year_group(self.child.year_group).sessions_on(self.today)

    @property
    def session(self) -> Session | None:
        """The session that the day has come to: the latest that has a mark or is open, or the first."""
        begun = [s for s in self.sessions if (s.day, s.half.value) in self.marks or self._has_opened(s)]
        return begun[-1] if begun else next(iter(self.sessions), None)

    def _has_opened(self, session: Session) -> bool:
        window = self.window(session)
        return window is not None and london_instant(session.day, window.opens) <= self.now


def in_words(day: Day) -> str:
    """'In school this morning.', 'Marked absent this morning. The school does not know why.'"""
    if day.child.left:
        return f"Left on {plain_day(day.child.left)}. This page closes 30 days after that."
    if day.session is None:
        return "No school today."
    mark = day.marks.get((day.session.day, day.session.half.value))
    return _of_mark(day, day.session, mark) if mark else _unmarked(day, day.session)


def _of_mark(day: Day, session: Session, mark: Mark) -> str:
    code = code_set_on(session.day)[mark.code]
    this = f"this {session.half.word}"
    if code.letter == UNEXPLAINED:
        return f"Marked absent {this}. {_heard(day, session) or 'The school does not know why.'}"
    if code.late or code.letter == "U":
        return f"In school: arrived {_arrived(day, session, mark)}{' after the register closed' * (not code.late)}."
    if code.present:
        return f"In school {this}."
    return f"{place(code)} {this}: {lower(code.name)}."


def place(code: Code) -> str:
    """Where a mark says that a child is, in a word or two."""
    if code.absence:
        return "Absent"
    return "At an activity" if code.statistical is Statistical.AEA else "Not expected"


def lower(name: str) -> str:
    """A code's name in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def _arrived(day: Day, session: Session, mark: Mark) -> str:
    """'at 9:05', from the minutes late; 'late' where they are not known."""
    window = day.window(session)
    if window is None or not mark.minutes_late:
        return "late"
    return f"late, at {clock_time(arrival(window, session.day, mark.minutes_late))}"


def arrival(window: Window, day: date, minutes_late: int) -> datetime:
    """The moment of an arrival so many minutes after the last moment on time."""
    return london_instant(day, window.on_time_until) + timedelta(minutes=minutes_late)


def _unmarked(day: Day, session: Session) -> str:
    window = day.window(session)
    heard = _heard(day, session)
    if heard:
        return f"{heard} The {session.half.word} register has not been marked yet."
    if window is None or day.now >= london_instant(session.day, window.opens):
        return f"The {session.half.word} register has not been marked yet."
    return f"The {session.half.word} register opens at {clock_time(window.opens)}."


def _heard(day: Day, session: Session) -> str:
    """What the school has been told of a session, in the parent's own words alone; '' where nothing."""
    line = explained_by(session, day.notices)
    if line is None:
        return ""
    if day.child.is_said_by(line.told_by, line.contact_id):
        return f"You told the school: {line.said_on(session.day)}."
    return "The school has been told why."


def explained_by(session: Session, lines: Iterable[NoticeLine]) -> NoticeLine | None:
    """The newest message that holds for a session: from its first half to the day before the return."""
    return next((line for line in reversed(tuple(lines)) if _holds(line, session)), None)


def _holds(line: NoticeLine, session: Session) -> bool:
    if line.expected_back and session.day >= line.expected_back:
        return False
    return line.begun_by(session) and (line.day == session.day or line.expected_back is not None)


def unexplained(marks: Marks, lines: Iterable[NoticeLine]) -> tuple[Session, ...]:
    """The sessions marked absent for a reason not yet known, of which the school has been told nothing, in order."""
    told = tuple(lines)
    asked = (Session(day, Half(half)) for (day, half), mark in marks.items() if mark.code == UNEXPLAINED)
    return tuple(session for session in sorted(asked) if explained_by(session, told) is None)
