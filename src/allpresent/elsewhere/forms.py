"""Forms of this room: shape only. What may be done is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid4

from django import forms

from allpresent.core.calendar.sessions import Half
from allpresent.core.elsewhere.heard import Says
from allpresent.core.roll.expected import WeekdayHalf, parse_halves
from allpresent.elsewhere.actions import Facts, Place, Suspend
from allpresent.elsewhere.models import Provider, ProviderWord, Suspension
from allpresent.people.forms import HALVES, RollForm, choice, day, text, tick, words

_CHANNELS = [(one.value, one.label) for one in (ProviderWord.Channel.TELEPHONE, ProviderWord.Channel.EMAIL)]


def _key() -> forms.CharField:
    return forms.CharField(min_length=8, max_length=64, widget=forms.HiddenInput, initial=lambda: uuid4().hex)


def _radios(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect)


class ProviderForm(RollForm):
    """What a provider is and how to reach it."""

    name = text("Name", required=True, longest=200)
    kind = _radios("What it is", Provider.KINDS)
    nature = text("What is taught there", required=True, longest=200, hint="Such as: construction skills, level 1")
    contact_name = text("Whom to ask there", longest=200)
    phone = text("Telephone", longest=30)
    email = forms.EmailField(label="E-mail", required=False)
    setting = choice("Its registers", (), hint="A place that keeps its registers here needs to say nothing twice.")

    def __init__(self, *args, settings: Iterable[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kept = [(str(number), f"Kept here, at {name}") for number, name in settings]
        self.fields["setting"].choices = [("", "Kept elsewhere: it uses its link, or we ring"), *kept]
        self.fields["email"].error_messages["invalid"] = "Give an e-mail address such as office@example.org"

    @property
    def facts(self) -> Facts:
        given = dict(self.cleaned_data)
        setting = given.pop("setting")
        return Facts(**given, setting_id=int(setting) if setting else None)


class CheckForm(RollForm):
    """That safeguards were seen."""

    seen_on = day("Day they were seen", required=True)
    seen_by = text("Seen by", required=True, longest=200)
    what = words(
        "What was seen", required=True, longest=500, hint="Such as: staff checks, insurance, first aid, who is told"
    )
    valid_until = day("To be seen again by", required=True)


class ArrangementForm(RollForm):
    """A pupil's sessions at a provider."""

    nature = text("What the activity is", required=True, longest=200, hint="It stands beside each mark.")
    begins = day("First day", required=True)
    ends = day("Last day", hint="Leave it empty where none is agreed")
    halves = forms.MultipleChoiceField(
        label="Sessions of the week", choices=HALVES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: every session",
    )  # fmt: skip
    key = _key()

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        halves: frozenset[WeekdayHalf] = frozenset().union(*map(parse_halves, given["halves"]))
        return Place(given["nature"], given["begins"], given["ends"], halves)


class EndForm(RollForm):
    """The last day, and why."""

    last_day = day("Last day", required=True)
    reason = text("Why it ends", required=True, longest=300)


class WordForm(RollForm):
    """What a provider said, on the telephone or by e-mail."""

    says = _radios("The pupil is", ProviderWord.SAYS)
    told_by = text("Who told you", required=True, longest=200)
    channel = choice("How", _CHANNELS, required=True)
    reason = choice("Why not there", [("", "Not told"), *ProviderWord.REASONS])
    words = text("In their words", longest=300, hint="Only if they said more")
    concern = tick("They are worried about the pupil", hint="The safeguarding lead is shown this.")
    key = _key()

    def clean(self) -> dict:
        given = super().clean()
        if given.get("concern") and not given.get("words"):
            self.add_error("words", "Give what they are worried about, in a few words")
        if given.get("reason") and given.get("says") not in (None, Says.NOT_THERE.value):
            self.add_error("reason", "Only an absence has a reason. Clear it, or choose Not there.")
        return given


class FollowUpForm(RollForm):
    """What was agreed about a worry."""

    agreed = words("What was agreed with the provider", required=True, longest=500)


class SuspensionForm(RollForm):
    """A suspension as it was decided."""

    length = _radios(
        "What was decided", [("fixed", "Suspended for some school days"), ("permanent", "Permanently excluded")]
    )
    days = forms.IntegerField(
        label="School days", required=False, min_value=1, max_value=45, help_text="Only for a suspension, from 1 to 45"
    )
    first_day = day("First day missed", required=True)
    first_half = choice("From the", [(half.value, half.word) for half in Half], required=True)
    category = choice("For what", [("", ""), *Suspension.Category.choices], required=True)
    decided_by = text("Decided by", required=True, longest=200)
    key = _key()

    def clean(self) -> dict:
        given = super().clean()
        if given.get("length") == "fixed" and not given.get("days") and "days" not in self.errors:
            self.add_error("days", "Give the number of school days, from 1 to 45")
        return given

    @property
    def decided(self) -> Suspend:
        given = self.cleaned_data
        days = given["days"] if given["length"] == "fixed" else None
        return Suspend(given["first_day"], Half(given["first_half"]), days, given["category"], given["decided_by"])


class SuspensionEndForm(RollForm):
    """A suspension cut short or taken back."""

    last_day = day("Last day of the suspension", hint="Leave it empty to take the whole suspension back")
    reason = text("Why", required=True, longest=300)


def a_year_on(today: date) -> date:
    """The day that a new check is offered to hold until."""
    return today + timedelta(days=365)
