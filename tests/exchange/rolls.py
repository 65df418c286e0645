"""Files of rolls, made in the test: CSV in either encoding, XLSX with real cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from allpresent.core.roll.upn import check_letter

HEADINGS = (
    "UPN", "Legal Surname", "Legal Forename", "Date of Birth", "Gender", "NC Year", "Reg Group", "Admission No",
    "Contact 1 Name", "Contact 1 Relationship", "Contact 1 Mobile", "Contact 1 PR", "Contact 1 Lives With",
    "Contact 2 Name", "Contact 2 Relationship", "Contact 2 Mobile",
)  # fmt: skip


def upn(serial: int) -> str:
    tail = f"80120001{serial:04}"
    return check_letter(tail) + tail


def pupil(serial: int, **said: object) -> list[object]:
    """A row under HEADINGS; `said` replaces cells by heading."""
    born = date(2015, 9, 1 + serial % 28)
    row = [
        upn(serial), f"Ashby{serial}", "Mia", born.strftime("%d/%m/%Y"), "F", "7", f"7{'ABC'[serial % 3]}",
        f"{serial:06}",
        f"Jo Ashby{serial}", "Mother", f"07700 9{serial:05}", "Y", "Y",
        f"Lee Ashby{serial}", "Father", f"07701 9{serial:05}",
    ]  # fmt: skip
    for heading, value in said.items():
        row[HEADINGS.index(heading.replace("_", " "))] = value
    return row


def csv_file(
    rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8-sig"
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def xlsx_file(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
