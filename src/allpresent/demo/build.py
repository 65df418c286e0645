"""The whole demonstration: made once in an empty database, and brought up to the day at each later start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from allpresent.core.calendar.london import wall_clock
from allpresent.demo.before import leavers
from allpresent.demo.children import children
from allpresent.demo.history import Span, Writer
from allpresent.demo.messages import write_messages
from allpresent.demo.places import places, planned_year
from allpresent.demo.reading import read
from allpresent.demo.roll import make_roll
from allpresent.demo.staff import make_staff
from allpresent.demo.stories import ahead, of_the_day, since
from allpresent.demo.stories.stage import Stage
from allpresent.demo.trust import make_trust
from allpresent.registers.models import RegisterEntry, Submission
from allpresent.schools.models import School, Trust

LOOK_BACK = timedelta(days=30)
"""How far back a later start looks for absences whose reason has since become known."""

DAYS_OF_MESSAGES = 6
"""Of how many school days before the day shown the parents' messages are kept."""

Say = Callable[[str], None]


def is_empty() -> bool:
    """Whether the database holds no school at all."""
    return not School.objects.exists()


def is_demonstration() -> bool:
    """Whether the database holds the demonstration trust."""
    return Trust.objects.filter(slug=read("year")["trust"]["slug"]).exists()


def last_act() -> datetime | None:
    """The latest moment at which anything was written in a register; None when nothing was."""
    moments = (model.objects.aggregate(last=Max("at"))["last"] for model in (Submission, RegisterEntry))
    return max((moment for moment in moments if moment), default=None)


@transaction.atomic
def build(now: datetime, say: Say) -> None:
    """Make the trust, its children and their registers up to `now`. All of it, or, if interrupted, nothing."""
    say("the trust, its policies and its staff")
    schools = make_trust()
    make_staff(schools)
    say("children and the adults around them")
    make_roll(schools, (*children(), *leavers()))
    shown = wall_clock(now)[0]
    stages = _stages(shown, now)
    say("leave, suspensions and places elsewhere")
    ahead(stages)
    _write(Span(planned_year().pupil_days[0], shown, now, shown), say)
    say("calls, evidence and the front door")
    since(stages)
    of_the_day(stages)


@transaction.atomic
def catch_up(now: datetime, say: Say) -> None:
    """Write what the made-up staff would have done since the last start, touching nothing that a person did.

    On a day that somebody has begun, the registers are left for people to take.
    """
    shown = wall_clock(now)[0]
    begun = Submission.objects.filter(day=shown).exists()
    _write(Span(_since(shown), shown - timedelta(days=1) if begun else shown, now, shown), say)
    if not begun:
        of_the_day(_stages(shown, now))


def _stages(shown: date, now: datetime) -> dict[str, Stage]:
    return {school.slug: Stage.of(school, shown, now) for school in School.objects.all()}


def _since(shown: date) -> date:
    last = Submission.objects.aggregate(last=Max("day"))["last"] or planned_year().pupil_days[0]
    return min(last, shown) - LOOK_BACK


def _write(span: Span, say: Say) -> None:
    schools = {school.slug: school for school in School.objects.all()}
    for place in places():
        if place.slug in schools:
            writer = Writer(place, schools[place.slug], span)
            writer.write(say)
            for day in (*planned_year().previous_school_days(span.shown, DAYS_OF_MESSAGES), span.shown):
                write_messages(writer.school, writer.years, day=day, now=span.now, by=writer.signers.office)
