"""The forms of a call: shape only. What can be is for the action to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.response import Person, Result, Step
from allpresent.core.settle.reasons import Reason
from allpresent.people.forms import RollForm, choice, text
from allpresent.people.forms import day as day_of
from allpresent.people.forms import words as words_of

OTHER = "other"
REASONS = [("", ""), *((one.value, one.value.capitalize()) for one in Reason if one is not Reason.NOT_SAID)]
LOGGED = [(result.value, result.value) for result in Result if result not in {Result.DECIDED, Result.SKIPPED}]
_TIMES = ("%H:%M", "%H.%M", "%H%M")


class Reached(NamedTuple):
    """A person at one number or address, as a form offers them."""

    person: Person
    number: str

    @property
    def value(self) -> str:
        return f"{self.person.ref}|{self.number}"


def offered(people: Iterable[Person]) -> tuple[Reached, ...]:
    """Each person at each of their numbers, then at their e-mail address; one with neither by name alone."""
    return tuple(
        Reached(person, number)
        for person in people
        for number in (*person.numbers, *((person.email,) if person.email else ())) or ("",)
    )


class LogForm(RollForm):
    """Whom was tried, and what came of it. Where a reason was given, the message it makes."""

    who = choice("Who was tried", [])
    name = text("Name of someone else", longest=200)
    number = text("Number or address", longest=254)
    result = choice("What came of it", LOGGED, required=True)
    reason = choice("Reason given", REASONS)
    says = text("In a few words", longest=300)
    expected_back = day_of("Expected back", hint="The first day here again, if they said one")
    tried_time = forms.TimeField(
        label="Time of the call",
        required=False,
        input_formats=_TIMES,
        error_messages={"invalid": "Time of the call: give a time, such as 9:24"},
        help_text="Only if it was not just now",
    )

    def __init__(self, *args: Any, step: Step, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.day = step, day
        self.reached = {one.value: one for one in offered(step.people)}
        self.fields["who"].choices = [*((value, value) for value in self.reached), (OTHER, "Someone else")]
        self.fields["result"].error_messages["required"] = "Choose what came of the call"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("result") == Result.EXPLAINED and not given.get("reason"):
            self.add_error("reason", "Choose the reason that was given, or choose: reached, no reason")
        return given

    @property
    def person(self) -> tuple[str, str, int | None]:
        """Name, number or address, and how they stand to the pupil where it is one of the pupil's adults."""
        one = self.reached.get(self.cleaned_data["who"])
        if one is None:
            return self.cleaned_data["name"], self.cleaned_data["number"], None
        kind, _, number = one.person.ref.partition(":")
        return one.person.name, one.number, int(number) if kind == "contact" else None

    @property
    def relation(self) -> str:
        one = self.reached.get(self.cleaned_data["who"])
        return one.person.relation if one else ""

    def tried_at(self, now: datetime) -> datetime:
        wall = self.cleaned_data["tried_time"]
        return london_instant(self.day, wall) if wall else now


class WordsForm(RollForm):
    """A decision, or the reason why a step is left out."""

    says = words_of("In a few words", required=True, longest=300)
