"""The lines of a signed link's page: what was said, and what is said now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from allpresent.core.elsewhere.heard import Says
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere.actions import Told
from allpresent.elsewhere.models import ProviderWord
from allpresent.elsewhere.queries import Away
from allpresent.schools.queries import Setting
from allpresent.shared.problems import Problem

_SAYS = {says.value for says in Says}
_REASONS = {reason.value for reason in Reason}


@dataclass(frozen=True)
class Line:
    """One pupil's session, and the answer in its boxes. `opens_at` is UTC; nothing is asked before it."""

    away: Away
    opens_at: datetime
    is_open: bool
    says: str = ""
    reason: str = ""
    words: str = ""
    concern: bool = False

    @property
    def name(self) -> str:
        """What its boxes are called: '17-am'."""
        return f"{self.away.arranged.id}-{self.away.session.half.value.lower()}"

    @property
    def is_new(self) -> bool:
        """Whether the answer says something that was not said last."""
        word = self.away.word
        held = (word.says, word.reason, word.words, word.concern) if word else ("", "", "", False)
        return self.is_open and self.says != "" and (self.says, self.reason, self.words, self.concern) != held

    def told(self, told_by: str, now: datetime) -> Told:
        return Told(Says(self.says), told_by, now, ProviderWord.Channel.LINK, self.reason, self.words, self.concern)


def lines_of(aways: Iterable[Away], setting: Setting, now: datetime) -> tuple[Line, ...]:
    """The lines as the last words left them."""
    return tuple(_line(one, setting, now) for one in aways)


def _line(away: Away, setting: Setting, now: datetime) -> Line:
    opens = setting.window(away.session, away.pupil.year_group).opens_at(away.session.day)
    line = Line(away, opens, now >= opens)
    word = away.word
    return replace(line, says=word.says, reason=word.reason, words=word.words, concern=word.concern) if word else line


def read_lines(data: Mapping[str, str], lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines as a form answers them, and what is wrong with it."""
    read = tuple(_read(data, line) for line in lines)
    problems = []
    if any("\x00" in value for value in data.values()) or not 8 <= len(data.get("key", "")) <= 64:
        problems.append(Problem("", "The page has lost its number. Open your link again."))
    if not data.get("told_by", "").strip():
        problems.append(Problem("told_by", "Give your name, so that the school knows who told them"))
    if not problems and not any(line.is_new for line in read):
        problems.append(Problem("", "Nothing is new. Choose an answer for at least one pupil."))
    return read, tuple(problems)


def _read(data: Mapping[str, str], line: Line) -> Line:
    says, reason = data.get(f"says-{line.name}", ""), data.get(f"reason-{line.name}", "")
    absent = says == Says.NOT_THERE
    return replace(
        line,
        says=says if says in _SAYS else "",
        reason=reason if absent and reason in _REASONS else "",
        words=data.get(f"words-{line.name}", "").strip()[:300],
        concern=data.get(f"concern-{line.name}") == "on",
    )
