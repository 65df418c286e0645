"""Forms of the parents' pages: shape only, in a parent's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.core.settle.reasons import Reason
from allpresent.parents.family import Child
from allpresent.parents.telling import IN_PARENTS_WORDS, Told
from allpresent.people.forms import RollForm, choice, words
from allpresent.people.forms import day as day_of

_TIMES = ("%H:%M", "%H.%M", "%H%M")
_ABOUT = [
    (Notice.About.ABSENCE, "Not coming in"),
    (Notice.About.LATENESS, "Coming in late"),
    (Notice.About.APPOINTMENT, "Going to an appointment"),
]
_NEEDED = {
    "children": "Choose whom it is about",
    "about": "Choose what you are telling us",
    "reason": "Choose why",
    "day": "Give the day",
    "half": "Choose morning or afternoon",
}


class TellForm(RollForm):
    """Who, what, why; until when. A folded part asks for another day. `children`: those still on a register."""

    children = forms.TypedMultipleChoiceField(label="Who is it about?", coerce=int, widget=forms.CheckboxSelectMultiple)
    about = forms.ChoiceField(label="What are you telling us?", choices=_ABOUT, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label="Why?", choices=list(IN_PARENTS_WORDS.items()), required=False, widget=forms.RadioSelect
    )
    appointment_at = forms.TimeField(
        label="Time of the appointment",
        required=False,
        help_text="Only for an appointment, such as 10:30",
        input_formats=_TIMES,
        error_messages={"invalid": "Give the time as 10:30"},
    )
    says = words("Anything the school should know", longest=300)
    expected_back = day_of("Back in school on", hint="If you do not know yet, leave it empty and tell us each morning")
    day = day_of("First day", required=True)
    half = choice("From the", [(half.value, half.word) for half in Half], required=True)

    also = ("day", "half")

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].choices = [(child.id, child.called) for child in children]
        self.fields["reason"].asked = True
        self.fields["appointment_at"].asked = True
        for name, says in _NEEDED.items():
            self.fields[name].error_messages["required"] = says
        if len(children) == 1:
            del self.fields["children"]
        self.all_children = tuple(children)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        about, reason = given.get("about"), given.get("reason")
        if about == Notice.About.APPOINTMENT and not reason:
            given["reason"] = reason = Reason.APPOINTMENT.value
        if not reason and "reason" not in self.errors:
            self.add_error("reason", _NEEDED["reason"])
        if not given.get("says") and "says" not in self.errors and (wanted := _wanted(about, reason)):
            self.add_error("says", wanted)
        return given

    @property
    def chosen(self) -> tuple[Child, ...]:
        ids = self.cleaned_data.get("children", [child.id for child in self.all_children])
        return tuple(child for child in self.all_children if child.id in ids)

    @property
    def told(self) -> Told:
        """What a valid form holds."""
        given = self.cleaned_data
        return Told(
            about=given["about"],
            day=given["day"],
            half=Half(given["half"]),
            reason=Reason(given["reason"]),
            says=given["says"],
            expected_back=given["expected_back"],
            appointment_at=given["appointment_at"],
        )

    @property
    def asks_more(self) -> bool:
        """Whether something is wrong with what is folded away."""
        return any(self.errors.get(name) for name in self.also)


def _wanted(about: str | None, reason: str | None) -> str:
    if reason == Reason.OTHER:
        return "Say in a few words what it is, such as: moving house"
    if reason == Reason.APPOINTMENT and about == Notice.About.ABSENCE:
        return "Say what the appointment is and why it takes the day, such as: hospital in Bristol"
    return ""


def as_today(day: date) -> dict[str, object]:
    """What the form begins with: not coming in, from this morning."""
    return {"about": Notice.About.ABSENCE, "day": day, "half": Half.AM.value}
