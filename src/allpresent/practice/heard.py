"""Whether providers said in time who was there, and whether commissioners heard in time of their pupils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Min

from allpresent.core.calendar.sessions import Session
from allpresent.core.elsewhere.heard import word_owed
from allpresent.core.policy.model.words import DutyKind, Party
from allpresent.core.practice import Case, Clock, Subject
from allpresent.core.sharing import What
from allpresent.elsewhere.queries import arrangements_on, words_about
from allpresent.people.models import Placement, Pupil
from allpresent.practice.expecting import is_expected, patterns_in
from allpresent.practice.reading import Period, Reading
from allpresent.schools.models import School
from allpresent.sharing.models import Share

Heard = dict[tuple[int, date, str], datetime]
"""When something was first heard of a session, by pupil, day and half."""


def providers_heard(school: School, period: Period) -> Reading:
    """The provider's word on each session elsewhere: four queries. (O-B-5.4)"""
    asks = "A provider says of each session who was there."
    clock = Clock("provider", "Providers sent word", asks, _clauses(period, DutyKind.RECEIVE_MARKS))
    return Reading(clock, tuple(_elsewhere(school, period)) if clock.clauses else ())


def _elsewhere(school: School, period: Period) -> Iterator[Case]:
    said: Heard = {(word.pupil_id, word.day, word.half): word.told_at for word in _oldest_last(school, period)}
    years = dict(Pupil.objects.filter(school=school).values_list("id", "year_group"))
    for one in arrangements_on(school, period.first, period.last):
        for session in period.calendar.sessions_between(period.first, period.last):
            if one.covers(session):
                window = period.setting.window(session, years.get(one.pupil_id, ""))
                due = word_owed(period.policy_on(session.day), window, session.day, session.half).at
                yield _case(one.pupil_id, session, due, said)


def _oldest_last(school: School, period: Period):
    return sorted(words_about(school, period.first, period.last), key=lambda word: word.told_at, reverse=True)


def commissioners_told(school: School, period: Period) -> Reading:
    """The marks of each session passed on to whoever placed the pupil: four queries. (M-3.3b, M-3.3c)"""
    clauses = _clauses(
        period, DutyKind.COMPLETE_REGISTER, DutyKind.SUBMIT_MARKS, to=(Party.COMMISSIONER, Party.AUTHORITY)
    )
    asks = "Whoever placed a pupil has the mark of each session by the time that its register is due."
    clock = Clock("commissioner", "Marks passed on to commissioners", asks, clauses)
    return Reading(clock, tuple(_placed(school, period)) if clauses else ())


def _placed(school: School, period: Period) -> Iterator[Case]:
    told, patterns = _marks_told(school, period), patterns_in(school, period)
    places = Placement.objects.filter(pupil__school=school, begins__lte=period.last).order_by("pupil", "begins")
    for pupil, year, begins, ends in places.values_list("pupil", "pupil__year_group", "begins", "ends"):
        first, last = max(begins, period.first), min(ends or date.max, period.last)
        for session in period.calendar.sessions_between(first, last) if first <= last else ():
            if is_expected(pupil, patterns, session):
                due = period.setting.window(session, year).due_at(session.day)
                yield _case(pupil, session, due, told)


def _marks_told(school: School, period: Period) -> Heard:
    rows = Share.objects.filter(school=school, day__gte=period.first, day__lte=period.last, what=What.MARKS)
    told = rows.exclude(channel=Share.Channel.NONE).values_list("pupil", "day", "half").annotate(Min("at"))
    return {(pupil, day, half): at for pupil, day, half, at in told}


def _case(pupil: int, session: Session, due: datetime, heard: Heard) -> Case:
    return Case(Subject("pupil", pupil, *session), due, heard.get((pupil, session.day, session.half.value)))


def _clauses(period: Period, *kinds: DutyKind, to: tuple[str, ...] = ()) -> tuple[str, ...]:
    duties = (duty for kind in kinds for duty in period.policy.duties(kind) if not to or set(to) & set(duty.to))
    return tuple(dict.fromkeys(id_ for duty in duties for id_ in duty.clause or duty.source))
