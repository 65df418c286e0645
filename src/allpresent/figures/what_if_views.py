"""What would have followed if a line of the policy had been drawn elsewhere. Nothing is stored, nothing is sent."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.replay import side_of, sides
from allpresent.figures.lists_words import label, stated
from allpresent.figures.replay import Looked, Replay
from allpresent.figures.what_if import WhatIf, alterable, first_choice, replayed, what_if
from allpresent.figures.what_if_pages import SchoolRow, WhatIfPage, school_row
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.models import School
from allpresent.schools.queries import schools_of, setting_of
from allpresent.shared import clock


@needs(Right.SEE_FIGURES)
@says_what_is_missing
def what_if_page(request: StaffRequest) -> HttpResponse:
    """One threshold of the school's policy, replayed over past days with other numbers."""
    asked, facts = _asked(request)
    page = None
    if asked:
        both = replayed(Replay(request.school, asked.first, asked.last), asked)
        names = request.staff.reaches_all(Right.SEE_PUPIL, request.school)
        page = WhatIfPage(asked, both, names=names)
    return _answer(request, "figures/what_if.html", asked, facts | {"page": page})


@needs(Right.SEE_TRUST)
@says_what_is_missing
def what_if_trust_page(request: StaffRequest) -> HttpResponse:
    """The same for every school of the trust, each by its own policy's line of that name."""
    over = {held.trust_id for held in request.staff.held if Right.SEE_TRUST in held.role.rights}
    trust_id = request.school.trust_id
    if trust_id is None or trust_id not in over:
        raise Http404("There is no such page.")
    asked, facts = _asked(request, Looked.WEEK)
    rows = [_row(school, asked) for school in schools_of(set(), {trust_id})] if asked else []
    return _answer(request, "figures/what_if_trust.html", asked, facts | {"rows": rows, "trust": request.school.trust})


def _asked(request: StaffRequest, usual: Looked = Looked.DAY) -> tuple[WhatIf | None, dict]:
    """The question in the address, and what its form offers. None where the policy draws no line with a number."""
    content = setting_of(request.school).policy_on(clock.today()).content
    sees = request.staff.may(Right.SEE_RESTRICTED, request.school)
    offered = alterable(content.thresholds, restricted=sees)
    chosen = next((each for each in offered if each.id == request.GET.get("threshold")), None)
    threshold = chosen or first_choice(offered, content.ladders)
    asked = what_if(request.GET, threshold, clock.today(), usual) if threshold else None
    facts = {
        "asked": asked,
        "offered": tuple((each, f"{label(each)}: {stated(each)}") for each in offered),
        "edges": _edges(request, asked) if asked else (),
        "looks": tuple(Looked),
        "query": request.GET.urlencode(),
        "over_trust": request.staff.may(Right.SEE_TRUST, request.school) and request.school.trust_id,
    }
    return asked, facts


def _edges(request: StaffRequest, asked: WhatIf) -> tuple[tuple[str, str, str, str], ...]:
    """A box for each edge: its name, its words, what is in it, and the measure."""
    own = request.GET if request.GET.get("of") == asked.threshold.id else {}
    found = []
    for side in sides(asked.threshold):
        amount = side_of(asked.threshold, side)
        found.append((side.value, side.words, own.get(side.value) or str(amount.number), amount.measure.value))
    return tuple(found)


def _row(school: School, asked: WhatIf) -> SchoolRow:
    """A school of the trust by its own policy. Where that draws no such line, it says so."""
    replay = Replay(school, asked.first, asked.last)
    own = next((each for each in replay.policy.content.thresholds if each.id == asked.threshold.id), None)
    if own is None:
        return SchoolRow(school.name, school.slug, "Its policy draws no such line.")
    if sides(own) != sides(asked.threshold):
        return SchoolRow(school.name, school.slug, f"Its policy draws this line otherwise: {own.edges}.")
    return school_row(school.name, school.slug, replayed(replay, asked.of(own)), asked.last)


def _answer(request: StaffRequest, template: str, asked: WhatIf | None, facts: dict) -> HttpResponse:
    return render(request, template, facts, status=400 if asked and asked.wrong else 200)
