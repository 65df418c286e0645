"""What the close of a register does."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.register.sheet import SheetRow


def marks_due_at_close(rows: Iterable[SheetRow], *, submitted: bool) -> tuple[int, ...]:
    """The pupils who become N when the register closes: unmarked, on the roll and expected.

    Only in a register that was submitted: one that nobody took says nothing about anybody.
    (Clauses M-3.3d and part 4 row 4; Working Together: absent once the register has closed.)
    """
    if not submitted:
        return ()
    return tuple(row.pupil for row in rows if row.wants_a_mark)
