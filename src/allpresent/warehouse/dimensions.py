"""What figures of the warehouse can be told apart by: one a line of the list at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import ibis
from ibis.expr.types import Table

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.people.models import Characteristic
from allpresent.warehouse.engines import Tables
from allpresent.warehouse.layout import period
from allpresent.warehouse.measures import COUNTS, figures, of_enrolments

ENROLMENT = ("year", "school", "pupil")
"""What names an enrolment's year: each is persistently absent, or not, by its own sessions."""
WITH, WITHOUT = "yes", "no"
Labelled = Callable[[Tables, Table], Table]


class Dimension(NamedTuple):
    """`of_marks` puts a label on each mark, `of_enrolments` on the figure of each enrolment; neither: it is there.

    `of_pupils`: whether it tells pupils apart, so that each can be counted as persistently absent or not.
    """

    words: str
    of_marks: Labelled | None = None
    of_enrolments: Labelled | None = None
    of_pupils: bool = True


def _fact(table: str, column: str, keys: Sequence[str]) -> Labelled:
    """A column of another table, '' where it has no row."""

    def labelled(tables: Tables, rows: Table) -> Table:
        facts = getattr(tables, table).select(*keys, __label=ibis._[column])
        joined = rows.left_join(facts, keys)
        return joined.select(*(rows[name] for name in rows.columns), **{column: joined["__label"].coalesce("")})

    return labelled


def _group(tables: Tables, marks: Table) -> Table:
    """The class of each day: a pupil who moved counts in each for its own days."""
    joined = _on_the_day(marks, tables.memberships)
    return joined.select(*(marks[name] for name in marks.columns), group=joined.group.coalesce(""))


def _characteristic(kind: Characteristic.Kind) -> Labelled:
    """With it on the day, or without."""

    def labelled(tables: Tables, marks: Table) -> Table:
        held = tables.characteristics.filter(ibis._.kind == kind.value)
        joined = _on_the_day(marks, held)
        label = ibis.ifelse(joined.kind.notnull(), WITH, WITHOUT)
        return joined.select(*(marks[name] for name in marks.columns), **{kind.value: label})

    return labelled


def _on_the_day(marks: Table, stretches: Table) -> Table:
    keys = [marks[key] == stretches[key] for key in ENROLMENT]
    return marks.left_join(stretches, [*keys, marks.day >= stretches.begins, marks.day <= stretches.ends])


def _week(tables: Tables, marks: Table) -> Table:
    return marks.mutate(week=marks.day.truncate("W"))


def _weekday(tables: Tables, marks: Table) -> Table:
    return marks.mutate(weekday=marks.day.day_of_week.index() + 1)


DIMENSIONS = {
    "year": Dimension("Academic year"),
    "trust": Dimension("Trust", of_enrolments=_fact("schools", "trust", ENROLMENT[:2])),
    "authority": Dimension("Local authority", of_enrolments=_fact("schools", "authority", ENROLMENT[:2])),
    "kind": Dimension("Kind of school", of_enrolments=_fact("schools", "kind", ENROLMENT[:2])),
    "school": Dimension("School"),
    "year_group": Dimension("Year group", of_enrolments=_fact("pupils", "year_group", ENROLMENT)),
    "group": Dimension("Class", of_marks=_group),
    "sex": Dimension("Sex", of_enrolments=_fact("pupils", "sex", ENROLMENT)),
    "pupil": Dimension("Pupil"),
    **{kind.value: Dimension(kind.label, of_marks=_characteristic(kind)) for kind in Characteristic.Kind},
    "week": Dimension("Week (its Monday)", of_marks=_week, of_pupils=False),
    "weekday": Dimension("Day of the week (1 is Monday)", of_marks=_weekday, of_pupils=False),
    "day": Dimension("Day", of_pupils=False),
    "half": Dimension("Morning or afternoon", of_pupils=False),
}


def answer(tables: Tables, by: Sequence[str], first: date, last: date) -> Table:
    """The figures of the days from first to last for each value of the dimensions `by`, in order.

    With dimensions of pupils alone, also how many enrolments there were, and which lines they crossed; a pupil's own
    sessions are then those within the value: of the class, or with the characteristic.
    """
    each = enrolments_by(tables, by, first, last)
    asked = of_enrolments(each, by)
    found = asked if of_pupils(by) else asked.select(*by, *COUNTS)
    return found.order_by(by) if by else found


def of_pupils(by: Sequence[str]) -> bool:
    return all(DIMENSIONS[name].of_pupils for name in by)


def enrolments_by(tables: Tables, by: Sequence[str], first: date, last: date) -> Table:
    """A figure of each enrolment, and of each of its parts that the dimensions tell apart, with their labels."""
    dimensions = {name: DIMENSIONS[name] for name in by}
    marks = tables.marks.filter(tables.marks.year.isin(_periods(first, last)))
    for dimension in dimensions.values():
        marks = dimension.of_marks(tables, marks) if dimension.of_marks else marks
    told_by_marks = [name for name, one in dimensions.items() if name not in ENROLMENT and not one.of_enrolments]
    each = figures(marks, (*ENROLMENT, *told_by_marks), first, last)
    for dimension in dimensions.values():
        each = dimension.of_enrolments(tables, each) if dimension.of_enrolments else each
    return each


def _periods(first: date, last: date) -> list[str]:
    """The partitions that hold these days."""
    years = range(academic_year_of(first).first, academic_year_of(last).first + 1)
    return [period(AcademicYear(year)) for year in years]
