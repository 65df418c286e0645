"""Files that are no roll, or that would take the server's memory: refused in words before they are read."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from allpresent.exchange.files.reading import read_table
from allpresent.exchange.files.table import Refused

TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'


def workbook(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def with_strings(content: bytes, strings: bytes) -> bytes:
    """The workbook with a part of strings, packed small."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % TYPE
            new.writestr(name, old.read(name).replace(b"</Types>", part))
        new.writestr("xl/sharedStrings.xml", STRINGS % strings)
    return file.getvalue()


def test_a_small_workbook_that_unpacks_to_something_enormous_is_refused():
    bomb = with_strings(workbook([["Surname"], ["Ashe"]]), b"<si><t>ab</t></si>" * 200_000)
    assert len(bomb) < 30_000
    with pytest.raises(Refused, match="unpacks to more than is safe"):
        read_table(bomb)


def test_a_roll_that_says_the_same_of_every_pupil_is_read():
    rows = [["Surname", "Year", "Class"], *([["Ashe", "4", "4B"]] * 5000)]
    assert len(read_table(workbook(rows)).rows) == 5000


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Surname\n\x00Ashe\n", "NUL character"),
        (",".join(["Surname"] * 5000).encode() + b"\nAshe\n", "5000 columns"),
        (b"Surname\n" + b"x" * 200_000, "stops making sense at line 2"),
        (b"," * 500_000, "The file is empty"),
    ],
    ids=["nul", "wide", "long", "commas"],
)
def test_a_text_that_is_no_roll_is_refused_in_words(content, says):
    with pytest.raises(Refused, match=says):
        read_table(content)
