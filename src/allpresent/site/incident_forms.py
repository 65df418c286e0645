"""The form of one call about a pupil who left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allpresent.core.onsite import Step
from allpresent.core.response import Person, Result
from allpresent.people.forms import choice, text
from allpresent.site.forms import GateForm, clock_field

OTHER = "other"
_OF_A_CALL = (Result.TOLD, Result.NO_ANSWER, Result.LEFT_MESSAGE, Result.WRONG_NUMBER, Result.SENT)
_WORDS = {
    Result.TOLD: "Told",
    Result.NO_ANSWER: "No answer",
    Result.LEFT_MESSAGE: "Left a message",
    Result.WRONG_NUMBER: "Wrong number",
    Result.SENT: "Sent a message",
    Result.DECIDED: "Decided not to, for now",
    Result.SKIPPED: "Left out",
}


class CallForm(GateForm):
    """Whom, what came of it, and when. Leaving a step out, or deciding against it, needs words."""

    person = choice("Whom", ())
    name = text("Name of somebody else", longest=200)
    result = choice("What came of it", ())
    says = text("In a few words", longest=300)
    tried_time = clock_field("At")

    def __init__(self, *args: Any, people: Sequence[Person], step: Step, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.ref: person for person in people}
        self.step = step
        self.fields["person"].choices = [*((ref, names[ref]) for ref in self.people), (OTHER, "Somebody else")]
        results = (*_OF_A_CALL, Result.DECIDED if step.is_decision else Result.SKIPPED)
        self.fields["result"].choices = [("", "Choose"), *((result.value, _WORDS[result]) for result in results)]
        self.fields["person"].asked = self.fields["name"].asked = True
        self.fields["result"].required = True
        self.fields["result"].error_messages["required"] = "Choose what came of it"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        wants_name = given.get("result") not in (Result.SKIPPED, Result.DECIDED)
        if wants_name and given.get("person") in ("", OTHER) and not given.get("name"):
            self.add_error("name", "Give the name of whoever was called")
        return given

    @property
    def called(self) -> Person:
        """Whoever was called, as a valid form says."""
        given = self.cleaned_data
        return self.people.get(given["person"]) or Person("", self.step.party, given["name"])

    @property
    def contact_id(self) -> int | None:
        kind, _, number = self.called.ref.partition(":")
        return int(number) if kind == "contact" else None

    def channel(self, step: Step) -> str:
        """The way the policy names first; nothing is assumed where it names none."""
        return step.channels[0].value if step.channels else ""
