"""One definition for whole numbers and for table columns: SQL and lists give the same figures."""

import sqlite3
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.codes import code_set_on, newest_code_set
from allpresent.core.figures import Figure, parts, tally
from allpresent.core.figures.parts import Parts

CODES = newest_code_set()
tables = st.lists(st.fixed_dictionaries({letter: st.integers(0, 10**9) for letter in CODES}), min_size=1, max_size=5)


@dataclass(frozen=True)
class Sql:
    """An SQL expression that knows only how to be added to."""

    text: str

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(f"({self.text} + {other.text})")


@dataclass(frozen=True)
class Column:
    """A column of a data frame that knows only how to be added to."""

    values: list[int]

    def __add__(self, other: "Column") -> "Column":
        return Column([mine + theirs for mine, theirs in zip(self.values, other.values, strict=True)])


@given(tables)
def test_sql_columns_give_the_figures_that_numbers_give(rows):
    expressions = parts(lambda letter: Sql(f'"{letter}"'), CODES)
    assert _query(rows, expressions) == [tally(row, CODES) for row in rows]


@given(tables)
def test_list_columns_give_the_figures_that_numbers_give(rows):
    columns = parts(lambda letter: Column([row[letter] for row in rows]), CODES)
    by_row = zip(*(column.values for column in columns), strict=True)
    assert [Figure(*values) for values in by_row] == [tally(row, CODES) for row in rows]


def test_codes_that_are_not_possible_are_never_asked_for():
    asked = set()
    parts(lambda letter: asked.add(letter) or 0, CODES)
    assert asked == {code.letter for code in CODES.values() if code.possible}


def test_there_is_nothing_to_count_by_before_the_first_codes():
    with pytest.raises(ValueError, match="no codes are held"):
        parts(lambda letter: 0, code_set_on(date.min))


def _query(rows: list[dict[str, int]], expressions: Parts[Sql]) -> list[Figure]:
    names = ", ".join(f'"{letter}"' for letter in CODES)
    wanted = ", ".join(expression.text for expression in expressions)
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE counts ({names})")
    marks = ", ".join("?" * len(CODES))
    database.executemany(f"INSERT INTO counts VALUES ({marks})", [[row[letter] for letter in CODES] for row in rows])
    found = database.execute(f"SELECT {wanted} FROM counts ORDER BY rowid").fetchall()
    database.close()
    return [Figure(*values) for values in found]
