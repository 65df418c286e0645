"""The reasons that people give for an absence, in the words a form offers."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a pupil is away, as whoever tells us puts it. What it earns is the school's decision (O-B-12.2)."""

    ILLNESS = "illness"
    APPOINTMENT = "appointment"
    OBSERVANCE = "religious observance"
    TRAVELLING = "parent travelling for work"
    TRANSPORT = "transport did not come"
    DISRUPTION = "travel disrupted for everybody"
    INTERVIEW = "interview"
    FAMILY = "family emergency or funeral"
    HOLIDAY = "holiday"
    OTHER = "another reason"
    NOT_SAID = "no reason given"
