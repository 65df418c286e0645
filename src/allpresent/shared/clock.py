"""The one clock. Views and commands read it here and hand the moment on; nothing below them asks what time it is.

A demonstration may be given another moment to begin at (`ALLPRESENT_NOW`); its clock runs on from there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")


class BadMoment(ValueError):
    """A moment that cannot be read."""


def read_moment(text: str) -> datetime:
    """'2026-09-15 08:55', in London wall time, as an aware UTC instant.

    Raises BadMoment when it is not a date and a time.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadMoment(f"{text!r} is not a moment; expected a date and a time, such as 2026-09-15 08:55") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def _system_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the only place that reads the machine's clock


_STARTED = _system_now()


def _offset() -> timedelta:
    if not settings.CLOCK:
        return timedelta()
    began = datetime.fromisoformat(settings.CLOCK_SET_AT) if settings.CLOCK_SET_AT else _STARTED
    return read_moment(settings.CLOCK) - began


def now() -> datetime:
    """This moment, aware, UTC."""
    return _system_now() + _offset()


def today() -> date:
    """The day it is in England."""
    return now().astimezone(LONDON).date()
