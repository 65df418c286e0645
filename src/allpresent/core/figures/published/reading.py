"""Reading one publication: DfE's own columns, below a few lines that say what DfE's file does not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from allpresent.core.figures.published.record import ENGLAND, Kind, Phase, Publication, Published

Row = Mapping[str, str]
Head = Mapping[str, str]

WITHHELD = "c"
_NO_NUMBER = frozenset({"", "NA", "z", "x", ":", WITHHELD})
_REQUIRED = ("title", "published", "total", "licence")
_COLUMNS = ("geographic_level", "school_type", "attendance_perc", "overall_absence_perc")
_TOTALS = {"pooled": True, "weighted by enrolments": False}
_NAMED_IN_WORDS = {"reason_present_am": "/", "reason_present_pm": "\\", "reason_not_attending_planned_closed": "#"}
_REASON = re.compile(r"reason_([a-z]\d?)_")
_WEEK = re.compile(r"Week (\d+)")
_SCHOOL_WEEK = timedelta(days=4)


class PublicationFault(ValueError):
    """What is wrong with a file of published figures, in words."""


class _Days(NamedTuple):
    kind: Kind
    starts: date
    ends: date


def read_publication(text: str) -> tuple[Published, ...]:
    """Every figure of one file (docs/how-to/add-published-figures.md). Rows that DfE withheld (`c`) give none.

    Raises PublicationFault where the head or a row cannot be read.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    head = dict(_head(lines))
    publication = _publication(head)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    missing = [column for column in _COLUMNS if not rows or column not in rows[0]]
    if missing:
        raise PublicationFault(f"The file has no column {missing[0]}, or no rows below its headings.")
    return tuple(_figure(row, head, publication) for row in rows if WITHHELD not in row.values())


def _head(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if not line.startswith("#"):
            return
        name, _, value = line.removeprefix("#").partition(":")
        yield name.strip(), value.strip()


def _publication(head: Head) -> Publication:
    missing = [name for name in _REQUIRED if not head.get(name)]
    if missing:
        raise PublicationFault(f"The file's head has no line '# {missing[0]}: ...'.")
    if head["total"] not in _TOTALS:
        raise PublicationFault(f"'# total:' is one of {', '.join(_TOTALS)}; the file says '{head['total']}'.")
    return Publication(
        title=head["title"],
        published=_day(head["published"]),
        pooled=_TOTALS[head["total"]],
        unconfirmed=head.get("unconfirmed", ""),
        note=head.get("note", ""),
        licence=head["licence"],
    )


def _figure(row: Row, head: Head, publication: Publication) -> Published:
    days = _days(row, head)
    return Published(
        publication=publication,
        kind=days.kind,
        area=row.get("la_name") or row.get("region_name") or ENGLAND,
        la_code=row.get("old_la_code", ""),
        phase=_phase(row["school_type"]),
        starts=days.starts,
        ends=days.ends,
        attendance_percent=_rate(row, "attendance_perc"),
        absence_percent=_rate(row, "overall_absence_perc"),
        authorised_percent=_rate_or_none(row, "authorised_absence_perc"),
        unauthorised_percent=_rate_or_none(row, "unauthorised_absence_perc"),
        persistent_percent=_rate_or_none(row, "pa_perc"),
        possible=_count(row, "possible_sessions"),
        enrolments=_count(row, "total_enrolments"),
        counts=dict(_reasons(row)),
    )


def _days(row: Row, head: Head) -> _Days:
    """The days a row is of: its own day or week where it has one, otherwise what the head says of its period."""
    if row.get("attendance_date") and row.get("breakdown", "Daily") == "Daily":
        day = _day(row["attendance_date"])
        return _Days(Kind.DAY, day, day)
    monday = _monday(row)
    if monday:
        return _Days(Kind.WEEK, monday, monday + _SCHOOL_WEEK)
    period = row.get("time_identifier", "")
    if period not in head:
        raise PublicationFault(f"Nothing says which days '{period}' is: add a line '# {period}: FIRST to LAST'.")
    first, _, last = head[period].partition(" to ")
    return _Days(Kind.TERM if "term" in period else Kind.YEAR, _day(first), _day(last))


def _monday(row: Row) -> date | None:
    """The Monday of a row of one week, from `week_commencing` or from the number of the week of the year."""
    if row.get("week_commencing"):
        return _day(row["week_commencing"])
    week = _WEEK.fullmatch(row.get("time_identifier", ""))
    return date.fromisocalendar(int(row["time_period"]), int(week[1]), 1) if week else None


def _reasons(row: Row) -> Iterator[tuple[str, int]]:
    for column, value in row.items():
        found = _REASON.match(column)
        letter = _NAMED_IN_WORDS.get(column) or (found and found[1].upper())
        if letter and value not in _NO_NUMBER:
            yield letter, int(value)


def _phase(text: str) -> Phase:
    try:
        return Phase(text)
    except ValueError:
        raise PublicationFault(f"'{text}' is no type of school; it is one of {', '.join(Phase)}.") from None


def _rate(row: Row, column: str) -> float:
    found = _rate_or_none(row, column)
    if found is None:
        raise PublicationFault(f"A row has no {column}.")
    return found


def _rate_or_none(row: Row, column: str) -> float | None:
    value = row.get(column, "")
    return None if value in _NO_NUMBER else float(value)


def _count(row: Row, column: str) -> int | None:
    value = row.get(column, "")
    return None if value in _NO_NUMBER else int(value)


def _day(text: str) -> date:
    """A day as 2025-09-08, or as DfE also writes it, 08/09/2025."""
    try:
        return date.fromisoformat("-".join(reversed(text.split("/"))) if "/" in text else text)
    except ValueError:
        raise PublicationFault(f"'{text}' is not a day; write it as 2025-09-08.") from None
