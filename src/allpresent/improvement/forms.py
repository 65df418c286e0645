"""Forms of improvement: shape only. What may be is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from allpresent.core.improvement import Measure
from allpresent.improvement.actions import Owner
from allpresent.improvement.actions.targets import TARGETED
from allpresent.improvement.models import AimReview, GoalEnd, StepChange
from allpresent.improvement.queries import Member
from allpresent.leave.forms import KeyedForm
from allpresent.people.forms import choice, day, text
from allpresent.people.forms import words as paragraph

Choices = Iterable[tuple[str, str]]
NOBODY_NAMED = "Governors read this: name no child"


def percentage(label: str, hint: str = "") -> forms.DecimalField:
    messages = {"invalid": f"{label}: give a number, such as 96.5", "max_decimal_places": "Give one decimal at most."}
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=4, decimal_places=1, help_text=hint, error_messages=messages
    )


def radios(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages={"required": f"Choose: {label}"}
    )


class SeenForm(KeyedForm):
    """A form over something that colleagues write too. `seen`: how much of it was on the page."""

    seen = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)


class OwnedForm(KeyedForm):
    """A form that gives something to a member of staff."""

    owner = choice("Who answers for it", (), required=True)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.user_id): member for member in members}
        self.fields["owner"].choices = [("", ""), *owners(members)]

    def chosen_owner(self) -> Owner | None:
        member = self.members.get(self.cleaned_data["owner"])
        return Owner(member.user_id, member.name, member.position) if member else None


def owners(members: Iterable[Member]) -> list[tuple[str, str]]:
    return [(str(member.user_id), f"{member.name}, {member.position}") for member in members]


class TargetForm(KeyedForm):
    """A percentage that is aimed at."""

    measure = radios("Of what", [(measure.value, measure.value.capitalize()) for measure in TARGETED])
    year_group = choice("For whom", ())
    percent = percentage("At least this many percent", "Such as 96.5")
    first = day("From", required=True)
    last = day("Until", required=True)

    def __init__(self, *args: Any, years: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year_group"].choices = [("", "Everyone"), *years]
        self.fields["year_group"].asked = True


class WhyForm(KeyedForm):
    """Why something is taken back or struck out."""

    why = text("Why", required=True, longest=300)


class GoalForm(OwnedForm):
    """A goal: of whom, in what, from where, to where, by when."""

    title = text("The goal in a few words", required=True, longest=200, hint="Such as: Year 4 are here on Mondays too")
    why = paragraph("Why this, and why now", required=True, hint=NOBODY_NAMED)
    cohort = choice("Of whom", (), required=True)
    and_cohort = choice("Who are also", ())
    measure = radios("Counted in", [(measure.value, measure.value.capitalize()) for measure in Measure])
    since = day("Where it stands is counted since", required=True)
    percent = percentage("Where it should be, in percent", "At least, or at most where it is absence")
    first = day("Progress is counted from", required=True)
    last = day("By when", required=True)
    set_by = radios("Who sets it", ())

    field_order = [
        "title", "why", "cohort", "and_cohort", "measure", "since", "percent", "first", "last", "set_by", "owner"
    ]  # fmt: skip

    def __init__(self, *args: Any, cohorts: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohorts = list(cohorts)
        self.fields["cohort"].choices = [("everyone", "Everyone"), *cohorts]
        self.fields["and_cohort"].choices = [("", ""), *cohorts]
        self.fields["set_by"].choices = list(bodies)

    @property
    def only(self) -> dict[str, str]:
        """The pupils chosen, as {dimension: value}."""
        chosen = (self.cleaned_data["cohort"], self.cleaned_data["and_cohort"])
        return dict(pair.split("=", 1) for pair in chosen if "=" in pair)


class EndGoalForm(KeyedForm):
    """How a goal ended."""

    outcome = radios("How it ends", GoalEnd.Outcome.choices)
    why = paragraph("The reason, and what was learned", required=True, hint=NOBODY_NAMED)


class AimForm(KeyedForm):
    """An aim of the plan."""

    words = text("The aim", required=True, longest=300, hint="What will be different when it is reached")
    why = paragraph("Why", required=True, hint=NOBODY_NAMED)
    goal = choice("The goal it serves", ())
    review_on = day("Looked at again on", required=True)

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [("", "None of them"), *goals]


class ReviewForm(SeenForm):
    """A review of an aim."""

    says = paragraph("What came of it", required=True, hint=NOBODY_NAMED)
    outcome = radios("How it goes on", AimReview.Outcome.choices)
    next_on = day("Looked at again on", hint="Where it goes on")


class StepForm(OwnedForm):
    """Something to do, by whom and when."""

    words = text("What is to be done", required=True, longest=500, hint=NOBODY_NAMED)
    due = day("By when", required=True)

    field_order = ["words", "owner", "due"]


class ChangeForm(SeenForm):
    """What became of a step."""

    kind = radios("What became of it", StepChange.Kind.choices)
    says = paragraph("What was done, or why not", required=True, hint=NOBODY_NAMED)
    due = day("Another day", hint="Where it needs one")
    owner = choice("Somebody else", (), hint="Where it is handed on")

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.user_id): member for member in members}
        self.fields["owner"].choices = [("", ""), *owners(members)]

    def chosen_owner(self) -> Owner | None:
        member = self.members.get(self.cleaned_data["owner"])
        return Owner(member.user_id, member.name, member.position) if member else None


class TrainingForm(KeyedForm):
    """Training that was held."""

    title = text("What it was", required=True, longest=200, hint="Such as: staff day, register law with the authority")
    on_day = day("Held on", required=True)
    topics = forms.MultipleChoiceField(
        label="On these topics of the policy", widget=forms.CheckboxSelectMultiple, required=False
    )
    staff = forms.MultipleChoiceField(label="Who was there", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, topics: Choices, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.user_id): member for member in members}
        self.fields["topics"].choices = list(topics)
        self.fields["staff"].choices = owners(members)

    def present(self) -> list[Owner]:
        found = (self.members[key] for key in self.cleaned_data["staff"])
        return [Owner(member.user_id, member.name, member.position) for member in found]


class EvaluationForm(SeenForm):
    """The paragraph for the committee."""

    words = paragraph("Attendance, in the school's own words", required=True, longest=6000, hint=NOBODY_NAMED)
