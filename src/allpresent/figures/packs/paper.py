"""A pack as a PDF that a screen reader can read (PDF/UA), and as a workbook with a sheet for each table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from allpresent.figures.files import Table as Sheet
from allpresent.figures.packs.contents import Pack, Section, as_words


def as_pdf(pack: Pack, *, now: datetime) -> bytes:
    """The pack on A4. The same pack at the same moment gives the same bytes."""
    import typst  # loaded with the first pack, not with the server

    charts = {_chart(number): each.chart.svg.encode() for number, each in enumerate(pack.sections) if each.chart}
    source = files(__package__).joinpath("pack.typ").read_bytes()
    data = json.dumps(_data(pack), ensure_ascii=False).encode()
    return typst.compile(
        {"main.typ": source, "pack.json": data, **charts},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(now.timestamp()),
    )


def _chart(number: int) -> str:
    return f"chart-{number}.svg"


def _data(pack: Pack) -> dict:
    sections = [_section(number, each) for number, each in enumerate(pack.sections)]
    return {**pack._asdict(), "sections": sections}


def _section(number: int, section: Section) -> dict:
    table = section.table
    return {
        "title": section.title,
        "says": list(section.says),
        "sources": ", ".join(section.sources),
        "headings": list(table.headings) if table else [],
        "rows": [[as_words(cell) for cell in row] for row in table.rows] if table else [],
        "words": _columns_of_words(section),
        "chart": {"file": _chart(number), "says": section.chart.says} if section.chart else None,
    }


def _columns_of_words(section: Section) -> list[bool]:
    """Which columns hold words alone, and are set from the left."""
    if section.table is None:
        return []
    columns = zip(*section.table.rows, strict=True) if section.table.rows else ([] for _ in section.table.headings)
    return [
        n == 0 or all(isinstance(cell, str) and not cell[:1].isdigit() for cell in column)
        for n, column in enumerate(columns)
    ]


def as_sheets(pack: Pack) -> dict[str, Sheet]:
    """What the pack says, then each table, by its title."""
    said = [("Section", "Says"), *((each.title, line) for each in pack.sections for line in each.says)]
    head = [(pack.title, pack.school), (pack.about, pack.made)]
    return {"In words": [*head, *said]} | dict(_tables(pack))


_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))


def _tables(pack: Pack) -> Iterator[tuple[str, Sheet]]:
    for number, each in enumerate(pack.sections, start=1):
        if each.table:
            name = f"{number} {each.title.split(':')[0].translate(_NOT_IN_NAMES)}"
            yield name, [each.table.headings, *each.table.rows]
