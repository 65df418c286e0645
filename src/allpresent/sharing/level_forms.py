"""The form of a round: which pupils are left out of it, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from allpresent.people.forms import RollForm
from allpresent.sharing.levels import Family
from allpresent.sharing.models import Share

REASONS = ("Bereavement", "Serious illness", "They are told in person", "A reason that the head knows")
_HOW = ((Share.Channel.TELEPHONE.value, "By telephone"), (Share.Channel.POST.value, "On paper"))


class RoundForm(RollForm):
    """One choice a pupil, `why_<id>`: write to the parents, or leave the pupil out for a reason."""

    round = forms.DateField(input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, families: Iterable[Family], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", "Write"), *((why, f"Leave out: {why[0].lower()}{why[1:]}") for why in REASONS)]
        for one in families:
            label = f"{one.pupil.name}: write to the parents, or leave out"
            self.fields[f"why_{one.pupil.id}"] = forms.ChoiceField(choices=choices, required=False, label=label)

    @property
    def left_out(self) -> dict[int, str]:
        """The pupils left out, by number, each with its reason."""
        given = ((name, why) for name, why in self.cleaned_data.items() if name.startswith("why_") and why)
        return {int(name.removeprefix("why_")): why for name, why in given}


class ToldForm(forms.Form):
    """That a parent without an address was told."""

    pupil = forms.IntegerField(min_value=1, max_value=2**62)
    contact = forms.IntegerField(min_value=1, max_value=2**62)
    how = forms.ChoiceField(choices=_HOW)
