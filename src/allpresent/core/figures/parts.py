"""DfE's sums over codes, written once for whole numbers, database columns and data frames alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from allpresent.core.codes import CodeSet, Statistical


class Addable(Protocol):
    """A number, or anything that stands for one: a column, an SQL expression, an array."""

    def __add__(self, other: Any, /) -> Any: ...


N = TypeVar("N", bound=Addable)

COUNTED = (Statistical.PRESENT, Statistical.AEA, Statistical.AUTH, Statistical.UNAUTH)


class Parts(NamedTuple, Generic[N]):
    """The parts of a figure, counts of sessions. `late` lies across `present` and `unauthorised`."""

    present: N
    approved_activity: N
    attendance: N
    authorised: N
    unauthorised: N
    absence: N
    possible: N
    late: N


def parts(count_of: Callable[[str], N], codes: CodeSet) -> Parts[N]:
    """The parts of a figure, from `count_of`, which gives the number of sessions with one code's letter.

    Only `+` is asked of what `count_of` gives, so one definition serves Python numbers and table columns.
    Codes that are not possible sessions, or only administrative, are never asked for. Late is L + U, as DfE
    publishes it. Raises ValueError for a set with no codes (days before the first codes held).
    Source: DfE absence statistics methodology.
    """
    if not codes:
        raise ValueError("There is nothing to count by: no codes are held for days so long ago.")

    def total(letters: Iterable[str]) -> N:
        return reduce(add, map(count_of, letters))

    present, activity, authorised, unauthorised = (total(codes.by_class(kind)) for kind in COUNTED)
    attendance: N = present + activity
    absence: N = authorised + unauthorised
    return Parts(
        present=present,
        approved_activity=activity,
        attendance=attendance,
        authorised=authorised,
        unauthorised=unauthorised,
        absence=absence,
        possible=attendance + absence,
        late=total(letter for letter, code in codes.items() if code.late),
    )
