"""Forms of settling: shape only. What may be decided is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.settle.evidence import Ask
from allpresent.people.forms import RollForm, choice, text, words
from allpresent.people.forms import day as day_of
from allpresent.registers.mark_pages import NamedReason
from allpresent.settling.actions import How
from allpresent.settling.models import ParentTold

_ONCE = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)


def one_press() -> str:
    """The number under which a form is kept once, however often it is sent."""
    return uuid4().hex


class ActForm(RollForm):
    """A form that is kept once. `key` is its number; one that cannot be read is made anew."""

    key = _ONCE

    @property
    def number(self) -> str:
        return self.cleaned_data.get("key") or one_press()


class SettleForm(ActForm):
    """The code decided for some sessions of one absence. A session is written '2026-09-15 AM 1': day, half, version."""

    place = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    notice = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    sessions = forms.MultipleChoiceField(label="Sessions", widget=forms.CheckboxSelectMultiple)
    named = forms.CharField(max_length=20, required=False)
    code = forms.CharField(max_length=3, required=False)
    detail = text("Detail", longest=300)
    seen = text("What was seen", longest=300)
    reason = text("Why", longest=300)

    def __init__(self, data: Any, *, open_sessions: Iterable[str], reasons: Iterable[NamedReason]) -> None:
        super().__init__(data)
        self.fields["sessions"].choices = [(value, value) for value in open_sessions]
        self.fields["sessions"].error_messages = {
            "required": "Choose the sessions that this settles",
            "invalid_choice": "One of these sessions was settled or changed meanwhile. Look at it again.",
        }
        self.reasons = {reason.value: reason for reason in reasons}

    def clean(self) -> dict[str, Any]:
        """A reason that the policy names brings its code, and says itself where nothing else is said."""
        given = super().clean()
        named = self.reasons.get(given.get("named", ""))
        if named and given.get("code") not in ("", named.code):
            self.add_error("code", f"{named.words} goes with {named.code}. Choose one or the other.")
        elif named:
            given |= {"code": named.code, "reason": given.get("reason") or named.reason}
        elif not given.get("code"):
            self.add_error("code", "Choose a code, or a reason that the policy names")
        return given

    @property
    def versions(self) -> dict[Session, int]:
        """The sessions chosen, with the versions that were on screen."""
        return dict(map(read_session, self.cleaned_data["sessions"]))


def write_session(session: Session, version: int) -> str:
    return f"{session.day} {session.half} {version}"


def read_session(written: str) -> tuple[Session, int]:
    day, half, version = written.split()
    return Session(forms.DateField().to_python(day), Half(half)), int(version)


class _TellingForm(ActForm):
    """How the parent is told: by a message, or somebody spoke to them."""

    how = forms.ChoiceField(label="How the parent is told", widget=forms.RadioSelect)
    to = text("Name of the parent you spoke to", longest=200, hint="Leave empty for a message")

    def __init__(self, *args: Any, writable: Iterable[str], nobody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ", ".join(writable)
        how = ParentTold.How
        offered = [(how.MESSAGE.value, f"Send a message to {names}")] if names else []
        offered += [(how.TELEPHONE.value, "I told them by telephone"), (how.IN_PERSON.value, "I told them in person")]
        offered += [(how.NOBODY.value, "No parent can be told")] if nobody else []
        self.fields["how"].choices = offered
        self.fields["how"].initial = offered[0][0]
        self.fields["to"].asked = True

    @property
    def telling(self) -> How:
        given = self.cleaned_data
        return How(given["how"], given["to"], given.get("spoke", ""))


class TellForm(_TellingForm):
    """Telling a parent that an absence will not be authorised."""

    notice = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    why = words("Why it will not be authorised", required=True, longest=300, hint="The parent reads this.")
    spoke = text("What was said", longest=300)
    field_order = ("why", "how", "to", "spoke")


class AskForm(_TellingForm):
    """Asking for evidence of one absence."""

    why = choice("Ground", (), required=True)
    says = words("Why, in a few words", required=True, longest=300, hint="The parent reads this.")
    until = day_of("To be given by", required=True)
    field_order = ("why", "says", "until", "how", "to")

    def __init__(self, *args: Any, grounds: Iterable[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = [(ask.why.value, ask.says[:1].upper() + ask.says[1:]) for ask in grounds]


class FlagForm(_TellingForm):
    """Evidence is needed from a day on."""

    says = words("Why, in a few words", required=True, longest=300, hint="The parent reads this.")
    begins = day_of("From", required=True)
    ends = day_of("Until", hint="Leave empty where no end is set")
    field_order = ("says", "begins", "ends", "how", "to")


class EndForm(ActForm):
    """Ending what runs."""

    ends = day_of("Last day", required=True)
    says = text("Why", required=True, longest=300)


class AgreeForm(ActForm):
    """No daily word is needed until a day."""

    agreed_with = text("Agreed with", required=True, longest=200, hint="The name of the parent")
    begins = day_of("From", required=True)
    until = day_of("Until, this day included", required=True)
    says = text("What was agreed", longest=300)
