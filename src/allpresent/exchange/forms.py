"""Forms of the import: shape only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.conf import settings

from allpresent.exchange.roll.dates import read_date
from allpresent.exchange.roll.matching import Choice
from allpresent.exchange.roll.words import BadValue


def too_big() -> str:
    most = settings.ROLL_FILE_MAX_BYTES // 1_000_000
    return f"The file is too big: the most is {most} MB. A roll of 10,000 pupils is about 5 MB."


class DayField(forms.CharField):
    """A day as people write it: 1/9/2026, 1 September 2026, 2026-09-01."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return read_date(text)
        except BadValue as error:
            raise forms.ValidationError(str(error)) from error


class SendForm(forms.Form):
    """A file, and the day from which what it says holds."""

    file = forms.FileField(
        error_messages={
            "required": "Choose the file of the roll.",
            "empty": "The file is empty. Export the roll again.",
            "missing": "Choose the file of the roll.",
            "max_length": "The file's name is longer than 200 characters. Give it a shorter one.",
        },
        max_length=200,
    )
    day = DayField(max_length=40, error_messages={"required": "Give the day from which the file holds."})

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.ROLL_FILE_MAX_BYTES:
            raise forms.ValidationError(too_big())
        return file


def read_mapping(data: Mapping[str, str], columns: int, offered: frozenset[str]) -> tuple[str, ...]:
    """The field chosen for each column; '' for one not used, or for a field that is not offered."""
    chosen = (data.get(f"column-{place}", "") for place in range(columns))
    return tuple(key if key in offered else "" for key in chosen)


def read_decisions(data: Mapping[str, str], rows: Iterable[str]) -> dict[int, str]:
    """What was decided of each conflict, by row; the undecided are left out."""
    known = {choice.value for choice in Choice}
    return {
        int(row): data[f"decide-{row}"]
        for row in rows
        if row.isascii() and row.isdigit() and len(row) < 9 and data.get(f"decide-{row}") in known
    }
