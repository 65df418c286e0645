"""What support was offered and to whom children were referred, with what became of it. One query each.

The words of a referral are for those who may see restricted facts, and for whoever wrote them (M-4.5f).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.policy.model.words import Party
from allpresent.schools.models import School
from allpresent.settling.models import SupportOffered

PARTNERS = {
    Party.AUTHORITY.value: "The local authority",
    Party.INCLUSION.value: "The authority's inclusion team",
    Party.SOCIAL_WORKER.value: "Children's social care",
    Party.VIRTUAL_SCHOOL.value: "The virtual school",
    Party.YOUTH_JUSTICE.value: "Youth justice",
    Party.HEALTH.value: "Health services",
    Party.COMMISSIONER.value: "The school or authority that commissioned the place",
    Party.PROFESSIONALS.value: "Another partner",
}
"""To whom a child can be referred, in the policy's words for them, as a page says it."""


class SupportLine(NamedTuple):
    """An offer or a referral, or (`answers`) what became of one. `shown` False: its words were taken out."""

    id: int
    pupil_id: int
    kind: str
    what: str
    party: str
    partner: str
    day: date
    answer: str
    answers: int | None
    clauses: tuple[str, ...]
    at: datetime
    by_id: int | None
    by_name: str
    by_position: str
    shown: bool = True

    @property
    def is_referral(self) -> bool:
        return self.kind == SupportOffered.Kind.REFERRAL

    @property
    def to(self) -> str:
        """'Health services, the asthma nurse'; '' for support of the school's own."""
        return ", ".join(part for part in (PARTNERS.get(self.party, ""), self.partner) if part)

    @property
    def said(self) -> str:
        """The answer in a word: 'accepted', 'declined', 'not yet known'."""
        return SupportOffered.Answer(self.answer).label.lower()

    @property
    def about(self) -> str:
        """'Support offered', 'Referral to a partner', or the answer to one."""
        kind = SupportOffered.Kind(self.kind).label
        return f"{kind}: what became of it" if self.answers else kind


class Support(NamedTuple):
    """One offer with what became of it, oldest first."""

    first: SupportLine
    later: tuple[SupportLine, ...]

    @property
    def said(self) -> str:
        """The answer that stands: the last that was given."""
        return next((line.said for line in reversed((self.first, *self.later)) if line.answer), self.first.said)


def support_of(pupil_ids: Collection[int]) -> dict[int, tuple[SupportLine, ...]]:
    """Every row about some pupils, by pupil, in the order they were written."""
    found: dict[int, tuple[SupportLine, ...]] = {}
    for line in _lines(SupportOffered.objects.filter(pupil_id__in=pupil_ids)):
        found[line.pupil_id] = (*found.get(line.pupil_id, ()), line)
    return found


def referrals_between(
    school: School, first: date, last: date, *, pupil_ids: Collection[int] | None = None
) -> tuple[SupportLine, ...]:
    """The referrals of a school that were made between two days."""
    kind = SupportOffered.Kind.REFERRAL
    rows = SupportOffered.objects.filter(school=school, kind=kind, answers=None, day__gte=first, day__lte=last)
    return tuple(_lines(rows if pupil_ids is None else rows.filter(pupil_id__in=pupil_ids)))


def seen_by(lines: Iterable[SupportLine], *, restricted: bool, user_id: int | None) -> tuple[SupportLine, ...]:
    """The rows as somebody may read them: a referral's words only with the right, or to whoever wrote them."""
    return tuple(
        line if restricted or not line.is_referral or (user_id is not None and line.by_id == user_id)
        else line._replace(what="", party="", partner="", shown=False)
        for line in lines
    )  # fmt: skip


def together(lines: Iterable[SupportLine]) -> tuple[Support, ...]:
    """Each offer beside what became of it, the newest offer first."""
    held = tuple(lines)
    firsts = (line for line in held if line.answers is None)
    found = (Support(first, tuple(line for line in held if line.answers == first.id)) for first in firsts)
    return tuple(sorted(found, key=lambda support: (support.first.day, support.first.at), reverse=True))


def _lines(rows) -> Iterable[SupportLine]:
    fields = [name for name in SupportLine._fields if name != "shown"]
    for row in rows.order_by("at", "id").values_list(*fields):
        line = SupportLine(*row)
        yield line._replace(clauses=tuple(line.clauses))
