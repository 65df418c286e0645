"""Forms of the staff list: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from allpresent.accounts.roles import Role
from allpresent.schools.forms import Day
from allpresent.schools.models import Group
from allpresent.shared.problems import Refused

NOW = "now"
LATER = "later"


class _Groups(forms.ModelMultipleChoiceField):
    """Groups of the school that are open."""

    def __init__(self, label: str, *, required: bool = False, hint: str = "") -> None:
        super().__init__(
            Group.objects.none(),
            label=label,
            required=required,
            help_text=hint,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one group"},
        )


class _StaffForm(forms.Form):
    """`groups`: those of the school, where the form asks for any."""

    def __init__(self, *args, groups: Iterable[Group] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = groups

    def clean(self) -> dict:
        data = super().clean()
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", "The last day is before the first. Correct one of the two.")
        return data

    def refuse(self, refusal: Refused) -> None:
        """Put each problem beside its field."""
        for problem in refusal.problems:
            self.add_error(problem.field, problem.message)


class AppointForm(_StaffForm):
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. Somebody who has an account already keeps its name and password.",
        error_messages={
            "required": "Give the e-mail address that they sign in with",
            "invalid": "Give the e-mail address in full, such as j.marsh@example.org",
        },
    )
    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As it is to stand beside what they do",
        error_messages={"required": "Give their name"},
    )
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})
    position = forms.CharField(
        label="Position",
        max_length=200,
        help_text="Written beside each amendment, such as Class teacher, 4B",
        error_messages={"required": "Give their position, such as Class teacher, 4B"},
    )
    groups = _Groups("Groups", hint="For a class teacher: whose registers she takes. Others reach every group.")
    begins = Day("First day", "the first day")
    ends = Day("Last day", "the last day", required=False, hint="For somebody who is here for some days or weeks")

    def __init__(self, *args, roles: Iterable[tuple[Role, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, label) for role, label in roles]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class GroupsForm(_StaffForm):
    groups = _Groups("Groups whose registers they take")


class CoverForm(_StaffForm):
    groups = _Groups("Groups to cover", required=True)
    begins = Day("First day", "the first day of cover")
    ends = Day("Last day", "the last day of cover")


class EndForm(_StaffForm):
    when = forms.ChoiceField(
        label="When",
        widget=forms.RadioSelect,
        choices=[(NOW, "Now: it opens nothing any more"), (LATER, "After a last day")],
        error_messages={"required": "Choose when it ends"},
    )
    ends = Day("Last day", "the last day", required=False, hint="If it is not now. Such as 15/9/2026")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].asked = True

    def clean(self) -> dict:
        data = super().clean()
        if data.get("when") == LATER and not data.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Give the last day as 15/9/2026 or 15 September 2026")
        return data
