"""What a percentage means in days, weeks and lessons, and what lateness adds up to (O-A-2.10, O-B-4.2).

The policy's tables are for a year of 190 days, which it takes for about 40 weeks of 25 lessons; its day of teaching is
950/3 minutes (five minutes late on each of 190 days are three days). Exact fractions: a page rounds what it shows.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

DAYS_IN_YEAR = 190
WEEKS_IN_YEAR = 40
LESSONS_A_DAY = 5
LESSONS_A_WEEK = 25
MINUTES_OF_TEACHING_A_DAY = Fraction(950, 3)
SHOWN_PERCENTS = (95, 90, 85, 80, 50)
SHOWN_MINUTES = (5, 10, 15, 60)


class Missed(NamedTuple):
    """What a year at some attendance misses: school days, about how many weeks, about how many lessons."""

    days: Fraction
    weeks: Fraction
    lessons: Fraction


class LateYear(NamedTuple):
    """What a year of coming late loses: days of teaching, and lessons."""

    days: Fraction
    lessons: Fraction


def missed_in_a_year(attended: int, possible: int, days_in_year: int = DAYS_IN_YEAR) -> Missed:
    """What is missed of a year of so many school days at an attendance of `attended` of `possible` (O-A-2.10).

    95 of 100 is 9.5 days, 2 weeks, 50 lessons. Raises ValueError where nothing was possible, or more was attended.
    """
    if not 0 <= attended <= possible or possible == 0:
        raise ValueError(f"{attended} attended of {possible} possible is no attendance")
    share = Fraction(possible - attended, possible)
    weeks = share * WEEKS_IN_YEAR
    return Missed(share * days_in_year, weeks, weeks * LESSONS_A_WEEK)


def lost_by_lateness(minutes_a_day: int, days_in_year: int = DAYS_IN_YEAR) -> LateYear:
    """What being so many minutes late every day loses in a year of so many school days (O-B-4.2).

    5 minutes are 3 days, 15 lessons. Raises ValueError for fewer than no minutes.
    """
    return days_of_teaching(minutes_a_day * days_in_year)


def days_of_teaching(minutes: int) -> LateYear:
    """Minutes of teaching as days and lessons, by the measure of O-B-4.2. Raises ValueError for fewer than none."""
    if minutes < 0:
        raise ValueError(f"{minutes} minutes late: nobody is late by less than nothing")
    days = minutes / MINUTES_OF_TEACHING_A_DAY
    return LateYear(days, days * LESSONS_A_DAY)
