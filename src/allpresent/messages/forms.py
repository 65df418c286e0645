"""The forms of messages: shape only."""

from __future__ import annotations

from django import forms

from allpresent.core.messages.wording import LONGEST_SUBJECT
from allpresent.people.forms import RollForm, text


class DealForm(RollForm):
    """What a person does with a message; the button pressed says which."""

    says = text("A note", longest=200, hint="How you sent it, such as: read out by telephone; or why it is not needed")
    do = forms.ChoiceField(choices=[(word, word) for word in ("again", "hand", "cancel")], widget=forms.HiddenInput)


class WordingForm(RollForm):
    """A school's own words for a template."""

    subject = text("Subject", required=True, longest=LONGEST_SUBJECT)
    body = forms.CharField(label="Message", max_length=5000, widget=forms.Textarea(attrs={"rows": 14}), strip=False)
