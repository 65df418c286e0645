"""What the log shows, made of loaded facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms

from allpresent.calls.lines import TryLine
from allpresent.core.policy.model.words import Party
from allpresent.core.response.tries import Result
from allpresent.settling.queries import SupportLine
from allpresent.sharing.models import Share
from allpresent.sharing.queries import Due, Shared

PROFESSIONALS = frozenset({Party.SOCIAL_WORKER, Party.YOUTH_JUSTICE, Party.VIRTUAL_SCHOOL, Party.PROFESSIONALS})
"""That a child has one of these is for those who may see restricted facts."""
_HEARD = frozenset({Result.TOLD.value})
_WAYS = {"phone": Share.Channel.TELEPHONE, "letter": Share.Channel.POST}
_NEVER_LISTED = frozenset({Party.PARENT, Party.EMERGENCY})


@dataclass(frozen=True)
class LogPage:
    """The log between two days, and what is still to be told."""

    today: date
    form: forms.Form
    rows: tuple[tuple[str, Shared], ...]
    to_tell: tuple[Due, ...]
    waiting: int
    query: str


def seen_by(rows: Iterable[Shared], *, restricted: bool) -> Iterator[Shared]:
    """The rows as somebody may see them: without the right, that a professional was told and not which."""
    for row in rows:
        if restricted or row.party not in PROFESSIONALS:
            yield row
        else:
            yield row._replace(party="professional", name="a professional", address="", says="")


def from_tries(tries: Mapping[int, Iterable[TryLine]]) -> Iterator[Shared]:
    """What the first-day response told professionals, commissioners and authorities, as rows of the log."""
    for lines in tries.values():
        for line in lines:
            if line.result in _HEARD and line.party not in _NEVER_LISTED:
                channel = _WAYS.get(line.channel, line.channel)
                yield Shared(
                    -line.id, line.pupil_id, line.day, line.half, "unexplained absence", line.party, line.name,
                    line.number, channel, line.says, (), line.tried_at, line.by_name, line.by_position,
                )  # fmt: skip


def from_referrals(lines: Iterable[SupportLine]) -> Iterator[Shared]:
    """Referrals to partners as rows of the log; one that may not be read says only that there was one (M-4.5f)."""
    for line in lines:
        party, name, says = (line.party, line.to, line.what) if line.shown else ("partner", "a partner", "")
        yield Shared(
            -line.id, line.pupil_id, line.day, "", "referral", party, name, "", "referral", says, line.clauses, line.at,
            line.by_name, line.by_position,
        )  # fmt: skip


def newest_first(rows: Iterable[Shared]) -> list[Shared]:
    return sorted(rows, key=lambda row: row.at, reverse=True)


def span(today: date, first: date | None, last: date | None) -> tuple[date, date]:
    """The days asked for: today alone where none is."""
    return first or last or today, last or first or today
