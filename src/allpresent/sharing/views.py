"""The log of what was passed on, what is still to be told, and the log as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.calls.queries import tries_of
from allpresent.people.queries import pupils_on_roll, search_pupils
from allpresent.registers.missing import says_what_is_missing
from allpresent.settling import queries as settling
from allpresent.shared import clock
from allpresent.sharing import actions, queries
from allpresent.sharing.forms import FilterForm, ToldForm
from allpresent.sharing.pages import PROFESSIONALS, LogPage, from_referrals, from_tries, newest_first, seen_by, span
from allpresent.sharing.queries import Shared

_COLUMNS = ("day", "session", "pupil", "what", "told to", "name", "address", "how", "said", "clauses", "at", "by", "as")


@needs(Right.SEE_SHARING)
@says_what_is_missing
def sharing(request: StaffRequest) -> HttpResponse:
    """What was passed on, newest first, and what somebody is still to say on the telephone."""
    now, today = clock.now(), clock.today()
    form = FilterForm(request.GET or None)
    names, rows = _rows(request, form)
    due = [one for one in queries.due_lately(request.school, now=now) if _may_see(request, one)]
    page = LogPage(
        today=today,
        form=form,
        rows=tuple((names.get(row.pupil_id, "no longer on the roll"), row) for row in rows),
        to_tell=tuple(one for one in due if one.by_phone and one.telling.ready),
        waiting=sum(not one.telling.ready for one in due),
        query=urlencode({name: request.GET[name] for name in form.fields if request.GET.get(name)}),
    )
    return render(request, "sharing/sharing.html", {"page": page}, status=422 if form.errors else 200)


@needs(Right.SEE_SHARING)
def shares_csv(request: StaffRequest) -> HttpResponse:
    """The rows of the page as a file."""
    names, rows = _rows(request, FilterForm(request.GET or None))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="passed-on.csv"'
    table = csv.writer(answer)
    table.writerow(_COLUMNS)
    table.writerows(_cells(row, names.get(row.pupil_id, "")) for row in rows)
    return answer


@require_POST
@needs(Right.LOG_CALL)
@says_what_is_missing
def told(request: StaffRequest) -> HttpResponse:
    """Somebody was told on the telephone, or is not to be told, and why."""
    form, now = ToldForm(request.POST), clock.now()
    found = queries.due_lately(request.school, now=now)
    due = next((one for one in found if one.key == request.POST.get("due") and _may_see(request, one)), None)
    if due is None and queries.was_shared(request.school, request.POST.get("due", "")):
        messages.success(request, "Somebody had written that down already.")
    elif due is None or not form.is_valid():
        raise Http404
    else:
        _write(request, due, form.cleaned_data, now)
    return redirect("sharing", school=request.school.slug)


def _write(request: StaffRequest, due, given: dict, now) -> None:
    by = request.staff.signer(request.school)
    if given["why"]:
        actions.leave_out(school=request.school, due=due, why=given["why"], by=by, now=now)
        messages.success(request, "Written down as not told, with the reason.")
    else:
        actions.tell_by_telephone(school=request.school, due=due, to=given["to"], by=by, now=now)
        messages.success(request, "Written down as told.")


def _may_see(request: StaffRequest, due) -> bool:
    restricted = due.telling.person.party in PROFESSIONALS
    return not restricted or request.staff.may(Right.SEE_RESTRICTED, request.school)


def _rows(request: StaffRequest, form: FilterForm) -> tuple[dict[int, str], list[Shared]]:
    """The names of the roll, and the rows asked for. A form that is wrong asks for today's."""
    school, today = request.school, clock.today()
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first, last = span(today, given.get("first"), given.get("last"))
    names = {pupil.id: pupil.name for pupil in pupils_on_roll(school, today)}
    asked = given.get("pupil", "")
    wanted = [found.pupil.id for found in search_pupils(school, asked, today)] if asked else None
    shares = queries.shares_of(school, first, last, pupil_ids=wanted, to=given.get("to", ""))
    tried = from_tries(tries_of(names if wanted is None else wanted, first, last))
    to = given.get("to", "").lower()
    restricted = request.staff.may(Right.SEE_RESTRICTED, school)
    told = seen_by((*shares, *(row for row in tried if to in row.name.lower())), restricted=restricted)
    lines = settling.referrals_between(school, first, last, pupil_ids=wanted)
    lines = settling.seen_by(lines, restricted=restricted, user_id=request.staff.user_id)
    return names, newest_first((*told, *(row for row in from_referrals(lines) if to in row.name.lower())))


def _cells(row: Shared, name: str) -> Iterator[str]:
    cells = (
        row.day, row.half, name, row.what, row.party, row.name, row.address, row.how, row.says, " ".join(row.clauses),
        row.at.isoformat(timespec="minutes"), row.by_name, row.by_position,
    )  # fmt: skip
    return (_plain(str(cell)) for cell in cells)


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
