"""The page of one pupil, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from allpresent.absences.lines import NoticeLine
from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.figures import Figure
from allpresent.core.register.grid import Box, TermRow, year_grid
from allpresent.core.roll.expected import parse_halves
from allpresent.people.facts import label_of
from allpresent.people.queries.record import Entered, PupilRecord, Spell
from allpresent.pupils.attendance import Part, counted, figure_of, parts_of
from allpresent.pupils.queries import Entries, Entry
from allpresent.pupils.story import Happened
from allpresent.registers.pages import Cell, cell
from allpresent.settling.pages import sessions_in_words
from allpresent.settling.queries import DecisionLine, SupportLine
from allpresent.shared.words import plain_day, short_day


class Square(NamedTuple):
    """One session of the grid as drawn."""

    cell: Cell
    amended: bool


@dataclass(frozen=True)
class Asked:
    """What of the page is opened: the part of the figure, the week, the kind of timeline."""

    year: AcademicYear
    part: str = ""
    week: date | None = None
    kind: str = ""


@dataclass(frozen=True)
class PupilPage:
    """Everything the page says. `entries`, `notices`, `decisions` and `story` are those of the year asked for."""

    record: PupilRecord
    entries: Entries
    notices: tuple[NoticeLine, ...]
    calendar: SchoolCalendar
    asked: Asked
    today: date
    sees_contacts: bool
    restricted: bool
    decisions: tuple[DecisionLine, ...] = ()
    support: tuple[SupportLine, ...] = ()
    story: tuple[Happened, ...] = ()

    @property
    def group(self) -> str:
        held = self.record.group_on(self.today)
        return held.text if held else ""

    @property
    def standing(self) -> str:
        """Since when the name is on the register, or until when it was."""
        enrolment = self.record.enrolment
        if enrolment is None:
            return "Never on the register"
        if enrolment.begins > self.today:
            return f"Starts on {plain_day(enrolment.begins)}"
        if enrolment.ends and enrolment.ends < self.today:
            return f"Left after {plain_day(enrolment.ends)}"
        leaves = f"; leaves after {plain_day(enrolment.ends)}" if enrolment.ends else ""
        return f"Started on {plain_day(enrolment.begins)}{leaves}"

    @property
    def workers(self):
        return tuple(worker for worker in self.record.workers if worker.spell.on(self.today))

    @property
    def characteristics(self) -> tuple[Spell, ...]:
        return tuple(spell for spell in self.record.characteristics if spell.on(self.today))

    @property
    def commissioner(self):
        return next((place for place in self.record.placements if place.spell.on(self.today)), None)

    @cached_property
    def marks(self) -> dict[Session, str]:
        """The mark in force of each session of the year."""
        return {session: versions[-1].code for session, versions in self.entries.items()}

    @cached_property
    def counted_marks(self) -> tuple[tuple[Session, str], ...]:
        """The marks that count: up to today. What was entered ahead has not happened."""
        return tuple((session, code) for session, code in self.marks.items() if session.day <= self.today)

    @property
    def until(self) -> date:
        """The last day that the figure counts."""
        return min(self.today, self.asked.year.ends)

    @cached_property
    def figure(self) -> Figure:
        return figure_of(self.counted_marks)

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.figure)

    @property
    def opened(self) -> Part | None:
        return next((part for part in self.parts if part.key == self.asked.part), None)

    @property
    def sessions(self) -> tuple[Entry, ...]:
        """The entries in force of the sessions that the opened part counts."""
        if self.opened is None:
            return ()
        return tuple(self.entries[session][-1] for session in counted(self.counted_marks, self.opened.key))

    @cached_property
    def terms(self) -> tuple[TermRow, ...]:
        year = self.asked.year
        return year_grid(self.calendar.sessions_between(year.starts, year.ends), self.marks, self._term)

    def _term(self, day: date) -> str:
        term = self.calendar.term_of(day)
        return term.name if term else "Out of term"

    def square(self, box: Box) -> Square:
        """A session as drawn: its mark, or why there is none."""
        if box.code is not None:
            drawn = cell(box.code, code_set_on(box.session.day))
            return Square(drawn, amended=len(self.entries[box.session]) > 1)
        return Square(self._unmarked(box.session), amended=False)

    def _unmarked(self, session: Session) -> Cell:
        if not self.record.on_roll(session.day):
            return Cell("", "off", "not on the roll")
        if not self._expected(session):
            return Cell("·", "off", "not expected")
        if session.day > self.today:
            return Cell("", "ahead", "still to come")
        return Cell("", "blank", "no mark")

    def _expected(self, session: Session) -> bool:
        pattern = next((spell for spell in self.record.expected if spell.on(session.day)), None)
        return pattern is None or (session.day.weekday(), session.half) in parse_halves(pattern.text)

    @property
    def week(self) -> tuple[tuple[Session, tuple[Entry, ...]], ...]:
        """Every session of the opened week, with all its versions."""
        if self.asked.week is None:
            return ()
        monday = monday_of(self.asked.week)
        sessions = set(self.calendar.sessions_between(monday, monday + timedelta(days=6)))
        entered = {session for session in self.entries if monday_of(session.day) == monday}
        return tuple((session, self.entries.get(session, ())) for session in sorted(sessions | entered))

    @property
    def timeline(self) -> tuple[Happened, ...]:
        """What happened in the year, and everything entered in the admission register, newest first."""
        parts: dict[str, Iterable[Happened]] = {
            "marks": self._amended_marks(),
            "messages": self._messages(),
            "decisions": self._decisions(),
            "support": self._support(),
            "calls": self._told("call"),
            "leave": self._told("leave"),
            "leaving": self._told("coming"),
            "written": self._told("sent"),
            "roll": map(_of_roll, self._shown_entries()),
        }
        lines = parts[self.asked.kind] if self.asked.kind in parts else chain.from_iterable(parts.values())
        return tuple(sorted(lines, key=lambda line: line.at, reverse=True))

    def _told(self, kind: str) -> Iterator[Happened]:
        return (line for line in self.story if line.kind == kind)

    def _shown_entries(self) -> Iterator[Entered]:
        """Contacts' entries only for those who may see contacts."""
        return (entry for entry in self.record.entries if self.sees_contacts or not _is_private(entry))

    def _amended_marks(self) -> Iterator[Happened]:
        for session, versions in self.entries.items():
            for before, after in pairwise(versions):
                about = f"{short_day(session.day)}, {session.half.word}"
                by = f"{after.by_name}, {after.by_position}"
                yield Happened(after.at, "mark", about, before.code, after.code, after.reason, by)

    def _messages(self) -> Iterator[Happened]:
        """What was said, each correction beside what it corrects."""
        words = {line.id: line.in_words(line.day) for line in self.notices}
        for line in self.notices:
            about, by = f"Message, {short_day(line.day)}", f"{line.by_name}, {line.by_position}"
            yield Happened(line.at, "message", about, words.get(line.replaces_id, ""), words[line.id], "", by)

    def _decisions(self) -> Iterator[Happened]:
        """What the school decided about absences, apart from what was said (O-B-12.2)."""
        for line in self.decisions:
            about = f"Decided, {sessions_in_words(one.session for one in line.sessions)}"
            before = "".join(dict.fromkeys(one.before for one in line.sessions))
            by = ", ".join(part for part in (line.by_name, line.by_position) if part)
            yield Happened(line.at, "decision", about, before, line.code, line.reason, by)

    def _support(self) -> Iterator[Happened]:
        """Support offered, referrals, and what became of them (M-4.5f)."""
        for line in self.support:
            what = ", ".join(part for part in (line.to, line.what) if part) if line.shown else "Restricted"
            by = f"{line.by_name}, {line.by_position}"
            answer = line.said if line.answer else ""
            yield Happened(line.at, "support", f"{line.about}, {short_day(line.day)}", "", answer, what, by)

    @property
    def years(self) -> tuple[AcademicYear, ...]:
        """The years in which the pupil was on the register, newest first."""
        if not self.record.enrolments:
            return ()
        first = academic_year_of(min(row.begins for row in self.record.enrolments)).first
        last = academic_year_of(self.today).first
        return tuple(AcademicYear(year) for year in range(last, first - 1, -1))


def _is_private(entry: Entered) -> bool:
    return entry.field.startswith("contact") or entry.field == "address"


def _of_roll(entry: Entered) -> Happened:
    by = f"{entry.by_name}, {entry.by_position}"
    return Happened(entry.at, "roll", label_of(entry.field), entry.original, entry.amended, entry.reason, by)
