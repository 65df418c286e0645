"""Forms of asking for leave and of sending evidence: shape only, in a parent's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from allpresent.absences.actions import Given
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half, Session
from allpresent.parents.family import Child
from allpresent.parents.leave import Ground, Wish
from allpresent.people.forms import RollForm, choice, text, words
from allpresent.people.forms import day as day_of

_HALVES = [(half.value, half.word) for half in Half]


class LeaveForm(RollForm):
    """On which ground, from when to when, why. Whole days, but for whoever unfolds the halves."""

    ground = forms.ChoiceField(label="What is the leave for?", widget=forms.RadioSelect)
    first = day_of("First day away", required=True)
    last = day_of("Last day away", required=True, hint="The same day, if it is one day")
    why = words("Why it cannot be at another time", required=True, hint="The school decides on what you write here")
    first_half = choice("From the", _HALVES, required=True)
    last_half = choice("To the", _HALVES, required=True)

    also = ("first_half", "last_half")

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.id, _offered(one)) for one in grounds]
        self.fields["ground"].error_messages["required"] = "Choose what the leave is for"
        self.fields["why"].error_messages["required"] = "Say why, in a few words"

    @property
    def wish(self) -> Wish:
        """What a valid form holds."""
        given = self.cleaned_data
        first = Session(given["first"], Half(given["first_half"]))
        return Wish(given["ground"], first, Session(given["last"], Half(given["last_half"])), given["why"].strip())

    @property
    def asks_more(self) -> bool:
        return any(self.errors.get(name) for name in self.also)


def _offered(ground: Ground) -> str:
    return f"{ground.words} ({ground.note})" if ground.note else ground.words


WHOLE_DAYS = {"first_half": Half.AM.value, "last_half": Half.PM.value}


class EvidenceForm(RollForm):
    """For which days, what it is, and the file."""

    kind = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    first = day_of("First day it is about", required=True)
    last = day_of("Last day it is about", required=True)
    shows = text("Anything to add", longest=300)
    file = forms.FileField(
        label="Photo or PDF",
        help_text="Take a photo with your phone, or choose a file of at most 10 MB",
        error_messages={
            "required": "Take a photo or choose a file",
            "empty": "The file is empty. Choose it again.",
            "max_length": "The name of the file is too long. Give it a shorter one.",
        },
        max_length=200,
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind[:1].upper() + kind[1:]) for kind in kinds]
        self.fields["kind"].error_messages["required"] = "Choose what it is"
        self.fields["file"].error_messages["required"] = "Take a photo or choose a file"

    def given_by(self, child: Child) -> Given:
        """What a valid form holds."""
        held = {name: self.cleaned_data[name] for name in ("first", "last", "kind", "shows")}
        return Given(given_by=child.who, channel=Notice.Channel.PAGES, **held)
