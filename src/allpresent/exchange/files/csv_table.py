"""Rows from a CSV file: UTF-8 with or without a byte order mark, or Windows-1252, as Excel saves it."""

from __future__ import annotations

import csv
import io

from allpresent.exchange.files.table import MOST_ROWS, Refused, Table, build_table, too_many_rows

_SEPARATORS = ",;\t"


def read_csv(content: bytes, most: int = MOST_ROWS) -> Table:
    """Every cell as text. `most`: stop quietly after so many rows when fewer than all are wanted. Raises Refused."""
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append((number, tuple(cells)))
            if number > most:
                break
    except csv.Error as error:
        raise Refused(
            f"The file stops making sense at line {reader.line_num}: {error}. A quotation mark that is opened "
            "and not closed is the usual cause. Open the file in a spreadsheet and save it as CSV again."
        ) from error
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    return build_table(rows, frozenset())


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("This is “Unicode text” (UTF-16). Save the file as “CSV UTF-8” and send it again.")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise Refused(f"This is not a text file: line {line} holds a NUL character. Send a CSV or XLSX file.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("The letters of this file could not be read. Save it as “CSV UTF-8” and send it again.")


def _separator(text: str) -> str:
    """The separator that the headings use most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)
