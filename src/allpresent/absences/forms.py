"""The form of a message: shape only. What can be is for the action to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from allpresent.absences.actions import Said
from allpresent.absences.lines import NoticeLine
from allpresent.absences.mailbox.guess import guess, own_words
from allpresent.absences.models import REASONS, Notice
from allpresent.absences.queries import MailLine
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half
from allpresent.core.settle.reasons import Reason
from allpresent.people.forms import RollForm, choice, text
from allpresent.people.forms import day as day_of
from allpresent.people.queries.record import Adult
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time

OTHER = "other"
_NEEDED = {"who": "Choose who told you", "reason": "Choose the reason given, or No reason given"}
_WHEN_CHOSEN = ("told_by", "relation", "appointment_at")
"""Asked where the answer above them asks for it; the page shows them then."""
_TIMES = ("%H:%M", "%H.%M", "%H%M")


def _clock(label: str, *, required: bool = False, hint: str = "") -> forms.TimeField:
    wrong = {"invalid": f"{label}: give a time, such as 8:12"}
    return forms.TimeField(label=label, required=required, help_text=hint, input_formats=_TIMES, error_messages=wrong)


def _one_of(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    beside_one_another = forms.RadioSelect(attrs={"class": "govuk-radios--inline"})
    return forms.ChoiceField(label=label, choices=list(choices), widget=beside_one_another)


class NoticeForm(RollForm):
    """Who said what, and what it is about. `also` holds what is seldom asked: it is folded away on the page."""

    who = _one_of("Who told you", ())
    told_by = text("Name of someone else", longest=200)
    relation = text("Who they are", longest=60, hint="Such as: aunt, neighbour, driver")
    about = _one_of("About", Notice.About.choices)
    reason = _one_of("The reason they give", REASONS)
    says = text("What was said", longest=300, hint="In their words, such as: stomach ache")
    expected_back = day_of("Expected back", hint="The first day here again, if they said one")
    appointment_at = _clock("Time of the appointment", hint="Such as 10:30")
    channel = choice("How", Notice.Channel.choices, required=True)
    day = day_of("First day", required=True)
    half = choice("From the", [(half.value, half.word) for half in Half], required=True)
    told_day = day_of("Day it was said", required=True)
    told_time = _clock("Time it was said", required=True)

    also = ("channel", "day", "half", "told_day", "told_time")

    def __init__(self, *args: Any, contacts: Iterable[Adult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(adult.id): adult for adult in contacts}
        for name, says in _NEEDED.items():
            self.fields[name].error_messages["required"] = says
        for name in _WHEN_CHOSEN:
            self.fields[name].asked = True
        self.fields["who"].choices = [*map(offered, self.contacts.values()), (OTHER, "Someone else")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") == OTHER and not given.get("told_by"):
            self.add_error("told_by", "Give the name of whoever told you, as they said it")
        if given.get("told_day") and given.get("told_time"):
            try:
                self.told_at = london_instant(given["told_day"], given["told_time"])
            except ValueError as error:
                self.add_error("told_time", str(error))
        return given

    @property
    def said(self) -> Said:
        """What a valid form holds."""
        given = self.cleaned_data
        adult = self.contacts.get(given["who"])
        return Said(
            about=given["about"],
            day=given["day"],
            half=Half(given["half"]),
            reason=Reason(given["reason"]),
            says=given["says"],
            channel=given["channel"],
            told_by=adult.name if adult else given["told_by"],
            relation=adult.relation if adult else given["relation"],
            told_at=self.told_at,
            expected_back=given["expected_back"],
            appointment_at=given["appointment_at"],
            contact_id=adult.id if adult else None,
        )

    @property
    def asks_more(self) -> bool:
        """Whether something is wrong with what is folded away."""
        return any(self.errors.get(name) for name in self.also)


class AsideForm(RollForm):
    """Why an e-mail asks for no message."""

    reason = text("Why", required=True, longest=300, hint="Such as: about school dinners; passed to the office by hand")


def offered(adult: Adult) -> tuple[str, str]:
    numbers = [number for _, number in adult.numbers[:1]]
    stop = ["has a restriction"] if adult.restriction else []
    return str(adult.id), ", ".join([adult.name, adult.relation.lower(), *numbers, *stop])


def as_now(now: datetime, half: Half, contacts: Iterable[Adult]) -> dict[str, object]:
    """What a new message begins with: told now by telephone by the first parent, about today from this session on."""
    wall = now.astimezone(LONDON)
    caller = next((str(adult.id) for adult in contacts if adult.is_parent and not adult.restriction), "")
    return {
        "who": caller,
        "about": Notice.About.ABSENCE,
        "channel": Notice.Channel.TELEPHONE,
        "day": wall.date(),
        "half": half.value,
        "told_day": wall.date(),
        "told_time": clock_time(now),
    }


def as_mailed(mail: MailLine, now: datetime, contacts: Iterable[Adult]) -> dict[str, object]:
    """What the message of an e-mail begins with: whoever has its address, and what its words point to."""
    received = min(mail.received_at, now)
    wall = received.astimezone(LONDON)
    words = guess(f"{mail.subject}\n{mail.text}", wall.date())
    same = (str(adult.id) for adult in contacts if adult.email.casefold() == mail.from_address)
    who = next(same, OTHER)
    return {
        "who": who,
        "told_by": mail.sender if who == OTHER else "",
        "about": Notice.About.ABSENCE,
        "reason": words.reason or "",
        "says": " ".join(own_words(mail.text).split())[:300],
        "expected_back": words.back,
        "channel": Notice.Channel.EMAIL,
        "day": wall.date(),
        "half": Half.AM.value,
        "told_day": wall.date(),
        "told_time": clock_time(received),
    }


def as_said(line: NoticeLine, contacts: Iterable[Adult]) -> dict[str, object]:
    """What a correction begins with: the message as it was kept."""
    same = (str(adult.id) for adult in contacts if (adult.name, adult.relation) == (line.told_by, line.relation))
    who = next(same, OTHER)
    named = {"told_by": line.told_by, "relation": line.relation} if who == OTHER else {}
    at = {"appointment_at": clock_time(line.appointment_at)} if line.appointment_at else {}
    kept = {
        field: getattr(line, field) for field in ("about", "reason", "says", "expected_back", "channel", "day", "half")
    }
    told = {"told_day": line.told_at.astimezone(LONDON).date(), "told_time": clock_time(line.told_at)}
    return {"who": who, **named, **at, **kept, **told}
