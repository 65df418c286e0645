"""Parts of addresses: days and halves of a day."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter

from allpresent.core.calendar.sessions import Half


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


class HalfConverter:
    regex = "am|pm"

    def to_python(self, value: str) -> Half:
        return Half(value.upper())

    def to_url(self, value: Half | str) -> str:
        return str(value).lower()


def register() -> None:
    register_converter(DayConverter, "day")
    register_converter(HalfConverter, "half")
