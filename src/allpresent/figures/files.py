"""Tables as files: CSV and XLSX. A cell that a spreadsheet would run as a formula is written as words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse

Cell = str | int | float | None
Table = Iterable[Sequence[Cell]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(rows: Table, name: str) -> HttpResponse:
    answer = _answer("text/csv; charset=utf-8", f"{name}.csv")
    answer.write("﻿")
    csv.writer(answer).writerows([_plain(cell) for cell in row] for row in rows)
    return answer


def as_xlsx(rows: Table, name: str) -> HttpResponse:
    return as_workbook({name: rows}, name)


def as_workbook(sheets: dict[str, Table], name: str) -> HttpResponse:
    answer = _answer(_XLSX, f"{name}.xlsx")
    answer.write(workbook(sheets))
    return answer


def workbook(sheets: dict[str, Table]) -> bytes:
    """A workbook with a sheet for each table; its first row, the headings, is bold and stays in sight."""
    from openpyxl import Workbook  # loaded with the first file, not with the server
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:31])
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
        for cell in sheet[1] if sheet.max_row else ():
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


def _answer(kind: str, name: str) -> HttpResponse:
    return HttpResponse(content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
