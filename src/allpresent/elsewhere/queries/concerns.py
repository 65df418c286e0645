"""Worries that providers told, for the safeguarding lead (O-B-5.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from allpresent.elsewhere.models import ProviderWord
from allpresent.schools.models import School

SHOWN = timedelta(days=30)
"""How long a worry that was taken up stays on the page."""


class Concern(NamedTuple):
    """A worry: about whom, who told it, and what was agreed since ("": nothing yet)."""

    word_id: int
    pupil_id: int
    pupil_name: str
    provider_name: str
    day: date
    words: str
    told_by: str
    told_at: datetime
    agreed: str
    agreed_by: str


def concerns(school: School, today: date) -> tuple[Concern, ...]:
    """The worries nobody has taken up, whatever their age, and those of the last month: two queries."""
    rows = ProviderWord.objects.filter(school=school, concern=True).select_related("pupil", "arrangement__provider")
    found = [_concern(row) for row in rows.order_by("-told_at", "-id").prefetch_related("follow_ups")]
    shown = (one for one in found if not one.agreed or one.day >= today - SHOWN)
    return tuple(sorted(shown, key=lambda one: bool(one.agreed)))


def _concern(row: ProviderWord) -> Concern:
    taken = sorted(row.follow_ups.all(), key=lambda one: one.id)
    agreed, by = (taken[-1].agreed, taken[-1].by_name) if taken else ("", "")
    return Concern(
        row.id, row.pupil_id, str(row.pupil), row.arrangement.provider.name, row.day, row.words, row.told_by,
        row.told_at, agreed, by,
    )  # fmt: skip


def word_with_concern(school: School, word_id: int) -> ProviderWord | None:
    """A word of the school in which a provider told of a worry."""
    rows = ProviderWord.objects.filter(school=school, id=word_id, concern=True)
    return rows.select_related("pupil", "arrangement__provider").first()
