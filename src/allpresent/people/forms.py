"""Forms of the roll: shape only. What may be done is for the actions to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django import forms

from allpresent.core.calendar.sessions import Half
from allpresent.core.roll.expected import WeekdayHalf, halves_text, parse_halves
from allpresent.people.facts import FACTS
from allpresent.people.models import Characteristic, Enrolment, Placement, Professional, Pupil
from allpresent.schools.forms import OF_OUR_TIME
from allpresent.schools.models import Group
from allpresent.shared.problems import Refused

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y")
"""Days as they are typed: day before month, always."""

YEAR_GROUPS = ("", "N1", "N2", "R", *map(str, range(1, 15)))
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HALVES = [
    (halves_text([(weekday, half)]), f"{name} {half.word}") for weekday, name in enumerate(_WEEKDAYS) for half in Half
]


def text(label: str, *, required: bool = False, longest: int = 100, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=longest, help_text=hint)


def words(label: str, *, required: bool = False, longest: int = 1000, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=longest, help_text=hint, widget=forms.Textarea(attrs={"rows": 3})
    )


def day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=required, help_text=hint, widget=widget, input_formats=DAYS, validators=OF_OUR_TIME
    )


def choice(
    label: str, choices: Iterable[tuple[str, str]], *, required: bool = False, hint: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=hint)


def tick(label: str, *, hint: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def reason() -> forms.CharField:
    return text("Reason", required=True, longest=300, hint="It stays beside the change, with your name and position.")


class RollForm(forms.Form):
    """A form whose refusals come from an action."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Give this: {field.label}"
            if isinstance(field, forms.DateField):
                field.error_messages["invalid"] = f"{field.label}: give a day, such as 15/09/2026"

    def refuse(self, refusal: Refused) -> None:
        """Put each problem beside its field, or above the form."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class _Groups(forms.ModelChoiceField):
    def __init__(self, label: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__(Group.objects.none(), label=label, required=required, help_text=hint, empty_label="")


class StartForm(RollForm):
    """When and where a pupil begins."""

    expected_on = day("Day agreed or notified", hint="The name goes in on this day, whether the pupil comes or not.")
    first_attended = day("First day the pupil came", hint="Only if it was earlier, or if no day was agreed.")
    group = _Groups("Group")
    standing = choice("Registered at", Enrolment.Standing.choices, required=True)

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class AdmissionForm(StartForm):
    """A new pupil's particulars."""

    surname = text(FACTS["surname"], required=True)
    forename = text(FACTS["forename"], required=True)
    middle_names = text(FACTS["middle_names"])
    known_as = text(FACTS["known_as"], hint="If registers should call the pupil something else")
    sex = choice(FACTS["sex"], [("", ""), *Pupil.Sex.choices])
    born = day(FACTS["born"], required=True)
    year_group = choice(FACTS["year_group"], [(year, year) for year in YEAR_GROUPS])
    upn = text(FACTS["upn"], longest=20, hint="13 characters, such as A123456789012")
    admission_number = text(FACTS["admission_number"], longest=20)
    address = words(FACTS["address"])
    last_school = text(FACTS["last_school"], longest=200)

    PARTICULARS = tuple(fact for fact in FACTS if fact not in ("begins", "standing"))
    field_order = [*PARTICULARS, "expected_on", "first_attended", "group", "standing"]


class AmendForm(RollForm):
    """Facts of the admission register. What was on the page when it was drawn comes back beside each, hidden."""

    surname = text(FACTS["surname"], required=True)
    forename = text(FACTS["forename"], required=True)
    middle_names = text(FACTS["middle_names"])
    known_as = text(FACTS["known_as"])
    sex = choice(FACTS["sex"], [("", ""), *Pupil.Sex.choices])
    born = day(FACTS["born"], required=True)
    year_group = choice(FACTS["year_group"], [(year, year) for year in YEAR_GROUPS])
    upn = text(FACTS["upn"], longest=20)
    admission_number = text(FACTS["admission_number"], longest=20)
    address = words(FACTS["address"])
    last_school = text(FACTS["last_school"], longest=200)
    begins = day(FACTS["begins"], required=True)
    standing = choice(FACTS["standing"], Enrolment.Standing.choices, required=True)
    reason = reason()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "reason"

    def seen(self, fact: str) -> object:
        """A fact as the page showed it."""
        bound = self[fact]
        field = self.fields[fact]
        sent = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        return field.to_python(sent)


class GroupForm(RollForm):
    group = _Groups("New group", required=True)
    begins = day("From", required=True, hint="Earlier registers stay as they were taken.")

    def __init__(self, *args, groups, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class SessionsForm(RollForm):
    """The halves of the week on which a pupil is expected."""

    halves = forms.MultipleChoiceField(
        label="Sessions of the week",
        choices=HALVES,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "halves"}),
        required=False,
    )
    begins = day("From", required=True, hint="What was expected on earlier days stays as it was.")
    ends = day("Until", hint="Leave blank if no end is set.")

    def clean_halves(self) -> frozenset[WeekdayHalf]:
        return parse_halves(",".join(self.cleaned_data["halves"]))


class ContactForm(RollForm):
    """An adult, and how they stand to the child."""

    restriction = text(
        "Restriction", longest=300, hint="Such as: must not collect, by court order of 3 March 2026. It is shown first."
    )
    name = text("Name", required=True, longest=200)
    relation = text(
        "Relation to the pupil", required=True, longest=60, hint="Mother, father, grandmother, foster carer"
    )
    is_parent = tick("A parent", hint="By birth, by parental responsibility or by daily care")
    parental_responsibility = tick("Has parental responsibility")
    lives_with = tick("The pupil normally lives with them")
    may_collect = tick("May collect the pupil")
    calling_order = forms.IntegerField(
        label="Place in the calling order", required=False, min_value=1, max_value=99, help_text="1 is rung first."
    )
    mobile = text("Mobile", longest=30)
    home_phone = text("Home telephone", longest=30)
    work_phone = text("Work telephone", longest=30)
    email = forms.EmailField(label="E-mail", required=False)
    address = words("Address", hint="If it is not the pupil's own")
    reason = reason()

    ADULT = ("name", "address", "email", "mobile", "home_phone", "work_phone")
    LINK = (
        "relation", "is_parent", "parental_responsibility", "lives_with", "calling_order", "may_collect", "restriction",
    )  # fmt: skip


class ReasonForm(RollForm):
    reason = reason()


class CharacteristicForm(RollForm):
    kind = choice("Characteristic", [], required=True)
    begins = day("From", required=True)
    ends = day("Until")

    def __init__(self, *args, restricted: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            kind for kind in Characteristic.Kind.choices if restricted or kind[0] not in Characteristic.RESTRICTED
        ]


class ProfessionalForm(RollForm):
    kind = choice("Role", Professional.Kind.choices, required=True)
    name = text("Name", required=True, longest=200)
    phone = text("Telephone", longest=30)
    email = forms.EmailField(label="E-mail", required=False)
    begins = day("From", required=True)
    ends = day("Until")


class PlacementForm(RollForm):
    kind = choice("Commissioned by", Placement.Kind.choices, required=True)
    commissioner = text("Name of the school or authority", required=True, longest=200)
    contact_name = text("Whom to tell there", longest=200)
    phone = text("Telephone", longest=30)
    email = forms.EmailField(label="E-mail", required=False)
    begins = day("From", required=True)
    ends = day("Until")


class EndForm(RollForm):
    ends = day("Last day", required=True)


def given(form: forms.Form, names: Collection[str]) -> dict[str, object]:
    """Some of a valid form's answers, by name."""
    return {name: form.cleaned_data[name] for name in names}
