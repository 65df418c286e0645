"""The quality of registers as a page: tables by class, weekday and week, and the amendments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.figures import percent
from allpresent.core.practice import Judged, Verdict
from allpresent.figures.charts import Line
from allpresent.figures.dimensions import WEEKDAYS
from allpresent.figures.quality import Amended, Quality
from allpresent.practice.pages import span
from allpresent.shared.clock import LONDON
from allpresent.shared.words import count_of, plain_day, short_day

KeyOf = Callable[[int | None, Session], str]


class RegisterRow(NamedTuple):
    """One line of a table of registers. `key`: as addresses name it; `delay`: how late the late ones were.

    `complete`: registers in which nobody who was expected is without a mark.
    """

    key: str
    words: str
    due: int
    complete: int
    on_time: int
    late: int
    delay: str
    missing: int
    blanks: int
    amended: int

    @property
    def share(self) -> float | None:
        return percent(self.on_time, self.due)


class Tally(NamedTuple):
    """Something counted, and how often."""

    words: str
    count: int


@dataclass(frozen=True)
class QualityPage:
    """A period's registers, told apart in several ways."""

    found: Quality

    @cached_property
    def total(self) -> RegisterRow:
        found = self._rows(lambda group, session: "all", {"all": "All"})
        return found[0] if found else RegisterRow("all", "All", 0, 0, 0, 0, "", 0, 0, 0)

    @property
    def by_group(self) -> tuple[RegisterRow, ...]:
        names = {str(group_id): name for group_id, name in self.found.names.items()}
        return self._rows(lambda group, session: str(group), names)

    @property
    def by_weekday(self) -> tuple[RegisterRow, ...]:
        words = {f"{day}-{half.lower()}": f"{WEEKDAYS[day]} {half.word}" for day in range(7) for half in Half}
        return self._rows(lambda group, session: f"{session.day.weekday()}-{session.half.lower()}", words)

    @cached_property
    def by_week(self) -> tuple[RegisterRow, ...]:
        mondays = sorted({monday_of(judged.case.subject.day) for judged in self.found.registers.cases})
        words = {str(monday): f"Week of {plain_day(monday)}" for monday in mondays}
        return self._rows(lambda group, session: str(monday_of(session.day)), words)

    @property
    def lines(self) -> tuple[list[str], tuple[Line, ...]]:
        """Registers on time, week by week, as a chart takes them."""
        labels = [short_day(date.fromisoformat(row.key)) for row in self.by_week]
        return labels, (Line("Registers in on time", [row.share for row in self.by_week]),)

    @property
    def headline(self) -> str:
        total = self.total
        if not total.due:
            return "No register has fallen due in these days"
        if total.on_time == total.due and not total.blanks:
            return "Every register was in on time, and no mark is missing"
        return f"{total.share:.1f}% of registers in on time; {count_of(total.blanks, 'mark')} missing"

    @property
    def amended_words(self) -> str:
        """What the amendments did, in a sentence."""
        made, corrections = len(self.found.amendments), self.found.corrections
        if not made:
            return "No mark was amended."
        explained = count_of(made - corrections, "said why a mark was N", "said why a mark was N")
        return f"{count_of(made, 'mark was', 'marks were')} amended: {explained}, {corrections} changed another code."

    @property
    def changes(self) -> tuple[Tally, ...]:
        """From which code to which, the most frequent first."""
        return _tallies(f"{one.before or 'blank'} to {one.after or 'blank'}" for one in self.found.amendments)

    @property
    def by_position(self) -> tuple[Tally, ...]:
        return _tallies(one.by_position or "The program" for one in self.found.amendments)

    @property
    def how_long_after(self) -> tuple[Tally, ...]:
        found = Counter(map(_after, self.found.amendments))
        return tuple(Tally(words, found[words]) for words in _AFTER if found[words])

    @cached_property
    def _incomplete(self) -> frozenset[tuple[int, Session]]:
        """The registers in which somebody is without a mark."""
        return frozenset((one.group_id, one.session) for one in self.found.blanks)

    def _rows(self, key_of: KeyOf, words: dict[str, str]) -> tuple[RegisterRow, ...]:
        registers: dict[str, list[Judged]] = {}
        for judged in self.found.registers.cases:
            if judged.verdict is not Verdict.OPEN:
                registers.setdefault(key_of(judged.case.subject.id, _session(judged)), []).append(judged)
        blanks = Counter(key_of(one.group_id, one.session) for one in self.found.blanks)
        incomplete = Counter(key_of(*register) for register in self._incomplete)
        amended = Counter(key_of(one.group_id, one.session) for one in self.found.amendments)
        return tuple(
            _row(key, said, registers[key], incomplete[key], blanks[key], amended[key])
            for key, said in words.items()
            if key in registers
        )


_AFTER = {"on the day itself": 0, "on the next day": 1, "within a week": 7, "within four weeks": 28, "later": 10**6}


def _after(one: Amended) -> str:
    days = (one.at.astimezone(LONDON).date() - one.session.day) // timedelta(days=1)
    return next(words for words, most in _AFTER.items() if days <= most)


def _row(key: str, words: str, registers: Iterable[Judged], incomplete: int, blanks: int, amended: int) -> RegisterRow:
    verdicts = Counter(judged.verdict for judged in registers)
    delays = [judged.late_by.total_seconds() for judged in registers if judged.verdict is Verdict.LATE]
    delay = f"usually {span(timedelta(seconds=median(delays)))}" if delays else ""
    late, missing = verdicts[Verdict.LATE], verdicts[Verdict.NOT_DONE]
    due = verdicts.total()
    on_time = verdicts[Verdict.ON_TIME]
    return RegisterRow(key, words, due, due - incomplete, on_time, late, delay, missing, blanks, amended)


def _session(judged: Judged) -> Session:
    return Session(judged.case.subject.day, Half(judged.case.subject.half))


def _tallies(found: Iterable[str]) -> tuple[Tally, ...]:
    return tuple(Tally(words, count) for words, count in Counter(found).most_common())
