"""What other rooms read of messages. Small frozen records; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from allpresent.absences.actions.notices import Said
from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.schools.models import School
from allpresent.shared.grouping import by_pupil
from allpresent.shared.prepared import Prepared

Notices = dict[int, tuple[NoticeLine, ...]]
"""Messages by pupil, in the order in which they were told."""


def notices_for(school: School, day: date) -> Notices:
    """The messages that hold on a day: one query.

    A message holds from its first day to the day before the expected return; on its first day alone where no return
    was named. One that a correction replaced holds no longer.
    """
    return by_pupil(map(NoticeLine._make, _HOLDING.rows(school.id, day)))


def holding_on(day: date) -> Q:
    """Whether a message holds on a day."""
    return Q(day=day) | Q(day__lt=day, expected_back__gt=day)


_HOLDING = Prepared(lambda school, day: _ordered(standing(school).filter(holding_on(day))), int, date)


def notices_ahead(school: School, day: date) -> Notices:
    """The messages about days still to come: one query."""
    return by_pupil(lines_in(standing(school.id).filter(day__gt=day)))


def notices_between(school: School, first: date, last: date) -> Notices:
    """The messages that hold on some day between: one query."""
    overlaps = Q(day__gte=first, day__lte=last) | Q(day__lt=first, expected_back__gt=first)
    return by_pupil(lines_in(standing(school.id).filter(overlaps)))


def expected_back(school: School, day: date) -> tuple[NoticeLine, ...]:
    """The newest word of each absence of the year whose return day is this day or an earlier one: one query.

    A later message takes the place of an earlier one, whether it names a day or none. Whether the pupil has come since
    is for the caller, who has the marks.
    """
    told = standing(school.id).filter(about=Notice.About.ABSENCE, day__gte=academic_year_of(day).starts, day__lte=day)
    newest = {line.pupil_id: line for line in lines_in(told)}
    return tuple(line for line in newest.values() if line.expected_back and line.expected_back <= day)


def notices_of(pupil_id: int, first: date, last: date) -> tuple[NoticeLine, ...]:
    """The messages about one pupil whose first day lies between, those corrected among them: one query.

    One that turned out to be about another child is not there.
    """
    told = Notice.objects.filter(pupil_id=pupil_id, day__gte=first, day__lte=last)
    return tuple(lines_in(told.filter(Q(replaced_by__isnull=True) | Q(replaced_by__pupil_id=pupil_id))))


def notice_of(school: School, notice_id: int) -> NoticeLine | None:
    """A message of the school that stands: replaced ones are corrected no more."""
    return next(iter(lines_in(standing(school.id).filter(id=notice_id))), None)


SAME_CALL = timedelta(minutes=15)
"""Two colleagues who write down the same call do so within this time."""


def same_call(school: School, pupil_id: int, said: Said, key: str, now: datetime) -> NoticeLine | None:
    """A message about the same pupil, day and reason written down minutes ago under another key: the same call?"""
    alike = {"pupil_id": pupil_id, "day": said.day, "reason": said.reason, "about": said.about}
    recent = standing(school.id).filter(at__gt=now - SAME_CALL, at__lte=now, **alike).exclude(key=key)
    return next(lines_in(recent), None)


def standing(school_id: int) -> QuerySet[Notice]:
    """The messages of a school that no correction replaced."""
    return Notice.objects.filter(school_id=school_id, replaced_by__isnull=True)


def _ordered(notices: QuerySet[Notice]) -> QuerySet:
    return notices.order_by("told_at", "id").values_list(*NoticeLine._fields)


def lines_in(notices: QuerySet[Notice]) -> Iterator[NoticeLine]:
    """Messages as lines, in the order in which they were told: one query."""
    return map(NoticeLine._make, _ordered(notices))
