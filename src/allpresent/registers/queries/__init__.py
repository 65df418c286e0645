"""What is read of registers: sheets, days, classes over weeks, the history of a mark. Nothing here writes."""

from allpresent.registers.queries.classes import ClassGrid, class_between
from allpresent.registers.queries.days import RegisterOfDay, days_taken, registers_of_day
from allpresent.registers.queries.groups import group_and_taken
from allpresent.registers.queries.marks import Entered, last_here, newest_entries, planned_ahead
from allpresent.registers.queries.sheets import (
    LOCKED,
    Line,
    Mark,
    Sheet,
    Taken,
    days_with_marks,
    entries_of,
    latest_taken,
    mark_of,
    marks_between,
    minutes_late_at,
    register_sheet,
    school_marks,
    sheet_of,
    sheet_row,
    taken_on,
    was_sent,
    whole_school_rows,
)

__all__ = [
    "LOCKED",
    "ClassGrid",
    "Entered",
    "Line",
    "Mark",
    "RegisterOfDay",
    "Sheet",
    "Taken",
    "class_between",
    "days_taken",
    "days_with_marks",
    "entries_of",
    "group_and_taken",
    "last_here",
    "latest_taken",
    "mark_of",
    "marks_between",
    "minutes_late_at",
    "newest_entries",
    "planned_ahead",
    "register_sheet",
    "registers_of_day",
    "school_marks",
    "sheet_of",
    "sheet_row",
    "taken_on",
    "was_sent",
    "whole_school_rows",
]
