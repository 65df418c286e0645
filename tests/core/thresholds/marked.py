"""Pupils made of marks: present at every session, but for what a case says."""

from datetime import date

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.policy.model.response import Threshold
from allpresent.core.thresholds import History, history_of
from tests.core.calendars import calendar_2026_27

CALENDAR = calendar_2026_27()
PRESENT = {Half.AM: "/", Half.PM: "\\"}
BLANK = "-"


def threshold(**stated) -> Threshold:
    """A threshold as a policy states it; `at_least` for `at-least`."""
    return Threshold.model_validate({"id": "it", **{key.replace("_", "-"): value for key, value in stated.items()}})


def marked(*, day: date, since: date = date(2026, 9, 1), marks: dict[str, str] | None = None) -> History:
    """The history of a pupil up to a day and a week beyond. Every late mark is five minutes."""
    said = {
        Session(date.fromisoformat(written), half): code
        for written, codes in (marks or {}).items()
        for half, code in zip(Half, codes.split(), strict=True)
    }
    sessions = {session: PRESENT[session.half] for session in CALENDAR.sessions_between(since, day)} | said
    found = {session: code for session, code in sessions.items() if code != BLANK}
    minutes = {session: 5 for session, code in found.items() if code in ("L", "U")}
    return history_of(found.items(), since=since, minutes=minutes)
