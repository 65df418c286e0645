"""Practice against policy as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half
from allpresent.core.practice import Clock, Judged, Practice, Subject, Verdict
from allpresent.shared.words import count_of, moment, short_day

_LISTED = (Verdict.NOT_DONE, Verdict.LATE, Verdict.OPEN, Verdict.ON_TIME, Verdict.NOT_NEEDED)
"""What is looked at first."""


class ClockRow(NamedTuple):
    """One clock in the table: its counts, and its share on time in words and as a width of a hundred."""

    clock: Clock
    counts: Mapping[Verdict, int]
    share: str
    width: int | None
    delay: str


def rows(found: Iterable[Practice]) -> tuple[ClockRow, ...]:
    return tuple(_row(practice) for practice in found)


def _row(practice: Practice) -> ClockRow:
    share, usual, longest = practice.share_on_time, practice.usual_delay, practice.longest_delay
    delay = f"usually {span(usual)} late, at most {span(longest)}" if usual is not None and longest is not None else ""
    return ClockRow(
        clock=practice.clock,
        counts={verdict: practice.count(verdict) for verdict in Verdict},
        share=_share(practice),
        width=None if share is None else int(share * 100),
        delay=delay,
    )


def _share(practice: Practice) -> str:
    if not practice.clock.clauses:
        return "The policy gives no time"
    if practice.share_on_time is None:
        return "Nothing to judge"
    return f"{practice.count(Verdict.ON_TIME)} of {practice.judged} on time"


def span(length: timedelta) -> str:
    """'12 minutes', '3 hours', '2 days': rounded down to what matters."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 120:
        return count_of(minutes, "minute")
    hours = minutes // 60
    return count_of(hours, "hour") if hours < 48 else count_of(hours // 24, "day")


class CaseLine(NamedTuple):
    """One case in words. `pupil_id` None: who looks may not know whom it is about."""

    about: str
    pupil_id: int | None
    on: str
    verdict: Verdict
    due: str
    done: str
    late_by: str


def case_lines(practice: Practice, names: Mapping[tuple[str, int], str]) -> tuple[CaseLine, ...]:
    """The cases of one clock, those that were missed first. `names`: of those whom the reader may know."""
    ordered = sorted(practice.cases, key=lambda judged: (_LISTED.index(judged.verdict), judged.case.due))
    return tuple(_line(judged, names) for judged in ordered)


def _line(judged: Judged, names: Mapping[tuple[str, int], str]) -> CaseLine:
    subject, case = judged.case.subject, judged.case
    known = names.get((subject.kind, subject.id), "")
    missed = judged.verdict in (Verdict.LATE, Verdict.NOT_DONE)
    return CaseLine(
        about=known or "A name is not shown to you",
        pupil_id=subject.id if known and subject.kind == "pupil" else None,
        on=_when(subject),
        verdict=judged.verdict,
        due=moment(case.due),
        done=moment(case.done) if case.done else "",
        late_by=span(judged.late_by) if missed else "",
    )


def _when(subject: Subject) -> str:
    return f"{short_day(subject.day)}, {Half(subject.half).word}" if subject.half else short_day(subject.day)


COLUMNS = ("step", "clause", "about", "day", "half", "due", "done", "verdict", "minutes late")


def table(found: Iterable[Practice], names: Mapping[tuple[str, int], str]) -> Iterator[tuple[str, ...]]:
    """Every case as a row of a CSV file; instants are London wall time."""
    yield COLUMNS
    for practice in found:
        for judged in practice.cases:
            yield _cells(practice.clock, judged, names)


def _cells(clock: Clock, judged: Judged, names: Mapping[tuple[str, int], str]) -> tuple[str, ...]:
    case, subject = judged.case, judged.case.subject
    missed = judged.verdict in (Verdict.LATE, Verdict.NOT_DONE)
    minutes = str(int(judged.late_by.total_seconds()) // 60) if missed else ""
    name = names.get((subject.kind, subject.id), "")
    return (
        clock.title, "; ".join(clock.clauses), name, str(subject.day), subject.half, _wall(case.due),
        _wall(case.done), judged.verdict.value, minutes,
    )  # fmt: skip


def _wall(at: datetime | None) -> str:
    return moment(at) if at else ""
