"""Which reader a file needs, by what is in it: its name is not believed."""

from __future__ import annotations

from allpresent.exchange.files.csv_table import read_csv
from allpresent.exchange.files.table import MOST_ROWS, Refused, Table

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"{\\rtf": "a document"}


def read_table(content: bytes, most: int = MOST_ROWS) -> Table:
    """The rows of a CSV or XLSX file. `most`: how many rows are wanted. Raises Refused, in words for the sender."""
    if content.startswith(_ZIP):
        from allpresent.exchange.files.xlsx_table import read_xlsx  # the reader of workbooks is slow to load

        return read_xlsx(content, most)
    if content.startswith(_OLD_OFFICE):
        raise Refused(
            "This is an old Excel file (.xls), or one locked with a password. "
            "Save it as .xlsx without a password, or as CSV, and send it again."
        )
    for signature, what in _OTHERS.items():
        if content.startswith(signature):
            raise Refused(f"This is {what}, not a table. Export the roll as CSV or XLSX.")
    return read_csv(content, most)
