"""What an e-mail seems to say: a reason and a day of return, offered to a person to confirm or to change."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from allpresent.core.settle.reasons import Reason

_SIGNS = {
    Reason.ILLNESS: r"ill|illness|sick|sickness|unwell|poorly|vomit\w*|temperature|fever\w*|cold|cough\w*|flu|covid|"
    r"headache|migraine|stomach|tummy|bug|diarrhoea|chicken ?pox|tonsil\w*|asthma|ear ?ache|throat",
    Reason.APPOINTMENT: r"appointment|dentist|dental|orthodont\w*|optician|hospital|clinic|camhs|surgery",
    Reason.OBSERVANCE: r"eid|diwali|yom kippur|rosh hashanah|vaisakhi|religious",
    Reason.TRANSPORT: r"taxi|school bus|minibus",
    Reason.INTERVIEW: r"interview",
    Reason.FAMILY: r"funeral|bereave\w*|passed away|emergency",
    Reason.HOLIDAY: r"holiday|abroad|flight",
}
_FOUND = {reason: re.compile(rf"\b(?:{signs})\b", re.IGNORECASE) for reason, signs in _SIGNS.items()}
_QUOTED = re.compile(r"^(>.*|On .{5,200} wrote:|-+ ?Original Message ?-+|From: .*)$", re.MULTILINE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_BACK = re.compile(
    rf"\b(?:back|return\w*)\b(?: to)?(?: (?:in|at))?(?: school)?(?: again)?(?: on| by)? "
    rf"(?P<day>tomorrow|{'|'.join(_WEEKDAYS)})\b",
    re.IGNORECASE,
)


class Guess(NamedTuple):
    """None where the words point nowhere, or in two directions."""

    reason: Reason | None = None
    back: date | None = None


def own_words(text: str) -> str:
    """A message without what it answers."""
    quoted = _QUOTED.search(text)
    return (text[: quoted.start()] if quoted else text).strip()


def guess(text: str, day: date) -> Guess:
    """The reason that the words of a message of a day point to, and the day of return they name."""
    words = own_words(text)
    reasons = [reason for reason, signs in _FOUND.items() if signs.search(words)]
    named = _BACK.search(words)
    return Guess(reasons[0] if len(reasons) == 1 else None, _day(named["day"].lower(), day) if named else None)


def _day(name: str, day: date) -> date:
    """'tomorrow', or the next day of that name."""
    if name == "tomorrow":
        return day + timedelta(days=1)
    ahead = (_WEEKDAYS.index(name) - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead)
