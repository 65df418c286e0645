"""The parents' first page, and telling the school."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences.lines import NoticeLine
from allpresent.accounts.code_sessions import FAMILY
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.settle.reasons import Reason
from allpresent.parents.actions import tell_school
from allpresent.parents.details_queries import last_confirmed
from allpresent.parents.door import ParentRequest, open_to_parents
from allpresent.parents.drafts import take_draft
from allpresent.parents.family import Child
from allpresent.parents.forms import TellForm, as_today
from allpresent.parents.home import home_page
from allpresent.parents.lines import school_lines
from allpresent.parents.queries import told
from allpresent.registers.queries import marks_between
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of


@open_to_parents
def family(request: ParentRequest) -> HttpResponse:
    """The children, and the absences that the school waits to hear about first."""
    year, ids = academic_year_of(clock.today()), [child.id for child in request.parent.children]
    marks = marks_between(ids, year.starts, clock.today())
    confirmed = last_confirmed(id for child in request.parent.children for id in child.contact_ids)
    page = home_page(request.parent, marks, told(ids, year.starts, year.ends), confirmed, now=clock.now())
    return render(request, "parents/family.html", {"page": page})


@open_to_parents
def family_tell(request: ParentRequest) -> HttpResponse:
    """Tell the school of an absence, a late coming or an appointment, or correct what was told."""
    data = request.POST if request.method == "POST" else request.GET
    older = _older(request, data.get("replaces", ""))
    children = _asked_about(request, older)
    if not children:
        return render(request, "parents/nobody.html", status=200)
    sent = request.POST if request.method == "POST" else None
    form = TellForm(sent, children=children, initial=_initial(request, older))
    if form.is_valid() and _tell(request, form, older):
        return redirect(FAMILY)
    shown = {
        "form": form,
        "older": older,
        "key": key_of(data.get("key", "")),
        "only": children[0] if len(children) == 1 else None,
        "schools": _schools(children),
        "today": clock.today(),
    }
    return render(request, "parents/tell.html", shown, status=422 if form.errors else 200)


def _tell(request: ParentRequest, form: TellForm, older: NoticeLine | None) -> bool:
    result = tell_school(
        parent=request.parent,
        children=form.chosen,
        told=form.told,
        key=key_of(request.POST.get("key", "")),
        now=clock.now(),
        replaces=older.id if older else None,
    )
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    names = " and ".join(child.called for child in form.chosen)
    messages.success(
        request,
        f"Thank you. The school has your message about {names}. It explains the absence; whether the absence is "
        "authorised is for the school to decide.",
    )
    if form.told.reason is Reason.HOLIDAY:
        messages.warning(request, "A holiday in term time has to be asked for beforehand, as leave of absence.")
    return True


def _older(request: ParentRequest, asked: str) -> NoticeLine | None:
    """The parent's own message that is to be corrected; another adult's does not exist."""
    if not asked:
        return None
    year = academic_year_of(clock.today())
    lines = told([child.id for child in request.parent.on_roll], year.starts, year.ends)
    for pupil_id, of_child in lines.items():
        child = request.parent.child(pupil_id)
        for line in of_child:
            if str(line.id) == asked and child.is_said_by(line.told_by, line.contact_id):
                return line
    raise Http404


def _asked_about(request: ParentRequest, older: NoticeLine | None) -> tuple[Child, ...]:
    """The children whom the form offers: all who are on a register, or the one of an older message."""
    return tuple(child for child in request.parent.on_roll if older is None or child.id == older.pupil_id)


def _initial(request: ParentRequest, older: NoticeLine | None) -> Mapping[str, object]:
    """What the form begins with: what was typed before the session ended, the older message, or an address's day."""
    if draft := take_draft(request):
        return {name: values if name == "children" else values[0] for name, values in draft.items() if values}
    if older:
        return {field: getattr(older, field) for field in TellForm.base_fields if hasattr(older, field)}
    begun = as_today(_day(request.GET.get("day", "")) or clock.today())
    asked = request.GET.getlist("child")
    return begun | {"children": asked} if asked else begun


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _schools(children: tuple[Child, ...]) -> dict[str, object]:
    """What each school says about telling it, by its name."""
    return {child.school.name: school_lines(setting_of(child.school), clock.today()) for child in children}
