"""What other rooms read of leave. Small frozen records; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from allpresent.core.leave.deciding import Outcome, Span
from allpresent.leave.lines import PartTimeLine, RequestLine, part_time_line, request_line
from allpresent.leave.models import Check, Consultation, PartTime, PartTimeReview, Request
from allpresent.schools.models import School


def requests_of(pupil_ids: Iterable[int], first: date, last: date) -> tuple[RequestLine, ...]:
    """The requests of some pupils that touch the days between, oldest first: three queries."""
    rows = Request.objects.filter(pupil__in=list(pupil_ids), first_day__lte=last, last_day__gte=first)
    return _requests(rows)


def request_of(school: School, request_id: int) -> RequestLine | None:
    """A request of the school."""
    return next(iter(_requests(Request.objects.filter(school=school, id=request_id))), None)


def requests_since(school: School, day: date) -> tuple[RequestLine, ...]:
    """The requests of a school that nobody has answered yet, and those whose last day is this day or later."""
    waiting = Q(decision__isnull=True, withdrawal__isnull=True)
    return _requests(Request.objects.filter(waiting | Q(last_day__gte=day), school=school))


def _requests(rows: QuerySet[Request]) -> tuple[RequestLine, ...]:
    of_request = (
        Prefetch("consultations", Consultation.objects.order_by("at", "id")),
        Prefetch("checks", Check.objects.order_by("at", "id")),
    )
    loaded = rows.select_related("decision", "withdrawal").prefetch_related(*of_request)
    return tuple(map(request_line, loaded.order_by("first_day", "id")))


class LeaveSpan(NamedTuple):
    """Leave as it was answered: the days asked for, and the days given (None: refused). `ground` may be a wish."""

    request_id: int
    pupil_id: int
    ground: str
    outcome: Outcome
    asked: Span
    given: Span | None


def leave_on(pupil_ids: Iterable[int], first: date, last: date) -> dict[int, tuple[LeaveSpan, ...]]:
    """The leave answered for some pupils that touches the days between, refused leave among it, by pupil.

    A request withdrawn is not there. Away on refused leave, or past the days given, the mark is for a person to
    decide: `core.leave.overrun` proposes. (O-B-12.3.8)
    """
    found: dict[int, tuple[LeaveSpan, ...]] = {}
    for line in requests_of(pupil_ids, first, last):
        if line.decision and not line.withdrawal:
            span = LeaveSpan(line.id, line.pupil_id, line.ground, line.decision.outcome, line.span, line.decision.given)
            found[line.pupil_id] = (*found.get(line.pupil_id, ()), span)
    return found


def part_times_of(pupil_ids: Iterable[int], first: date, last: date) -> tuple[PartTimeLine, ...]:
    """The part-time timetables of some pupils that touch the days between: two queries."""
    return _part_times(PartTime.objects.filter(pupil__in=list(pupil_ids), begins__lte=last, ends__gte=first))


def part_time_of(school: School, part_time_id: int) -> PartTimeLine | None:
    """A part-time timetable of the school."""
    return next(iter(_part_times(PartTime.objects.filter(school=school, id=part_time_id))), None)


def part_times_since(school: School, day: date) -> tuple[PartTimeLine, ...]:
    """The part-time timetables of a school that were to end on this day or later: two queries."""
    return _part_times(PartTime.objects.filter(school=school, ends__gte=day))


def _part_times(rows: QuerySet[PartTime]) -> tuple[PartTimeLine, ...]:
    held = Prefetch("reviews_held", PartTimeReview.objects.order_by("on_day", "id"))
    return tuple(map(part_time_line, rows.select_related("end").prefetch_related(held).order_by("begins", "id")))
