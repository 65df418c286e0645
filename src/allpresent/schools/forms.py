"""Forms of the calendar and the policy: shape only."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from allpresent.schools.models import Closure

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"]

OF_OUR_TIME = (
    MinValueValidator(date(1900, 1, 1), "That is before 1900. Check the year."),
    MaxValueValidator(date(2199, 12, 31), "That is after 2199. Check the year."),
)
"""What any day of a form must be: a slip of the keyboard is told, and every day has a day before and after."""


class Day(forms.DateField):
    """A day, typed day first or picked."""

    def __init__(self, what: str, *, required: bool = True) -> None:
        super().__init__(
            required=required,
            input_formats=DAYS,
            validators=OF_OUR_TIME,
            error_messages={"required": f"Give {what}", "invalid": f"Give {what} as 15/9/2026 or 15 September 2026"},
        )


class TermForm(forms.Form):
    name = forms.CharField(max_length=60, error_messages={"required": "Give the term a name, such as Autumn 1"})
    starts = Day("the first day of the term")
    ends = Day("the last day of the term")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", "The term ends before it starts. Correct one of the two days.")
        return data


class ClosureForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Closure.Kind.choices, error_messages={"required": "Choose planned, staff day or unexpected"}
    )
    starts = Day("the first day closed")
    ends = Day("the last day closed")
    half = forms.ChoiceField(
        choices=[("", "Whole day"), ("AM", "Morning only"), ("PM", "Afternoon only")], required=False
    )
    reason = forms.CharField(max_length=200, error_messages={"required": "Say why the school is closed"})

    def clean(self) -> dict:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", "The closure ends before it starts. Correct one of the two days.")
        return data


class PolicyForm(forms.Form):
    file = forms.FileField(error_messages={"required": "Choose a policy file"})
