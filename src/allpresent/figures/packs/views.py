"""The page of packs, and each pack as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures.files import as_workbook
from allpresent.figures.packs.facts import Facts
from allpresent.figures.packs.kinds import PackKind, open_to
from allpresent.figures.packs.make import pack
from allpresent.figures.packs.paper import as_pdf, as_sheets
from allpresent.figures.queries.packs import Made, last_packs, subject_of
from allpresent.practice.periods import Chosen, choices, chosen
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event

DAY = timedelta(days=1)


class Offered(NamedTuple):
    """A pack on the page. `since`: the days after the last one, as an address says them; '' where there are none."""

    kind: PackKind
    title: str
    last: Made | None
    since: str


@needs(Right.SEE_FIGURES)
def packs_page(request: StaffRequest) -> HttpResponse:
    """The packs that this person may have, of the days chosen."""
    period = _period(request)
    page = {
        "period": period,
        "offered": choices(setting_of(request.school).calendar, clock.today()),
        "packs": tuple(_offered(request)),
    }
    return render(request, "figures/packs.html", page, status=400 if period.wrong else 200)


def _period(request: StaffRequest) -> Chosen:
    today = clock.today()
    offered = choices(setting_of(request.school).calendar, today)
    period = chosen(request.GET, offered, today)
    if period.first <= today:
        return period
    usual = chosen(QueryDict(), offered, today)
    return usual._replace(wrong="These days have not come yet: choose earlier ones.")


def _offered(request: StaffRequest) -> Iterator[Offered]:
    made = last_packs(request.school)
    for kind in open_to(request.staff, request.school):
        last = made.get(kind.key)
        since = _since(last.last + DAY, clock.today()) if last else ""
        yield Offered(kind, kind.title_in(request.words), last, since)


def _since(first: date, today: date) -> str:
    return f"first={first}&last={today}" if first <= today else ""


@needs(Right.SEE_FIGURES)
@says_what_is_missing
def pack_file(request: StaffRequest, pack_key: str) -> HttpResponse:
    """One pack as PDF, or with `format=xlsx` as a workbook. Who made it, and of which days, is written down."""
    kind = next((one for one in open_to(request.staff, request.school) if one.key == pack_key), None)
    if kind is None:
        raise Http404("There is no such page.")
    now, period = clock.now(), _period(request)
    if period.wrong:
        return packs_page(request)
    facts = Facts(request.school, request.words, kind, period.first, period.last, now)
    made = pack(facts, by=request.staff.signer(request.school).name)
    name = f"{kind.key}-pack-{period.first}-{period.last}"
    if request.GET.get("format") == "xlsx":
        answer = as_workbook(as_sheets(made), name)
    else:
        headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
        answer = HttpResponse(as_pdf(made, now=now), content_type="application/pdf", headers=headers)
    _write_down(request, facts)
    return answer


@transaction.atomic
def _write_down(request: StaffRequest, facts: Facts) -> None:
    school, by = request.school, request.staff.signer(request.school)
    said = {"pack": facts.kind.key, "first": str(facts.first), "last": str(facts.last)}
    record_event(Kind.PACK_MADE, by=by, at=facts.now, school_id=school.id, subject=subject_of(school), **said)
