"""Forms of details: shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from allpresent.parents.details import CHILD_ADDRESS, LABELS, NUMBERS
from allpresent.people.forms import RollForm, text, words


class DetailsForm(RollForm):
    """A parent's own details and, where the child lives with them, the child's address, as the school holds them."""

    mobile = text(LABELS["mobile"], longest=30)
    home_phone = text(LABELS["home_phone"], longest=30)
    work_phone = text(LABELS["work_phone"], longest=30)
    email = forms.EmailField(
        label=LABELS["email"],
        help_text="You sign in with it",
        error_messages={"invalid": "Give your e-mail address in full, such as g.adeyemi@example.org"},
    )
    address = words(LABELS["address"], longest=500)
    child_address = words(LABELS["child_address"], longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if CHILD_ADDRESS not in self.initial:
            del self.fields[CHILD_ADDRESS]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not any(given.get(field) or field in self.errors for field in NUMBERS):
            self.add_error("mobile", "Leave at least one number on which the school can reach you")
        return given


class AnswerForm(RollForm):
    """The office's answer. The button says which."""

    says = text("If not, why", longest=300, hint="The parent reads it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"].asked = True
