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
    """A day, typed day first. `what` it is, for the messages."""

    def __init__(self, label: str, what: str, *, required: bool = True, hint: str = "Such as 15/9/2026") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=hint,
            input_formats=DAYS,
            validators=OF_OUR_TIME,
            error_messages={"required": f"Give {what}", "invalid": f"Give {what} as 15/9/2026 or 15 September 2026"},
        )


class TermForm(forms.Form):
    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text="Such as Autumn 1: a half-term break ends one block and begins the next",
        error_messages={"required": "Give the term a name, such as Autumn 1"},
    )
    starts = Day("First day", "the first day of the term")
    ends = Day("Last day", "the last day of the term")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", "The term ends before it starts. Correct one of the two days.")
        return data


class ClosureForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of closure",
        choices=Closure.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose planned, staff day or unexpected"},
    )
    starts = Day("First day closed", "the first day closed")
    ends = Day("Last day closed", "the last day closed")
    half = forms.ChoiceField(
        label="How much of each day",
        choices=[("", "Whole day"), ("AM", "Morning only"), ("PM", "Afternoon only")],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="Shown on registers, such as: burst pipe",
        error_messages={"required": "Say why the school is closed"},
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", "The closure ends before it starts. Correct one of the two days.")
        return data


class PolicyForm(forms.Form):
    file = forms.FileField(error_messages={"required": "Choose a policy file"})
