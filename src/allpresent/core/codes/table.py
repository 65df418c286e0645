"""The dated table of codes, and the set of codes in force on a day."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes.code import Code, Detail, EnteredBy, Statistical
from allpresent.core.codes.unknown import UnknownCode

FILES = ("england_before_2024.toml", "england.toml")


class CodeSet(Mapping[str, Code]):
    """The codes in force together, by letter, in the order a register offers them.

    `day` is the first day of the period. A letter that is not in force raises UnknownCode, a KeyError.
    """

    __slots__ = ("_by_class", "_codes", "day")

    def __init__(self, day: date, codes: Mapping[str, Code]) -> None:
        self.day = day
        self._codes = dict(codes)
        self._by_class = {
            kind: tuple(code.letter for code in codes.values() if code.statistical is kind) for kind in Statistical
        }

    def __getitem__(self, letter: str) -> Code:
        try:
            return self._codes[letter]
        except KeyError:
            raise UnknownCode(letter, self.day, all_codes()) from None

    def __contains__(self, letter: object) -> bool:
        return letter in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"<CodeSet from {self.day}: {' '.join(self)}>"

    def offered_to(self, level: EnteredBy, half: Half) -> tuple[Code, ...]:
        """The codes that this level of right may enter for a morning or an afternoon (guidance, not law)."""
        return tuple(code for code in self.values() if level in code.entered_by and half in code.halves)

    def by_class(self, kind: Statistical) -> tuple[str, ...]:
        """The letters that DfE counts in this class."""
        return self._by_class[kind]


def code_set_on(day: date) -> CodeSet:
    """The codes in force on a day (SI 2024/208 reg 10; earlier, SI 2006/1751 and DfE's methodology).

    Days with the same codes share one set. Before the first codes held the set is empty.
    """
    starts, sets = _periods()
    return sets[bisect_right(starts, day)]


def code_spans(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The days from `first` to `last`, both included, cut where the codes change, newest first.

    Each span has one code set (`code_set_on`). None where `last` is earlier.
    """
    spans, ends = [], last
    while ends >= first:
        starts = max(first, code_set_on(ends).day)
        spans.append((starts, ends))
        if starts == first:
            break
        ends = starts - timedelta(days=1)
    return tuple(spans)


def newest_code_set() -> CodeSet:
    """The codes of the latest change, whatever day it is."""
    return _periods()[1][-1]


@cache
def all_codes() -> tuple[Code, ...]:
    """Every row of the table: each code in each of its dated meanings."""
    package = files("allpresent.core.codes")
    texts = (package.joinpath(name).read_text(encoding="utf-8") for name in FILES)
    return tuple(_code(row) for text in texts for row in tomllib.loads(text)["code"])


@cache
def _periods() -> tuple[tuple[date, ...], tuple[CodeSet, ...]]:
    """The days on which the codes change, and the sets between: one more than the days, the first empty."""
    rows = all_codes()
    begins = {row.begins for row in rows}
    after = {row.ends + timedelta(days=1) for row in rows if row.ends}
    starts = tuple(sorted(begins | after))
    sets = (CodeSet(day, {row.letter: row for row in rows if row.in_force_on(day)}) for day in starts)
    return starts, (CodeSet(date.min, {}), *sets)


def _code(row: dict[str, Any]) -> Code:
    return Code(
        letter=row["letter"],
        name=row["name"],
        table=row.get("table"),
        on_site=row.get("on_site", False),
        statistical=Statistical(row["statistical"]),
        late=row.get("late", False),
        halves=frozenset(Half(half) for half in row.get("halves", Half)),
        entered_by=frozenset(EnteredBy(level) for level in row["entered_by"]),
        detail=tuple(Detail(**detail) for detail in row.get("detail", ())),
        begins=row["begins"],
        ends=row.get("ends"),
        source=row["source"],
        unconfirmed=tuple(row.get("unconfirmed", ())),
        instead=row.get("instead"),
    )
