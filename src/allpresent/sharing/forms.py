"""Forms of this room: shape only."""

from __future__ import annotations

from django import forms

from allpresent.people.forms import RollForm, day, text


class FilterForm(RollForm):
    """Which rows of the log are asked for."""

    pupil = text("Name", hint="A few letters")
    first = day("From")
    last = day("To")
    to = text("Told to", longest=100, hint="A few letters of whoever was told")


class ToldForm(RollForm):
    """That something was said on the telephone, or is not to be."""

    due = forms.CharField(max_length=160)
    to = text("Whom you spoke with", longest=200)
    why = text("Why it is not to be told", longest=300)
