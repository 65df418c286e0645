"""The forms of evidence: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from allpresent.absences.actions import Given
from allpresent.absences.files import TAKEN
from allpresent.absences.forms import OTHER, offered
from allpresent.absences.models import Notice
from allpresent.people.forms import RollForm, choice, text
from allpresent.people.forms import day as day_of
from allpresent.people.queries.record import Adult


class EvidenceForm(RollForm):
    """What was given, for which days and by whom. A copy is never asked for: that it was seen is enough."""

    kind = forms.ChoiceField(label="What it is", widget=forms.RadioSelect())
    shows = text("What it shows", longest=300, hint="Such as: prescription of 14 September; off until Friday")
    first = day_of("First day it is about", required=True)
    last = day_of("Last day it is about", required=True)
    who = choice("Who gave it", (), required=True)
    given_by = text("Name of someone else", longest=200)
    channel = choice("How", Notice.Channel.choices, required=True)
    file = forms.FileField(
        label="Copy",
        required=False,
        help_text="Only if one has to be kept: a photograph or a PDF, up to 10 MB",
        widget=forms.FileInput(attrs={"accept": TAKEN}),
    )

    def __init__(self, *args: Any, kinds: Iterable[str], contacts: Iterable[Adult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind[0].upper() + kind[1:]) for kind in kinds]
        self.fields["kind"].error_messages["required"] = "Choose what it is"
        self.fields["given_by"].asked = True
        self.contacts = {str(adult.id): adult for adult in contacts}
        self.fields["who"].choices = [*map(offered, self.contacts.values()), (OTHER, "Someone else")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") == OTHER and not given.get("given_by"):
            self.add_error("given_by", "Give the name of whoever gave it")
        return given

    def given(self, notice_id: int | None) -> Given:
        """What a valid form holds."""
        answers = self.cleaned_data
        adult = self.contacts.get(answers["who"])
        return Given(
            first=answers["first"],
            last=answers["last"],
            kind=answers["kind"],
            shows=answers["shows"],
            given_by=adult.name if adult else answers["given_by"],
            channel=answers["channel"],
            notice_id=notice_id,
        )


class WithdrawForm(RollForm):
    """Why evidence was a mistake."""

    reason = text("Why", required=True, longest=300, hint="Such as: it is about another child. Both stay on record.")


def begun(first: date, last: date, contacts: Iterable[Adult]) -> dict[str, object]:
    """The likely answers: the first parent, in person, about these days."""
    giver = next((str(adult.id) for adult in contacts if adult.is_parent and not adult.restriction), OTHER)
    return {"first": first, "last": last, "who": giver, "channel": Notice.Channel.IN_PERSON}
