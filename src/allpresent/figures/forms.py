"""Forms of figures: shape only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.figures.national import first_year
from allpresent.figures.gap import Measure
from allpresent.people.forms import RollForm, choice, day


class DfeFigureForm(RollForm):
    """A figure that DfE gives for the school, the days it is of, and the day on which DfE read the registers."""

    measure = choice("What DfE gives", [(measure.value, measure.words) for measure in Measure], required=True)
    figure = forms.DecimalField(
        label="DfE’s figure",
        help_text="In per cent, such as 93.4",
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.TextInput(),
    )
    first = day("First day it is of", required=True)
    last = day("Last day it is of", required=True)
    known = day("Day DfE read our registers", required=True, hint="If it does not say, the day it was published")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        figure = self.fields["figure"].error_messages
        figure["invalid"] = "DfE’s figure: give a number, such as 93.4"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        first, last, known = (found.get(name) for name in ("first", "last", "known"))
        if last and last > self.today:
            self.add_error("last", "The last day has not come yet: choose an earlier one")
        if known and known > self.today:
            self.add_error("known", "DfE cannot have read the registers on a day to come")
        if first and academic_year_of(first) < first_year():
            self.add_error("first", f"DfE’s rules are held from {first_year().label} on: choose later days")
        elif first and last and first > last:
            self.add_error("first", "The first day comes after the last: exchange them")
        elif first and last and academic_year_of(first) != academic_year_of(last):
            self.add_error("first", "The first and the last day lie in two school years: choose days of one")
        return found
