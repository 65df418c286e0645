"""Queries of the busiest pages, translated into SQL once and asked again with other values.

Django translates a query anew each time it is asked, which costs more than the database takes to answer. A query that
every register asks is written with the models like any other, and kept here in its translated form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

_STANDS_FOR: dict[type, Callable[[int], Any]] = {
    int: lambda n: -1_000_000 - n,
    str: lambda n: f"value {n} of a prepared query",
    date: lambda n: date(1, 1, 1 + n),
    datetime: lambda n: datetime(1, 1, 1 + n, tzinfo=UTC),
}
"""Values that no real query holds: where they come out in the SQL's parameters, the real ones go in."""


M = TypeVar("M", bound=Model)


def columns(model: type[Model]) -> tuple[str, ...]:
    """Every column of a model's table."""
    return tuple(field.attname for field in model._meta.concrete_fields)


class _Translated(NamedTuple):
    """A query in the words of one database. `places`: for each parameter a value's number, or a constant."""

    sql: str
    places: tuple[tuple[bool, Any], ...]
    converters: tuple[tuple[int, list[Callable], Any], ...]


class Prepared:
    """`Prepared(lambda group, day: Pupil.objects.filter(...).values_list(...), int, date)`, then `.rows(17, today)`.

    `make` gives a values_list of the values it is handed; `kinds` are their types: int, str, date or datetime. What it
    does must not depend on the values (no `if`, no list of changing length), and no value may be None.
    """

    def __init__(self, make: Callable[..., QuerySet], *kinds: type) -> None:
        self.make, self.kinds = make, kinds
        self._translated = lru_cache(self._translate)

    def rows(self, *values: Any) -> list[tuple]:
        """The rows that the query finds for these values."""
        query = self._translated(connection.vendor)
        given = self._as_stored(values)
        with connection.cursor() as cursor:
            cursor.execute(query.sql, [given[place] if is_value else place for is_value, place in query.places])
            found = cursor.fetchall()
        return [_read(row, query.converters) for row in found] if query.converters else found

    def first(self, *values: Any) -> tuple | None:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)

    def one(self, model: type[M], *values: Any) -> M | None:
        """The first row as its model, or None. The query must give the `columns` of the model."""
        row = self.first(*values)
        return model.from_db(connection.alias, columns(model), row) if row else None

    def _translate(self, vendor: str) -> _Translated:
        stand_ins = [_STANDS_FOR[kind](n) for n, kind in enumerate(self.kinds)]
        compiler = self.make(*stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        stored = self._as_stored(stand_ins)
        places = tuple((True, stored.index(param)) if param in stored else (False, param) for param in params)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return _Translated(sql, places, tuple((n, *rest) for n, rest in converters.items()))

    def _as_stored(self, values: Any) -> list[Any]:
        into = {int: int, str: str, date: connection.ops.adapt_datefield_value}
        into[datetime] = connection.ops.adapt_datetimefield_value
        return [into[kind](value) for kind, value in zip(self.kinds, values, strict=True)]


def _read(row: tuple, converters: tuple[tuple[int, list[Callable], Any], ...]) -> tuple:
    """A row as the models would give it."""
    values = list(row)
    for n, convert_all, expression in converters:
        for convert in convert_all:
            values[n] = convert(values[n], expression, connection)
    return tuple(values)
