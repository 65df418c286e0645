"""Reading a CSV file of sessions by code, with every fault told by file, line and column."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from allpresent.commands.errors import CommandError
from allpresent.core.codes import UnknownCode, read_code

NEEDED = ("code", "sessions")
LONGEST = 18  # digits: more sessions than there have ever been

Row = tuple[int, list[str]]  # line number in the file, cells


class Group(NamedTuple):
    """The rows that share their grouping columns."""

    group: Mapping[str, str]
    counts: Counter[str]


def read_counts(path: Path, day: date) -> list[Group]:
    """The file's groups, in the order in which they first appear, each with its sessions by code.

    Raises CommandError for a file that cannot be opened or understood, and for a code not in force on `day`.
    """
    rows = _rows(path)
    header = _header(path, rows)
    groups: dict[tuple[str, ...], Group] = {}
    for line, cells in rows:
        _check_width(path, line, cells, header)
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        letter = _letter(path, line, row.pop("code"), day)
        sessions = _sessions(path, line, row.pop("sessions"))
        group = groups.setdefault(tuple(row.values()), Group(row, Counter()))
        group.counts[letter] += sessions
    return list(groups.values())


def _rows(path: Path) -> Iterator[Row]:
    """The file's rows with the line on which each begins; lines with nothing on them are passed over."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _fault(path, line, f"the row cannot be read as CSV ({error}). Check its double quotes.") from None
        if cells:
            yield line, cells


def _text(path: Path) -> str:
    """The file's text, whether saved as UTF-8 (with or without a mark) or as Windows-1252."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}. Check the name and that you may open it.") from None
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        raise CommandError(f"{path} is empty. The first line should hold headings, with code and sessions among them.")
    if b"\0" in data:
        raise CommandError(f"{path} is not plain text. Save it as CSV UTF-8 and try again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _header(path: Path, rows: Iterator[Row]) -> list[str]:
    """The column names, with `code` and `sessions` in lower case whatever the file has."""
    line, cells = next(rows)
    names = [name.strip() for name in cells]
    names = [name.lower() if name.lower() in NEEDED else name for name in names]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise _fault(path, line, f"no column called {' or '.join(missing)}. The headings are: {', '.join(names)}")
    if "" in names:
        raise _fault(path, line, f"column {names.index('') + 1} has no heading. Name it or remove it.")
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise _fault(path, line, f"more than one column is called {twice[0]}. Give each its own name.")
    return names


def _check_width(path: Path, line: int, cells: Sequence[str], header: Sequence[str]) -> None:
    if len(cells) != len(header):
        raise _fault(
            path,
            line,
            f"{len(cells)} cells were found and {len(header)} expected, one for each heading. "
            "Put a cell that contains a comma in double quotes.",
        )


def _letter(path: Path, line: int, text: str, day: date) -> str:
    try:
        return read_code(text, day).letter
    except UnknownCode as error:
        hint = " To count by the codes of another day, give it with --on." if error.other_days else ""
        raise _fault(path, line, f"column code: {error}{hint}") from None


def _sessions(path: Path, line: int, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= LONGEST:
        return int(text)
    raise _fault(
        path,
        line,
        f"column sessions: {text!r} is not a count. A whole number was expected, 0 or more, in digits alone. "
        "Leave out groups whose counts are withheld.",
    )


def _fault(path: Path, line: int, words: str) -> CommandError:
    return CommandError(f"{path}, line {line}, {words}")
