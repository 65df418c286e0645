"""Rows of a file as facts about pupils, or as problems that a person can mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from allpresent.core.calendar.ages import age_on
from allpresent.exchange.files.table import Table
from allpresent.exchange.roll.contacts import ContactRow, contacts_of
from allpresent.exchange.roll.dates import MonthFirst
from allpresent.exchange.roll.fields import FIELDS
from allpresent.exchange.roll.words import BadValue, plain

_OLDEST = 25
TEXTS = (
    "surname", "forename", "middle_names", "known_as", "sex", "year_group", "upn", "admission_number", "address",
    "last_school",
)  # fmt: skip
"""Facts of a pupil that are kept as text, by the names the admission register knows them by."""


class Problem(NamedTuple):
    """What stops a file, or only asks for a look: the row (0: the whole file), the field's words, the message."""

    row: int
    field: str
    message: str


class PlacementRow(NamedTuple):
    """Who commissioned the place."""

    kind: str
    commissioner: str


@dataclass(frozen=True)
class RollRow:
    """What one row says of one pupil. Nothing said is not there, and changes nothing: a blank never removes a fact."""

    number: int
    born: date
    texts: Mapping[str, str]
    starts: date | None = None
    group: str = ""
    pattern: str | None = None
    characteristics: Mapping[str, bool] = field(default_factory=dict)
    placement: PlacementRow | None = None
    contacts: tuple[ContactRow, ...] = ()

    @property
    def surname(self) -> str:
        return self.texts["surname"]

    @property
    def forename(self) -> str:
        return self.texts["forename"]

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.forename}"


@dataclass
class Reading:
    """What was read: rows that hold together, and what is wrong."""

    rows: list[RollRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(table: Table, mapping: Sequence[str], today: date) -> Reading:
    """Every row, by the columns chosen. A row with a problem is not among `rows`; the whole file waits for it."""
    reading = Reading()
    columns = [(place, key) for place, key in enumerate(mapping) if key]
    month_first: list[int] = []
    for number, cells in table.rows:
        _read_row(reading, number, cells, columns, table, today, month_first)
    if month_first:
        rows = ", ".join(map(str, month_first[:5])) + (" and more" if len(month_first) > 5 else "")
        reading.problems.insert(0, Problem(0, "Dates", (
            f"Some dates have the month first (row {rows}), so every date of this file that could be read either "
            "way is in doubt. Export it again with the day first, or as year-month-day."
        )))  # fmt: skip
    return reading


def _read_row(reading, number: int, cells: tuple[str, ...], columns, table: Table, today: date, month_first) -> None:
    problems: list[Problem] = []
    said: dict[str, Any] = {}
    for key, text in _said(number, cells, columns, table, problems).items():
        try:
            said[key] = FIELDS[key].read(text)
        except BadValue as error:
            problems.append(Problem(number, FIELDS[key].label, str(error)))
            if isinstance(error, MonthFirst):
                month_first.append(number)
    row = None if problems else _row(number, said, today, problems)
    reading.problems.extend(problems)
    if row and not problems:
        reading.rows.append(row)


def _said(number: int, cells: tuple[str, ...], columns, table: Table, problems: list[Problem]) -> dict[str, str]:
    """The text of each field that the row says anything of, columns of one field joined."""
    said: dict[str, str] = {}
    for place, key in columns:
        label = FIELDS[key].label
        if (number, place) in table.formulas:
            problems.append(Problem(number, label, "It holds a formula. Paste the column as values, and save."))
            continue
        try:
            text = plain(cells[place]) if place < len(cells) else ""
        except BadValue as error:
            problems.append(Problem(number, label, str(error)))
            continue
        if text:
            said[key] = f"{said[key]}, {text}" if key in said else text
    return said


def _row(number: int, said: dict[str, Any], today: date, problems: list[Problem]) -> RollRow | None:
    _split_name(number, said, problems)
    problems.extend(_missing(number, said))
    problems.extend(_age_problem(number, said, today))
    contacts, wrong = contacts_of(said)
    problems.extend(Problem(number, *words) for words in wrong)
    placement = _placement(number, said, problems)
    if problems:
        return None
    return RollRow(
        number=number,
        born=said["born"],
        texts={key: said[key] for key in TEXTS if key in said},
        starts=said.get("starts"),
        group=said.get("group", ""),
        pattern=said.get("expected_sessions"),
        characteristics=_characteristics(said),
        placement=placement,
        contacts=contacts,
    )


def _split_name(number: int, said: dict[str, Any], problems: list[Problem]) -> None:
    if "full_name" not in said:
        return
    surname, comma, forename = (part.strip() for part in said["full_name"].partition(","))
    if comma and surname and forename:
        said.setdefault("surname", surname[:100])
        said.setdefault("forename", forename[:100])
    elif "surname" not in said or "forename" not in said:
        problems.append(
            Problem(number, "Whole name", f"“{said['full_name']}” cannot be split. Write Surname, Forename.")
        )


def _missing(number: int, said: dict[str, Any]) -> Iterator[Problem]:
    for key in ("surname", "forename", "born"):
        if key not in said and not (key != "born" and "full_name" in said):
            yield Problem(number, FIELDS[key].label, "It is empty. The admission register needs it: fill it in.")


def _age_problem(number: int, said: dict[str, Any], today: date) -> Iterator[Problem]:
    born = said.get("born")
    if born and not born <= today:
        yield Problem(number, "Date of birth", f"{born:%d/%m/%Y} has not come yet. Check the year.")
    elif born and age_on(born, today) > _OLDEST:
        yield Problem(
            number, "Date of birth", f"{born:%d/%m/%Y} makes the pupil {age_on(born, today)}. Check the year."
        )
    elif born and said.get("starts") and said["starts"] < born:
        yield Problem(number, "Starting day", "It is before the date of birth. One of the two is wrong.")


def _placement(number: int, said: dict[str, Any], problems: list[Problem]) -> PlacementRow | None:
    if "commissioner" not in said:
        return None
    if "commissioner_kind" not in said:
        problems.append(Problem(number, "Commissioner", (
            f"The file does not say whether {said['commissioner']} is a school or an authority. Add a column that does."
        )))  # fmt: skip
        return None
    return PlacementRow(said["commissioner_kind"], said["commissioner"])


def _characteristics(said: dict[str, Any]) -> dict[str, bool]:
    """A column of EHC plans outweighs the status, and a plan leaves no SEN support beside it."""
    found: dict[str, bool] = dict(said.get("sen", {}))
    found.update({kind: said[kind] for kind in ("ehc_plan", "free_meals", "looked_after") if kind in said})
    if found.get("ehc_plan") and "sen_support" in found:
        found["sen_support"] = False
    return found
