"""The terms of a year from a small CSV file: name, starts, ends."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from allpresent.core.calendar.calendar_checks import calendar_problems
from allpresent.core.calendar.closures import Term

COLUMNS = ("name", "starts", "ends")


class TermsRead(NamedTuple):
    """The terms, and every reason why they cannot be used."""

    terms: tuple[Term, ...]
    faults: tuple[str, ...]


def read_terms(file: Path) -> TermsRead:
    """The terms in a CSV file whose first line is name,starts,ends and whose days are written 2026-09-01."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
    except OSError as error:
        return TermsRead((), (f"{file} cannot be read: {error.strerror}",))
    except UnicodeDecodeError:
        return TermsRead((), (f"{file} is not text in UTF-8; save it again as CSV in UTF-8",))
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != COLUMNS:
        return TermsRead((), (f"{file}:1: the first line must be {','.join(COLUMNS)}",))
    return _terms(file, rows[1:])


def _terms(file: Path, rows: list[list[str]]) -> TermsRead:
    terms: list[Term] = []
    faults: list[str] = []
    for line, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            term = _term(row)
            terms += [term] if isinstance(term, Term) else []
            faults += [f"{file}:{line}: {term}"] if isinstance(term, str) else []
    if not faults:
        faults = [f"{file}: {problem.message}" for problem in calendar_problems(terms, ())]
    if not terms and not faults:
        faults = [f"{file} names no term"]
    return TermsRead(tuple(terms), tuple(faults))


def _term(row: list[str]) -> Term | str:
    """The term of a row, or what is wrong with it."""
    if len(row) != len(COLUMNS) or not row[0].strip():
        return f"expected a name, the first day and the last day; found {', '.join(row)}"
    try:
        return Term(row[0].strip(), *(date.fromisoformat(cell.strip()) for cell in row[1:]))
    except ValueError:
        return f"{row[1]} or {row[2]} is not a day; write year-month-day, such as 2026-09-01"
