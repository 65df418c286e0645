"""Lists of pupils: who is within which threshold of the policy, and who makes which shape."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.policy.model.response import Threshold
from allpresent.figures import lists_pages as pages
from allpresent.figures.files import as_csv, as_xlsx
from allpresent.figures.lists import TERM, Lists
from allpresent.figures.pupil_lists import PupilLists
from allpresent.figures.queries.lists import Listed, restrictions
from allpresent.people.changing import pupil_or_404
from allpresent.people.queries import record_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.models import Group
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event

FILES = {"csv": as_csv, "xlsx": as_xlsx}


@needs(Right.SEE_SCHOOL)
@says_what_is_missing
def lists_page(request: StaffRequest) -> HttpResponse:
    """Every threshold of the school's policy: how many pupils are within it today, and were a week ago."""
    lists = _lists(request, week_ago=True)
    days = (lists.day_of(day) for day in (lists.day, lists.since))
    rows = pages.list_rows(lists.thresholds.values(), *days, restricted=_sees_restricted(request))
    page = {
        "rows": rows,
        "headline": pages.headline(rows),
        "since": lists.since,
        "targets": lists.policy.content.targets,
        "own": lists.group_ids is not None,
    }
    return render(request, "figures/lists.html", page)


@needs(Right.SEE_SCHOOL)
@says_what_is_missing
def list_page(request: StaffRequest, threshold: str) -> HttpResponse:
    """The pupils within one threshold, each with what puts them there; with `format=csv` or `xlsx`, as a file."""
    lists = _lists(request)
    asked = _threshold(lists, threshold)
    if pages.is_restricted(asked) and not _sees_restricted(request):
        raise PermissionDenied("This list shows facts that only some may see.")
    at = lists.day_of(lists.day)
    found = at.within(asked)
    known = [each for each in found if may_know(request)(each.pupil)]
    rows = pages.pupil_rows(known, asked, at, _groups(request), restrictions(request.school), request.words)
    order = request.GET.get("order", "most")
    rows = pages.ordered(rows, asked, order)
    if request.GET.get("format") in FILES:
        return FILES[request.GET["format"]](pages.table(rows), threshold)
    row = pages.ListRow(threshold, pages.label(asked), pages.stated(asked), asked.clause or asked.source,
                        "; ".join(filter(None, (asked.note, asked.unconfirmed))), len(found), None)  # fmt: skip
    page = {"row": row, "rows": rows, "hidden": len(found) - len(rows), "order": order, "orders": pages.ORDERS}
    return render(request, "figures/list.html", page | {"own": lists.group_ids is not None})


@needs(Right.SEE_SCHOOL)
@says_what_is_missing
def patterns_page(request: StaffRequest) -> HttpResponse:
    """The shapes that absence makes this term: how many pupils make each; with `shape`, who."""
    lists = _lists(request)
    at, families = lists.day_of(lists.day), _sees_families(request)
    key = request.GET.get("shape", "")
    page = {"own": lists.group_ids is not None, "window": at.back().window(TERM)}
    if key in pages.TITLES and (families or key != pages.TOGETHER):
        shape = pages.shape_page(
            key, at, _groups(request), restrictions(request.school), may_know(request), request.words
        )
        return render(request, "figures/pattern.html", page | {"shape": shape})
    return render(
        request, "figures/patterns.html", page | {"rows": pages.shape_rows(at, request.words, families=families)}
    )


@needs(Right.SEE_PUPIL)
@says_what_is_missing
def pupil_page(request: StaffRequest, pupil: int) -> HttpResponse:
    """One pupil against every threshold and shape, with what is behind and ahead. Looking is recorded."""
    found, today, school = pupil_or_404(request, pupil), clock.today(), request.school
    record = record_of(found, restricted=_sees_restricted(request))
    group = record.group_on(today)
    if not request.staff.may_with_group(Right.SEE_PUPIL, school, 0 if group is None else group.ref):
        raise Http404
    lists = Lists(school, today, only=found.id)
    page = PupilLists(lists, found.id, request.words, restricted=_sees_restricted(request))
    by = request.staff.signer(school)
    record_event(
        Kind.PUPIL_VIEWED, by=by, at=clock.now(), school_id=school.id, subject=f"pupil:{found.id}", page="figures"
    )
    return render(request, "figures/pupil.html", {"page": page, "record": record, "pupil": found})


def _lists(request: StaffRequest, *, week_ago: bool = False) -> Lists:
    """The lists of the whole school, or of a class teacher's own groups."""
    staff, school, today = request.staff, request.school, clock.today()
    whole = staff.may(Right.SEE_FIGURES, school) or staff.reaches_all(Right.SEE_PUPIL, school)
    if not whole and not staff.may(Right.SEE_PUPIL, school):
        raise PermissionDenied("Your role here does not include lists of pupils.")
    own = None if whole else staff.own_groups(school)
    return Lists(school, today, since=today - pages.A_WEEK if week_ago else today, group_ids=own)


def may_know(request: StaffRequest) -> Callable[[Listed], bool]:
    """Whose names somebody may know: of the whole school, of their own groups, or of nobody."""
    staff, school = request.staff, request.school
    return lambda pupil: staff.may_with_group(Right.SEE_PUPIL, school, pupil.group_id or 0)


def _threshold(lists: Lists, key: str) -> Threshold:
    found = next((each for each in lists.thresholds.values() if pages.key_of(each) == key), None)
    if found is None:
        raise Http404("The policy has no such threshold.")
    return found


def _groups(request: StaffRequest) -> dict[int, str]:
    return dict(Group.objects.filter(school=request.school).order_by().values_list("id", "name"))


def _sees_restricted(request: StaffRequest) -> bool:
    return request.staff.may(Right.SEE_RESTRICTED, request.school)


def _sees_families(request: StaffRequest) -> bool:
    """Which children are of one family is known from their contacts."""
    return request.staff.may(Right.SEE_CONTACTS, request.school)
