"""The facts of the admission register that can be amended, and what pages call them (reg 8)."""

from __future__ import annotations

from datetime import date

PUPIL_FACTS = {
    "surname": "Surname",
    "forename": "Forename",
    "middle_names": "Middle names",
    "known_as": "Known as",
    "sex": "Sex",
    "born": "Date of birth",
    "year_group": "Year group",
    "upn": "Unique pupil number",
    "admission_number": "Admission number",
    "address": "Address",
    "last_school": "School last attended",
}
ENROLMENT_FACTS = {"begins": "Starting day", "standing": "Registered at"}
FACTS = PUPIL_FACTS | ENROLMENT_FACTS
REQUIRED = frozenset({"surname", "forename", "born", "begins", "standing"})


def label_of(field: str) -> str:
    """The words for a field of a roll entry; other entries say in words what they are about."""
    return FACTS.get(field, field)


def as_text(value: str | date | None) -> str:
    """A fact as the register keeps it: days as 2026-09-15, nothing as ''."""
    return value.isoformat() if isinstance(value, date) else value or ""
