"""The forms of messages: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from allpresent.core.messages.channel import Channel
from allpresent.core.messages.wording import LONGEST_SUBJECT, Wording
from allpresent.messages.recipients import Recipient
from allpresent.people.forms import RollForm, choice, text, words


class DealForm(RollForm):
    """What a person does with a message; the button pressed says which."""

    says = text("A note", longest=200, hint="How you sent it, such as: read out by telephone; or why it is not needed")
    do = forms.ChoiceField(choices=[(word, word) for word in ("again", "hand", "cancel")], widget=forms.HiddenInput)


class WordingForm(RollForm):
    """A school's own words for a template."""

    subject = text("Subject", required=True, longest=LONGEST_SUBJECT)
    body = forms.CharField(label="Message", max_length=5000, widget=forms.Textarea(attrs={"rows": 14}), strip=False)


class NewMessageForm(RollForm):
    """A message to the parents of one child."""

    to = forms.MultipleChoiceField(
        label="To", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose somebody to write to"}
    )
    template = forms.ChoiceField(label="What kind", widget=forms.RadioSelect)
    subject = text("Subject", longest=120, hint="Only for a message of your own")
    message = words("Your words", required=True, longest=2000)
    channel = choice("How", [("", "As it reaches them best"), *((one.value, one.label) for one in Channel)])
    key = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, recipients: Iterable[Recipient], templates: Iterable[Wording], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goes_by = {one.key: one.channels for one in templates}
        self.fields["to"].choices = [(str(to.contact_id), _offered(to)) for to in recipients]
        self.fields["template"].choices = [(one.key, one.title) for one in templates]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        ways, way = self.goes_by.get(given.get("template"), ()), given.get("channel")
        if way and ways and way not in ways:
            self.add_error("channel", f"This kind goes by {', '.join(one.label for one in ways).lower()}. Choose one.")
        return given


def _offered(to: Recipient) -> str:
    """A parent's name and how they can be reached; an address that came back is said to be doubtful."""
    held = [to.at(channel).replace("\n", ", ") for channel in Channel]
    reached = [f"{address} (came back)" if address in to.doubtful else address for address in held if address]
    return ", ".join([to.name, *(reached or ["no address"])])
