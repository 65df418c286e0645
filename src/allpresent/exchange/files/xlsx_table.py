"""Rows from the first sheet of an XLSX workbook, every cell as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

from allpresent.exchange.files.table import MOST_COLUMNS, MOST_ROWS, Refused, Table, build_table, too_many_rows

MOST_UNPACKED = 150_000_000
"""Bytes. A workbook of 20,000 pupils and fifty columns unpacks to about half of this."""

MOST_SWOLLEN = 100
"""How many times its packed size a workbook unpacks to. One that says the same of every pupil comes to about 20."""

_RESAVE = "Open it in a spreadsheet, save it as CSV and send that."


def read_xlsx(content: bytes, most: int = MOST_ROWS) -> Table:
    """The first sheet. Raises Refused."""
    _look_inside(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        if book.epoch != WINDOWS_EPOCH:
            raise Refused(f"This workbook counts its days from 1904, so its dates could be misread. {_RESAVE}")
        return _table(book.worksheets[0], most)
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part makes it raise
        raise Refused(f"This workbook is damaged and could not be read. {_RESAVE}") from error


def _look_inside(content: bytes) -> None:
    """Refuse what only looks like a workbook, or would unpack to something enormous, before unpacking it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise Refused("This is a zip file, not a workbook. Send the CSV or XLSX file that is inside it.")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("This workbook is locked with a password. Save it without one and send it again.")
            if sum(part.file_size for part in parts) > min(MOST_UNPACKED, MOST_SWOLLEN * len(content)):
                raise Refused(f"This workbook unpacks to more than is safe to read. {_RESAVE}")
            if any(b"<!DOCTYPE" in _beginning(package, part) for part in parts):
                raise Refused(f"This workbook holds definitions that no spreadsheet writes. {_RESAVE}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Refused(f"This workbook is damaged and could not be opened. {_RESAVE}") from error


def _beginning(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with package.open(part) as stream:
        return stream.read(4096)


def _table(sheet: Any, most: int) -> Table:
    rows: list[tuple[int, tuple[str, ...]]] = []
    formulas: set[tuple[int, int]] = set()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if number > most + 1:
            break
        formulas.update((number, place) for place, cell in enumerate(cells) if cell.data_type == "f")
        rows.append((number, tuple("" if cell.data_type == "f" else as_text(cell.value) for cell in cells)))
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    _refuse_formulas_only(rows, formulas)
    return build_table(_without_empty_tail(rows), frozenset(formulas))


def _refuse_formulas_only(rows: list[tuple[int, tuple[str, ...]]], formulas: set[tuple[int, int]]) -> None:
    if formulas and not any(text for _, cells in rows[1:] for text in cells):
        raise Refused("This workbook holds formulas and no values. Copy it, paste it as values, and send that.")


def _without_empty_tail(rows: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Columns to the right of the last one with anything in it are no columns."""
    width = max((place + 1 for _, cells in rows for place, text in enumerate(cells) if text), default=0)
    return [(number, cells[:width]) for number, cells in rows]


def as_text(value: Any) -> str:
    """A cell as a person would type it: days in ISO order, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
