"""Keeping one row once: a repeat of the same sending changes nothing, and of two people the second is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from allpresent.leave.models import Request, Signed
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

TWICE = "This form was sent before with other words. Open the page again and send it once more."
SIGNING = frozenset({"id", "at", "by_id", "by_name", "by_position"})

Row = TypeVar("Row", bound=Signed)


def sign(by: Signer) -> dict[str, object]:
    return {"by_id": by.user_id, "by_name": by.name, "by_position": by.position}


def kept_before(row: Row) -> Row | Refused | None:
    """The same sending kept before, or that its words differ; None where it is new."""
    held = type(row).objects.filter(key=row.key).first()
    if held is None:
        return None
    same = all(getattr(held, name) == getattr(row, name) for name in _content(row))
    return held if same else refused("", TWICE)


def keep(row: Row, *, taken: str = TWICE, also: Callable[[], Refused | None] | None = None) -> Row | Refused:
    """Save a row and do what belongs to it, all or nothing. `taken` is said where a colleague was first.

    Raises nothing for what a person can mend: it comes back as Refused.
    """
    try:
        with transaction.atomic():
            row.save()
            if also and (refusal := also()):
                raise _Undone(refusal)
    except _Undone as undone:
        return undone.refusal
    except IntegrityError:
        return kept_before(row) or refused("", taken)
    return row


def alone(request_id: int) -> None:
    """Within a transaction: of a decision and a withdrawal at once, the second waits and sees the first."""
    Request.objects.select_for_update(no_key=True).get(id=request_id)


def refusal_of(problems: tuple[Problem, ...]) -> Refused | None:
    return Refused(problems) if problems else None


class _Undone(Exception):
    """What belongs to a row could not be done, so the row is not kept either."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def _content(row: Signed) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if field.attname not in SIGNING]
