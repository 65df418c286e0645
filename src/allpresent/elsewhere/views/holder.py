"""The page of a provider's signed link: who is there today, said from a telephone in a minute (O-B-5.4)."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.door import open_to_holders
from allpresent.elsewhere.holding import Line, lines_of, read_lines
from allpresent.elsewhere.models import ProviderWord
from allpresent.elsewhere.queries import LinkHeld
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import count_of


@says_what_is_missing
@open_to_holders
def holder(request: HttpRequest, link: LinkHeld) -> HttpResponse:
    """Today's sessions of the pupils placed there: their names, the times, and what was said. Nothing else."""
    now, today = clock.now(), clock.today()
    aways = [one for one in queries.elsewhere_on(link.school, today, now=now) if one.provider.id == link.provider.id]
    lines = lines_of(aways, setting_of(link.school), now)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        lines, problems = read_lines(request.POST, lines)
        kept = 0 if problems else _keep(request, link, lines, now)
        if isinstance(kept, Refused):
            problems = kept.problems
        elif not problems:
            messages.success(request, f"Thank you. {count_of(kept, 'answer').capitalize()} kept.")
            return redirect(request.path)
    page = {
        "link": link, "lines": lines, "day": today, "problems": problems, "key": uuid4().hex,
        "told_by": request.POST.get("told_by", "")[:200], "reasons": ProviderWord.REASONS,
    }  # fmt: skip
    return render(request, "elsewhere/holder.html", page, status=422 if problems else 200)


def _keep(request: HttpRequest, link: LinkHeld, lines: tuple[Line, ...], now: datetime) -> int | Refused:
    """Keep each answer that is new; gives how many."""
    told_by, key = request.POST["told_by"].strip()[:200], request.POST["key"]
    by = Signer(None, told_by, f"{link.provider.name}, by its link"[:200])
    kept = 0
    for line in lines:
        if line.is_new:
            result = actions.record_word(
                school=link.school, arrangement=line.away.arranged, session=line.away.session,
                told=line.told(told_by, now), key=f"{key}:{line.name}", by=by, now=now,
            )  # fmt: skip
            if isinstance(result, Refused):
                return result
            kept += 1
    return kept
