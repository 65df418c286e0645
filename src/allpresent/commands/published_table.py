"""A file of published figures, as it was read: what was published when, and a line for each figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allpresent.commands.errors import CommandError
from allpresent.core.calendar.words import day_words
from allpresent.core.figures.published import PublicationFault, Published, read_publication


def published_table(file: Path) -> str:
    """The figures of a file, to read. Raises CommandError where it cannot be read as a publication."""
    try:
        found = read_publication(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"cannot read {file}: {fault}") from fault
    except PublicationFault as fault:
        raise CommandError(f"{file}: {fault}") from fault
    return "\n".join(_lines(found))


def _lines(found: tuple[Published, ...]) -> Iterator[str]:
    for publication in dict.fromkeys(one.publication for one in found):
        yield f"{publication.title}, published on {day_words(publication.published)}"
        yield f"All schools: {'pooled' if publication.pooled else 'weighted by enrolments'}. {publication.licence}"
        if publication.unconfirmed:
            yield f"Not confirmed: {publication.unconfirmed}."
    yield from map(_line, found)


def _line(one: Published) -> str:
    days = day_words(one.starts) if one.starts == one.ends else f"{day_words(one.starts)} to {day_words(one.ends)}"
    persistent = "" if one.persistent_percent is None else f", persistent absence {one.persistent_percent:.2f}%"
    rates = f"attendance {one.attendance_percent:.2f}%, absence {one.absence_percent:.2f}%{persistent}"
    return f"{one.area}, {one.phase.words} schools, {days}: {rates}"
