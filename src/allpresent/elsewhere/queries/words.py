"""What providers said, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.elsewhere.heard import Says
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere.models import ProviderWord
from allpresent.schools.models import School


class Word(NamedTuple):
    """One word: what was said of a session, by whom, how and when (UTC)."""

    id: int
    pupil_id: int
    day: date
    half: str
    says: str
    reason: str
    words: str
    concern: bool
    told_by: str
    told_at: datetime
    channel: str
    by_name: str

    @property
    def label(self) -> str:
        return dict(ProviderWord.SAYS)[self.says]

    @property
    def how(self) -> str:
        return ProviderWord.Channel(self.channel).label.lower()

    @property
    def said(self) -> Says:
        return Says(self.says)

    @property
    def why(self) -> str:
        """What was said of the reason: 'illness, has a cold', or ''. A worry is for the safeguarding lead alone."""
        reason = "" if self.reason in ("", Reason.NOT_SAID) else self.reason
        return ", ".join(filter(None, (reason, "" if self.concern else self.words)))


def words_about(school: School, first: date, last: date, *, pupil_ids: Iterable[int] | None = None) -> tuple[Word, ...]:
    """Every word on the sessions between two days, newest first: one query."""
    rows = ProviderWord.objects.filter(school=school, day__gte=first, day__lte=last)
    rows = rows if pupil_ids is None else rows.filter(pupil_id__in=list(pupil_ids))
    return tuple(map(Word._make, rows.order_by("-told_at", "-id").values_list(*Word._fields)))


def newest(words: Iterable[Word]) -> dict[tuple[int, date, str], Word]:
    """The word that holds for each session: by (pupil, day, half). `words` come newest first."""
    found: dict[tuple[int, date, str], Word] = {}
    for word in words:
        found.setdefault((word.pupil_id, word.day, word.half), word)
    return found


def marks_fed(pupil_ids: Collection[int], day: date) -> frozenset[tuple[int, str]]:
    """The sessions of a provider's own pupils whose marks the school that placed them has taken: (pupil, half).

    `pupil_ids` are the provider's numbers of them. One query.
    """
    rows = ProviderWord.objects.filter(channel=ProviderWord.Channel.ALLPRESENT, day=day)
    keys = (key.split(":") for key in rows.values_list("key", flat=True))
    return frozenset((int(pupil), half) for _, pupil, _, half, _ in keys if int(pupil) in pupil_ids)
