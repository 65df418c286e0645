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

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            Group.objects.none(), required=required, error_messages={"required": "Choose at least one group"}
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
        error_messages={
            "required": "Give the e-mail address that they sign in with",
            "invalid": "Give the e-mail address in full, such as j.marsh@example.org",
        }
    )
    name = forms.CharField(max_length=200, error_messages={"required": "Give their name"})
    role = forms.ChoiceField(error_messages={"required": "Choose a role"})
    position = forms.CharField(
        max_length=200, error_messages={"required": "Give their position, such as Class teacher, 4B"}
    )
    groups = _Groups(required=False)
    begins = Day("the first day")
    ends = Day("the last day", required=False)

    def __init__(self, *args, roles: Iterable[tuple[Role, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, label) for role, label in roles]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class GroupsForm(_StaffForm):
    groups = _Groups(required=False)


class CoverForm(_StaffForm):
    groups = _Groups(required=True)
    begins = Day("the first day of cover")
    ends = Day("the last day of cover")


class EndForm(_StaffForm):
    when = forms.ChoiceField(
        choices=[(NOW, "Now: it opens nothing any more"), (LATER, "After a last day")],
        error_messages={"required": "Choose when it ends"},
    )
    ends = Day("the last day", required=False)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("when") == LATER and not data.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Give the last day as 15/9/2026 or 15 September 2026")
        return data
