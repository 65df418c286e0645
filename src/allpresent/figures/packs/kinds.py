"""The packs that there are, and to whom each opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.core.policy.words_of import Words
from allpresent.schools.models import School


class PackKind(NamedTuple):
    """One pack. `names`: whether it names pupils; `restricted`: whether it tells restricted facts of them.

    `title` takes the school's own words.
    """

    key: str
    title: str
    says: str
    names: bool
    restricted: bool
    sources: tuple[str, ...]
    may: Callable[[Staff, School], bool]

    def title_in(self, words: Words) -> str:
        return self.title.format(head=words.head)


def _sees_pupils(staff: Staff, school: School) -> bool:
    return staff.may(Right.SEE_FIGURES, school) and staff.reaches_all(Right.SEE_PUPIL, school)


def _sees_restricted(staff: Staff, school: School) -> bool:
    return _sees_pupils(staff, school) and staff.reaches_all(Right.SEE_RESTRICTED, school)


PACKS = (
    PackKind(
        "head",
        "Pack for the {head}",
        "The whole school, its cohorts, who is persistently absent by name, the registers and practice against policy.",
        names=True,
        restricted=False,
        sources=("M-3.2a", "O-B-24"),
        may=_sees_pupils,
    ),
    PackKind(
        "safeguarding",
        "Pack for the safeguarding lead",
        "Children in need of protection or support and what they missed, by name and with what is known of them. "
        "Handle it as a safeguarding record.",
        names=True,
        restricted=True,
        sources=("O-B-25",),
        may=_sees_restricted,
    ),
    PackKind(
        "governors",
        "Pack for the board",
        "Figures for governors, and for the self-evaluation form. It names no child, and small numbers are withheld.",
        names=False,
        restricted=False,
        sources=("M-3.1a", "M-3.1b", "O-B-23"),
        may=lambda staff, school: staff.may(Right.SEE_FIGURES, school),
    ),
)


def open_to(staff: Staff, school: School) -> tuple[PackKind, ...]:
    """The packs that somebody may have."""
    return tuple(kind for kind in PACKS if kind.may(staff, school))
