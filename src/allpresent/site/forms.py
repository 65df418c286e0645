"""The forms of the gate: shape only. What can be is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.onsite import Confirmation, Voice
from allpresent.people.forms import RollForm, choice, text, tick
from allpresent.people.forms import day as day_of
from allpresent.people.queries.record import Adult
from allpresent.shared.words import clock_time
from allpresent.site.actions import Companion, Ended, GoingOut, Gone
from allpresent.site.models import Crossing
from allpresent.site.who_decides import Deciders

OTHER, ALONE = "other", "alone"
_TIMES = ("%H:%M", "%H.%M", "%H%M")
_NEEDED = {
    "who": "Choose who is collecting, or that nobody is",
    "why": "Choose why they are leaving",
    "noticed_by": "Give the name of whoever noticed",
    "ended": "Choose whether they are back here",
}


def clock_field(label: str, *, required: bool = True, hint: str = "") -> forms.TimeField:
    wrong = {"invalid": f"{label}: give a time, such as 11:40"}
    return forms.TimeField(label=label, required=required, help_text=hint, input_formats=_TIMES, error_messages=wrong)


def radios(label: str, choices: Iterable[tuple[str, str]] = (), *, inline: bool = False) -> forms.ChoiceField:
    classes = {"class": "govuk-radios--inline"} if inline else {}
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect(attrs=classes))


class GateForm(RollForm):
    """A form about one day, whose times are London times of that day."""

    asked: tuple[str, ...] = ()
    """Asked where the answer above them asks for it; the page shows them then."""

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        for name in self.asked:
            self.fields[name].asked = True
        for name, says in _NEEDED.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = says

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name, value in tuple(given.items()):
            if isinstance(value, time):
                self._check_time(name, value)
        return given

    def _check_time(self, name: str, value: time) -> None:
        try:
            london_instant(self.day, value)
        except ValueError as error:
            self.add_error(name, str(error))

    def instant(self, name: str) -> datetime | None:
        """A time given, as an instant of the day."""
        value = self.cleaned_data[name]
        return london_instant(self.day, value) if value else None


class SignOutForm(GateForm):
    """With whom, why, when. What an answer does not ask for is put away by the page."""

    who = radios("Leaving with")
    name = text("Their name", longest=200)
    relation = text("Who they are", longest=60, hint="Such as: aunt, neighbour, driver")
    confirmed = choice("Who confirmed that the child may go", ())
    how = text("How it was confirmed", longest=300, hint="Such as: rang the number we hold; photo card seen")
    why = radios("Why", Crossing.Why.choices)
    says = text("In a few words", longest=300, hint="Such as: dentist")
    agreed_by = choice("Who agreed that the child goes home", ())
    at = clock_field("Leaving at")
    expected_back = clock_field("Back about", required=False, hint="Blank if not today")
    back_on = day_of("Day they are expected back", hint="If whoever collects said one. It is kept as their message.")
    afternoon = tick("Enter this afternoon ahead")
    told = text("Who told the school beforehand, and what was seen", longest=200)

    asked = ("name", "relation", "confirmed", "how", "agreed_by", "told")

    def __init__(self, *args: Any, contacts: Iterable[Adult], who_may: Deciders, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [adult for adult in contacts if not adult.restriction]
        self.adults = {_value(adult): adult for adult in sorted(free, key=lambda adult: not adult.may_collect)}
        parents = [_parent(adult) for adult in free if adult.is_parent]
        self.parents, self.staff = dict(parents), dict(who_may.confirm)
        self.fields["who"].choices = [*self._adults(), (OTHER, "Someone else"), (ALONE, "Nobody: they leave alone")]
        self.fields["confirmed"].choices = [("", "Nobody yet"), *parents, *who_may.confirm]
        self.fields["agreed_by"].choices = [("", ""), *((says, says) for _, says in who_may.agree)]

    def _adults(self) -> Iterator[tuple[str, str]]:
        for value, adult in self.adults.items():
            listed = "listed to collect" if adult.may_collect else "not listed to collect"
            yield value, f"{adult.name}, {adult.relation.lower()} ({listed})"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") == OTHER and not given.get("name"):
            self.add_error("name", "Give the name of whoever is collecting")
        return given

    @property
    def out(self) -> GoingOut:
        """What a valid form holds."""
        given = self.cleaned_data
        at = self.instant("at")
        assert at is not None  # a time that is required
        ill = given["why"] == Crossing.Why.ILL
        return GoingOut(
            at=at, why=given["why"], companion=self._companion(), confirmation=self._confirmation(),
            agreed_by=given["agreed_by"], says=given["says"], expected_back_at=self.instant("expected_back"),
            afternoon=given["afternoon"], told=given["told"], back_on=given["back_on"] if ill else None,
        )  # fmt: skip

    def _companion(self) -> Companion | None:
        given = self.cleaned_data
        if given["who"] == ALONE:
            return None
        if given["who"] == OTHER:
            return Companion(None, given["name"], given["relation"])
        return Companion(self.adults[given["who"]].id)

    def _confirmation(self) -> Confirmation | None:
        ref, how = self.cleaned_data["confirmed"], self.cleaned_data["how"]
        if ref in self.parents:
            return Confirmation(Voice.PARENT, self.parents[ref], how)
        return Confirmation(Voice.STAFF, self.staff[ref], how) if ref in self.staff else None


def _parent(adult: Adult) -> tuple[str, str]:
    return f"parent-{adult.id}", f"{adult.name}, {adult.relation.lower()}"


def _value(adult: Adult) -> str:
    return f"{'listed' if adult.may_collect else 'known'}-{adult.id}"


class SignInForm(GateForm):
    at = clock_field("Back at")
    says = text("In a few words", longest=300)


class LeftForm(GateForm):
    """A pupil who left without permission."""

    at = clock_field("When they left", hint="Or when somebody noticed that they had gone")
    seen = clock_field("Last seen here at")
    noticed_by = text("Who noticed", required=True, longest=200)
    says = text("What is known", longest=300, hint="Where they were seen, which way they went, what they were wearing")

    @property
    def gone(self) -> Gone:
        at, seen = self.instant("at"), self.instant("seen")
        assert at is not None  # times that are required
        assert seen is not None
        return Gone(at, seen, self.cleaned_data["noticed_by"], self.cleaned_data["says"])


class EndForm(GateForm):
    """How the story of a missing pupil ended."""

    ended = radios("Where are they now?", (("back", "Back here"), ("found", "Found elsewhere, and safe")))
    found_day = day_of("Day", required=True)
    at = clock_field("Time")
    says = text("How, and with whom they are", required=True, longest=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("ended") == "back" and given.get("found_day") not in (None, self.day):
            self.add_error("ended", "On a later day they were found: choose Found, and take the register as usual.")
        if given.get("found_day") and given.get("at"):
            self.day = given["found_day"]
            self._check_time("at", given["at"])
        return given

    @property
    def outcome(self) -> Ended:
        at = self.instant("at")
        assert at is not None  # a time that is required
        return Ended(at, self.cleaned_data["ended"] == "back", self.cleaned_data["says"])


class CorrectForm(GateForm):
    """Another time, or nothing at all: with a reason."""

    happened = radios("What is wrong", (("yes", "The time"), ("no", "It did not happen")))
    at = clock_field("The right time", required=False)
    reason = text("Reason", required=True, longest=300, hint="It stays beside it, with your name and position.")

    asked = ("at",)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("happened") == "yes" and not given.get("at") and "at" not in self.errors:
            self.add_error("at", "Give the time when it happened")
        return given

    @property
    def moment(self) -> datetime | None:
        """The right time; None where it did not happen."""
        return self.instant("at") if self.cleaned_data["happened"] == "yes" else None


def now_words(now: datetime) -> dict[str, object]:
    """What a form about now begins with."""
    return {"at": clock_time(now)}
