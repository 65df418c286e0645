"""The import's pages after the file has come in: columns, progress, preview, result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.exchange import actions, queries, work
from allpresent.exchange.forms import read_decisions, read_mapping
from allpresent.exchange.models import ImportRun
from allpresent.exchange.pages import PreviewPage, section_of
from allpresent.exchange.roll.fields import FIELDS, offered
from allpresent.exchange.roll.mapping import mapping_problems
from allpresent.exchange.upload import front_page
from allpresent.people.queries import contacts_short
from allpresent.shared import clock

Stage = ImportRun.Stage


@needs(Right.IMPORT_ROLL)
def front(request: StaffRequest) -> HttpResponse:
    """Send a file; the imports before it."""
    actions.clear_old_files(now=clock.now())
    return front_page(request, {}, "")


@needs(Right.IMPORT_ROLL)
def run(request: StaffRequest, run: int) -> HttpResponse:
    """Where an import has got to, and what is to be done about it."""
    found = _run(request, run)
    match found.stage:
        case Stage.ARRIVED:
            return redirect("roll_columns", school=request.school.slug, run=run)
        case Stage.CHECKING | Stage.WRITING:
            shown = {"run": found, "interrupted": work.is_interrupted(found, clock.now())}
            return render(request, "exchange/progress.html", shown)
        case Stage.CHECKED:
            return _preview(request, found)
    return render(request, "exchange/ended.html", {"run": found, "short": _short(request, found)})


@needs(Right.IMPORT_ROLL)
def columns(request: StaffRequest, run: int) -> HttpResponse:
    """Say what each column holds."""
    found = _run(request, run)
    if found.stage not in (Stage.ARRIVED, Stage.CHECKED):
        return redirect("roll_run", school=request.school.slug, run=run)
    may = _offered(request)
    shown = queries.columns_of(found, may)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        mapping = read_mapping(request.POST, len(shown), may)
        problems = mapping_problems(mapping)
        if not problems:
            headings = [column.heading for column in shown]
            actions.choose_columns(run=found, headings=headings, mapping=mapping, now=clock.now())
            return redirect("roll_run", school=request.school.slug, run=run)
        shown = tuple(column._replace(field=key) for column, key in zip(shown, mapping, strict=True))
    fields = [FIELDS[key] for key in FIELDS if key in may]
    page = {"run": found, "columns": shown, "fields": fields, "problems": problems}
    return render(request, "exchange/columns.html", page, status=400 if problems else 200)


@needs(Right.IMPORT_ROLL)
@require_POST
def decide(request: StaffRequest, run: int) -> HttpResponse:
    """Keep what a person decided of the conflicts on the page."""
    found = _run(request, run)
    decisions = read_decisions(request.POST, request.POST.getlist("row"))
    return _do(request, found, lambda now: actions.decide(run=found, decisions=decisions, now=now))


@needs(Right.IMPORT_ROLL)
@require_POST
def confirm(request: StaffRequest, run: int) -> HttpResponse:
    found = _run(request, run)
    return _do(request, found, lambda now: actions.confirm(run=found, now=now))


@needs(Right.IMPORT_ROLL)
@require_POST
def again(request: StaffRequest, run: int) -> HttpResponse:
    found = _run(request, run)
    return _do(request, found, lambda now: actions.begin_again(run=found, now=now))


@needs(Right.IMPORT_ROLL)
@require_POST
def abandon(request: StaffRequest, run: int) -> HttpResponse:
    found = _run(request, run)
    return _do(request, found, lambda now: actions.abandon(run=found, now=now))


def _do(request: StaffRequest, found: ImportRun, verb: Callable[[datetime], None]) -> HttpResponse:
    verb(clock.now())
    return redirect("roll_run", school=request.school.slug, run=found.id)


def _run(request: StaffRequest, run_id: int) -> ImportRun:
    found = queries.run_of(request.school, run_id, request.staff.user_id)
    if found is None:
        raise Http404
    return found


def _short(request: StaffRequest, found: ImportRun) -> int:
    """How many pupils have fewer contacts than the policy asks for, once an import is done (M-3.5c, O-B-14.4)."""
    if found.stage != Stage.DONE:
        return 0
    return sum(short.needed for short in contacts_short(request.school, clock.today()))


def _offered(request: StaffRequest) -> frozenset[str]:
    restricted = request.staff.may(Right.SEE_RESTRICTED, request.school)
    return frozenset(field.key for field in offered(restricted=restricted))


def _preview(request: StaffRequest, found: ImportRun) -> HttpResponse:
    section = section_of(found, request.GET.get("show", ""))
    lines = queries.preview_page(found, section, request.GET.get("page", "1"))
    return render(request, "exchange/preview.html", {"page": PreviewPage(found, section, lines)})
