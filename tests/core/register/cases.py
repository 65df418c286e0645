"""The register's cases and windows, read from the tables a head of year can check."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path

from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Half
from allpresent.core.register import Window

CASES = Path(__file__).parents[1] / "cases" / "register"
MONDAY = date(2026, 9, 14)
TUESDAY = date(2026, 9, 15)


def table(name: str) -> dict:
    """One table of cases, by the name of its file."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def cases(name: str) -> list[dict]:
    """The cases of one table."""
    return table(name)["case"]


def named(case: dict) -> str:
    """What a case is called in the run."""
    return case["name"]


def window(name: str) -> Window:
    """A window of windows.toml."""
    row = table("windows")[name]
    times = {key: value for key, value in row.items() if key not in ("source", "half", "clauses")}
    return Window(**times, clauses=tuple(row.get("clauses", ())))


def half_of(name: str) -> Half:
    """The half of the day that a window of windows.toml is for."""
    return Half(table("windows")[name]["half"])


def instant(day: date, clock: str) -> datetime:
    """The instant at which London clocks show a time, such as "9:05" written "09:05"."""
    return at(day, time.fromisoformat(clock))
