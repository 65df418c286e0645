"""Entering an absence ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.registers import actions, queries
from allpresent.registers.mark_pages import Choice, choices
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import count_of

LONGEST = 400
"""Days that one plan may span: more is a slip of the keyboard."""
HALVES = [(half.value, half.word.capitalize()) for half in Half]
_FIELDS = {ProblemKind.DETAIL: "detail", ProblemKind.NOT_EXPECTED: "first", ProblemKind.CONFLICT: "first"}


class PlanForm(forms.Form):
    """From one session to another, a code, and what the code asks for."""

    first = forms.DateField(
        error_messages={"required": "Give the first day", "invalid": "Give the first day as a date"}
    )
    first_half = forms.ChoiceField(choices=HALVES, initial=Half.AM.value)
    last = forms.DateField(error_messages={"required": "Give the last day", "invalid": "Give the last day as a date"})
    last_half = forms.ChoiceField(choices=HALVES, initial=Half.PM.value)
    code = forms.CharField(max_length=3, error_messages={"required": "Choose a code"})
    detail = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict:
        given = super().clean()
        if not self.errors and self.last_session < self.first_session:
            self.add_error("last", "The last session comes before the first. Correct one of the days.")
        elif not self.errors and (given["last"] - given["first"]).days > LONGEST:
            self.add_error("last", f"More than {LONGEST} days. Give a nearer last day.")
        return given

    @property
    def first_session(self) -> Session:
        return Session(self.cleaned_data["first"], Half(self.cleaned_data["first_half"]))

    @property
    def last_session(self) -> Session:
        return Session(self.cleaned_data["last"], Half(self.cleaned_data["last_half"]))


@dataclass(frozen=True)
class PlanPage:
    """The form, the codes that can be known ahead, and what is planned already."""

    pupil: RollPupil
    form: PlanForm
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    planned: tuple[tuple[Session, str, str], ...]


@needs(Right.PLAN_ABSENCE)
@says_what_is_missing
def plan_absence(request: StaffRequest, pupil: int) -> HttpResponse:
    """Plan an absence of a pupil who is on the roll today."""
    now, today = clock.now(), clock.today()
    found = pupil_on_roll(request.school, pupil, today) if pupil < 2**62 else None
    if found is None:
        raise Http404
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _plan(request, found, form, now):
        return redirect(request.path)
    page = PlanPage(found, form, _offered(request, today), queries.planned_ahead(found.id, today))
    return render(request, "registers/plan.html", {"page": page}, status=422 if form.errors else 200)


def _plan(request: StaffRequest, pupil: RollPupil, form: PlanForm, now) -> bool:
    given = form.cleaned_data
    result = actions.plan_absence(
        school=request.school, pupil=pupil, first=form.first_session, last=form.last_session,
        code=given["code"].strip().upper(), detail=given["detail"], level=request.staff.level(request.school),
        by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if isinstance(result, Fault):
        form.add_error(_FIELDS.get(result.kind, "code"), result.message[:1].upper() + result.message[1:])
        return False
    messages.success(request, f"{given['code']} entered ahead for {count_of(len(result), 'session')}.")
    return True


def _offered(request: StaffRequest, day: date) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Codes of either half that can be known ahead: nobody is late, present or unexplained before the day."""
    level = request.staff.level(request.school)
    if level is None:
        return ()
    known = {letter for letter, code in code_set_on(day).items() if not code.on_site and letter not in ("N", "U")}
    offered = choices(Session(day, Half.AM), level, setting_of(request.school))
    kept = ((heading, tuple(code for code in codes if code.letter in known)) for heading, codes in offered)
    return tuple((heading, codes) for heading, codes in kept if codes)
