"""The form that keeps a question."""

from __future__ import annotations

from django import forms


class KeepForm(forms.Form):
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as Year 6 on Fridays",
        error_messages={
            "required": "Give the question a name, such as Year 6 on Fridays",
            "max_length": "Give a name of at most 80 characters",
        },
    )
    moving = forms.BooleanField(
        label="Always of the year so far",
        required=False,
        help_text="Otherwise it keeps the days that it has now",
    )
    shared = forms.BooleanField(
        label="For all staff who see figures",
        required=False,
        help_text="Each of them sees only what they may see. Otherwise it is for you alone",
    )
