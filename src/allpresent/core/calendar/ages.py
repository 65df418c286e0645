"""Birthdays and ages. A child born on 29 February has a birthday on 1 March in common years."""

from __future__ import annotations

from datetime import date

from allpresent.core.calendar.words import day_words


def birthday(born: date, age: int) -> date:
    """The day on which a child born on `born` reaches `age` years.

    29 February becomes 1 March in a common year; the law on this was not opened (unconfirmed,
    school year fact sheet section 1). It changes no result: no date the school year turns on lies between.
    """
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not _is_leap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def age_on(born: date, day: date) -> int:
    """Whole years reached by `day`. Raises ValueError if `day` is before the birth."""
    if day < born:
        raise ValueError(f"{day_words(day)} is before the date of birth, {day_words(born)}.")
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
