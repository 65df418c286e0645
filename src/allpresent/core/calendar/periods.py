"""Statistical periods: fixed by the calendar, never by a school's own term dates."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.words import day_words

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A named run of days, both ends included."""

    name: str
    starts: date
    ends: date


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year, by the anonymous Gregorian computus."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, rest_years = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - rest_years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def census_periods(year: AcademicYear) -> tuple[Period, Period, Period, Period]:
    """The four absence periods of the school census: autumn, spring, summer first half, summer second half.

    Source: absence methodology table 6. The second half opens on the last Monday in May. In a year when the
    spring bank holiday is moved into that week (2022), the Sunday before it is still the same Sunday.
    """
    spring_year = year.first + 1
    easter = easter_sunday(spring_year)
    second_half = _last_monday_of_may(spring_year)
    return (
        Period("autumn", year.starts, date(year.first, 12, 31)),
        Period("spring", date(spring_year, 1, 1), easter),
        Period("summer first half", easter + _DAY, second_half - _DAY),
        Period("summer second half", second_half, year.ends),
    )


def year_to_date(day: date, on_roll_from: date | None = None) -> Period:
    """From 1 August, or from the pupil's admission if later, to `day`, itself included.

    Source: DfE's school attendance tool measures persistent absence from each pupil's admission date.
    Raises ValueError if the pupil joins after `day`.
    """
    starts = max(academic_year_of(day).starts, on_roll_from or date.min)
    if starts > day:
        raise ValueError(f"The pupil joins on {day_words(starts)}: there is no year to date on {day_words(day)}.")
    return Period("year to date", starts, day)


def dashboard_periods(year: AcademicYear) -> tuple[Period, ...]:
    """The periods of DfE's fortnightly figures for `year`; empty where DfE's dates are not known to us."""
    return tuple(Period(**row) for row in _dashboard_years().get(year.first, ()))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


@cache
def _dashboard_years() -> dict[int, list[dict[str, Any]]]:
    text = files(__package__).joinpath("periods.toml").read_text("utf-8")
    return {row["first"]: row["periods"] for row in tomllib.loads(text)["years"]}
