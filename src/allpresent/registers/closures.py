"""The page that records a closure: planned ahead, or unexpected, which marks the register too."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.bank_holidays import BankHolidaysNotKnown
from allpresent.core.calendar.calendar_checks import CalendarError
from allpresent.core.calendar.sessions import Half
from allpresent.core.register.closure import ClosureRule, closure_table
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.registers import actions
from allpresent.schools.forms import ClosureForm
from allpresent.schools.models import Closure
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import count_of


@needs(Right.CLOSE_SCHOOL)
def new_closure(request: StaffRequest) -> HttpResponse:
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _close(request, form.cleaned_data)
        except (CalendarError, BankHolidaysNotKnown) as problem:
            said = Fault(ProblemKind.NOT_EXPECTED, str(problem))
        if not isinstance(said, Fault):
            messages.success(request, said)
            return redirect("calendar", school=request.school.slug)
        form.add_error("starts", said.message)
    shown = {"form": form, "rules": closure_rules()}
    return render(request, "registers/new_closure.html", shown, status=422 if form.errors else 200)


def closure_rules() -> list[tuple[str, ClosureRule]]:
    """The published table of what gives way to Y4: codes that share a rule, and the rule."""
    alike = groupby(closure_table().values(), key=lambda rule: rule[1:])
    return [(" ".join(rule.code for rule in rules), rules[0]) for _, run in alike if (rules := list(run))]


def _close(request: StaffRequest, facts: dict) -> str | Fault:
    """Record the closure; what was done in words, or what cannot be."""
    common = {"school": request.school, "by": request.staff.signer(request.school), "now": clock.now()}
    half = Half(facts["half"]) if facts["half"] else None
    if facts["kind"] != Closure.Kind.UNEXPECTED:
        made = actions.plan_closure(**common, **(facts | {"half": half}))
        return made if isinstance(made, Fault) else "The closure is in the calendar."
    between = setting_of(request.school).calendar.sessions_between(facts["starts"], facts["ends"])
    sessions = tuple(session for session in between if half in (None, session.half))
    if not sessions:
        return Fault(
            ProblemKind.NOT_EXPECTED, "The school does not meet then, so there is nothing to close. Check the days."
        )
    entered = actions.record_unexpected_closure(**common, sessions=sessions, reason=facts["reason"])
    return f"The school is closed for {count_of(len(sessions), 'session')}: Y4 entered {count_of(entered, 'time')}."
