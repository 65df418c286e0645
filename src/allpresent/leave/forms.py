"""Forms of leave: shape only. What may be is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Answer, Outcome, Span
from allpresent.core.leave.grounds import GroundRule, Offer
from allpresent.core.leave.part_time import Agreement
from allpresent.core.roll.expected import parse_halves
from allpresent.leave.actions import Agreed, Asked
from allpresent.leave.models import Request
from allpresent.leave.weighing import THE_PUPIL
from allpresent.people.forms import DAYS, HALVES, RollForm, choice, day, text, words
from allpresent.people.queries.record import Adult

OTHER, PUPIL = "other", "pupil"
_HALVES = [(half.value, half.word.capitalize()) for half in Half]
_OUTCOMES = [
    (Outcome.GRANTED.value, "Granted in full"),
    (Outcome.SHORTER.value, "Granted for fewer days"),
    (Outcome.REFUSED.value, "Not granted"),
]


def _radios(label: str, choices: Iterable[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, help_text=hint)


class KeyedForm(RollForm):
    """A form that is kept once, however often it is sent."""

    key = forms.CharField(max_length=32, min_length=32, widget=forms.HiddenInput, initial=lambda: uuid4().hex)


class AskForm(KeyedForm):
    """Who asks for leave, on which ground, from when to when, and why."""

    who = _radios("Who asks", ())
    told_by = text("Name of someone else", longest=200)
    relation = text("Who they are", longest=60, hint="Such as: grandmother")
    ground = _radios("What for", ())
    first = day("First day", required=True)
    first_half = choice("From the", _HALVES, required=True)
    last = day("Last day", required=True)
    last_half = choice("To the end of the", _HALVES, required=True)
    why = words("Why", required=True, hint="In their words")
    channel = choice("How it was asked", Request.Channel.choices[:-1], required=True)
    asked_on = day("Day it was asked", required=True)

    def __init__(self, *args: Any, contacts: Iterable[Adult], offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(adult.id): adult for adult in contacts}
        adults = [(key, _adult(adult)) for key, adult in self.contacts.items()]
        self.fields["who"].choices = [*adults, (PUPIL, "The pupil"), (OTHER, "Someone else")]
        self.fields["who"].error_messages["required"] = "Choose who asks"
        self.fields["ground"].choices = [(offer.rule.id, offer.rule.name) for offer in offers]
        self.fields["ground"].error_messages["required"] = "Choose what the leave is for"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("who") == OTHER and not given.get("told_by"):
            self.add_error("told_by", "Give the name of whoever asks")
        return given

    def asked(self, pupil_name: str, now: datetime) -> Asked:
        """What a valid form holds. Asked today is asked now; on an earlier day, at noon."""
        given = self.cleaned_data
        adult = self.contacts.get(given["who"])
        other = (pupil_name, THE_PUPIL) if given["who"] == PUPIL else (given["told_by"], given["relation"])
        told_by, relation = (adult.name, adult.relation) if adult else other
        return Asked(
            ground=given["ground"], first=Session(given["first"], Half(given["first_half"])),
            last=Session(given["last"], Half(given["last_half"])), why=given["why"], told_by=told_by,
            relation=relation, contact_id=adult.id if adult else None, channel=given["channel"],
            asked_at=now if given["asked_on"] == wall_clock(now)[0] else london_instant(given["asked_on"], time(12)),
        )  # fmt: skip


def _adult(adult: Adult) -> str:
    home = [] if adult.lives_with else ["the child does not normally live with them"]
    stop = ["has a restriction"] if adult.restriction else []
    return ", ".join([adult.name, adult.relation.lower(), *home, *stop])


class ConsultForm(KeyedForm):
    """What somebody said when asked about a request."""

    party = choice("Who was asked", (), required=True)
    whom = text("Name", required=True, longest=200)
    on_day = day("When", required=True)
    says = words("What they said", required=True)

    def __init__(self, *args: Any, parties: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = list(parties)


class CheckForm(KeyedForm):
    """The safeguarding check: restricted."""

    finding = _radios("What was found", [(finding.value, finding.value.capitalize()) for finding in Finding])
    says = words("Note", hint="Seen only by those who may see restricted facts")


class WithdrawForm(KeyedForm):
    """A request taken back."""

    told_by = text("Who took it back", required=True, longest=200)
    why = text("Why", longest=300)


class DecideForm(KeyedForm):
    """The decision: what, for which days, why, and the answers that the ground asks for."""

    outcome = _radios("Decision", _OUTCOMES)
    given_first = day("First day given")
    given_first_half = choice("From the", _HALVES, required=True)
    given_last = day("Last day given")
    given_last_half = choice("To the end of the", _HALVES, required=True)
    reasons = words("Reasons", required=True, hint="The letter gives them where leave is not given in full")

    days = ("given_first", "given_first_half", "given_last", "given_last_half")

    def __init__(self, *args: Any, rule: GroundRule, asked: Span, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.asked = rule, asked
        self.fields["outcome"].error_messages["required"] = "Choose what is decided"
        for question in rule.questions:
            field = text(question.words, longest=150, hint=f"Needed to give leave: {question.source}")
            field.asked = True
            self.fields[question.key] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("outcome") == Outcome.SHORTER:
            for name in ("given_first", "given_last"):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, f"Give this: {self.fields[name].label}")
        return given

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.rule.questions)

    @property
    def answer(self) -> Answer:
        """What a valid form holds. In full is what was asked for, whatever the boxes of days hold."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        return Answer(outcome, self._given(outcome), given["reasons"], {key: given[key] for key in self.questions})

    def _given(self, outcome: Outcome) -> Span | None:
        given = self.cleaned_data
        if outcome is not Outcome.SHORTER:
            return self.asked if outcome is Outcome.GRANTED else None
        first = Session(given["given_first"], Half(given["given_first_half"]))
        return Span(first, Session(given["given_last"], Half(given["given_last_half"])))


def as_asked(asked: Span) -> dict[str, object]:
    """What the days of a decision begin with: those asked for."""
    return {
        "given_first": asked.first.day,
        "given_first_half": asked.first.half.value,
        "given_last": asked.last.day,
        "given_last_half": asked.last.half.value,
    }


class PartTimeForm(KeyedForm):
    """A part-time timetable as it was agreed with a parent."""

    begins = day("First day", required=True)
    ends = day("Last day", required=True, hint="It ends by itself then")
    attends = forms.MultipleChoiceField(
        label="Sessions attended",
        choices=HALVES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "halves"}),
        required=False,
    )
    reviews = text(
        "Days of review", required=True, longest=200, hint="With commas between, such as: 02/10/2026, 16/10/2026"
    )
    reason = words("Why it is needed", required=True)
    return_plan = words("The way back to full time", required=True)
    who = _radios("Agreed with", ())
    agreed_on = day("Day the parent agreed", required=True)
    worker_told_on = day("Day the social worker was told", hint="Where the child has one")

    def __init__(self, *args: Any, parents: Iterable[Adult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {str(adult.id): adult for adult in parents}
        self.fields["who"].choices = [(key, _adult(adult)) for key, adult in self.parents.items()]
        self.fields["who"].error_messages["required"] = "Choose the parent who agreed"

    def clean_reviews(self) -> tuple:
        field = forms.DateField(input_formats=DAYS)
        try:
            return tuple(sorted({field.clean(part.strip()) for part in self.cleaned_data["reviews"].split(",")}))
        except forms.ValidationError as error:
            says = "Give each day such as 02/10/2026, with commas between"
            raise forms.ValidationError(says) from error

    @property
    def agreed(self) -> Agreed:
        """What a valid form holds."""
        given = self.cleaned_data
        adult = self.parents[given["who"]]
        halves = parse_halves(",".join(given["attends"]))
        return Agreed(
            Agreement(given["begins"], given["ends"], halves, given["reviews"]),
            reason=given["reason"],
            agreed_by=adult.name,
            relation=adult.relation,
            contact_id=adult.id,
            agreed_on=given["agreed_on"],
            worker_told_on=given["worker_told_on"],
            return_plan=given["return_plan"],
        )


class ReviewForm(KeyedForm):
    """A review that was held."""

    on_day = day("Held on", required=True)
    says = words("What came of it", required=True)


class EndPartTimeForm(KeyedForm):
    """A timetable ended before its day."""

    last_day = day("Last day of the part-time timetable", required=True)
    why = text("Why", required=True, longest=300)
