"""A school's year as DfE counts it, and the way there from its own figure, one step at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.figures import Figure, tally_dated
from allpresent.core.figures.differences import explained
from allpresent.core.figures.national import Enrolled, OnRoll, Rule, rule_on
from allpresent.core.figures.published import Phase
from allpresent.figures.asides import asides
from allpresent.figures.gap import Gap, Measure, Window
from allpresent.figures.ground import Ground
from allpresent.figures.national import first_day_of, phase_of
from allpresent.people.models import Characteristic, Enrolment
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import CurrentMark, RegisterEntry, Source
from allpresent.schools.models import School
from tests import world

YEAR = AcademicYear(2026)
TODAY = date(2027, 6, 11)
BORN = (date(2016, 3, 14), date(2021, 10, 1), date(2011, 3, 14), date(2010, 3, 14), date(2023, 1, 1))
DAYS = (date(2026, 9, 2), date(2026, 9, 15), date(2027, 6, 8), date(2027, 6, 9))
CODES = ("/", "V", "I", "O", "D", "Y4", "U")

pytestmark = pytest.mark.django_db


def gap_of(school, first=date(2026, 9, 7), last=TODAY, known=None, today=TODAY):
    return Gap(Ground(school, YEAR, today=today), Window(first, last, known), today)


def mark(pupil, day, half, code, at):
    version = RegisterEntry.objects.filter(pupil=pupil, day=day, half=half).count() + 1
    entry = NewEntry(pupil.id, Session(day, half), version, code, Source.AMENDMENT, reason="told")
    with transaction.atomic():
        enter(pupil.school_id, [entry], by=world.OFFICE, at=at)


def steps(gap, measure=Measure.ATTENDANCE):
    return {one.step.name: one for one in gap.steps(measure) if one.pupils}


@pytest.mark.clause("M-3.1a")
def test_each_pupil_whom_dfe_leaves_out_is_left_out_by_a_step_of_its_own():
    school = world.a_school(policy="")
    counted = world.a_pupil(school=school, born=date(2016, 3, 14))
    four = world.a_pupil(school=school, born=date(2021, 10, 1))
    eleven = world.a_pupil(school=school, born=date(2011, 3, 14))
    boards = world.a_pupil(school=school, born=date(2016, 3, 14))
    Characteristic.objects.create(pupil=boards, kind=Characteristic.Kind.BOARDER, begins=date(2026, 9, 1))
    joined = world.a_pupil(school=school, born=date(2016, 3, 14), starting=date(2027, 6, 7))
    for pupil in (counted, four, eleven, boards):
        world.marks(pupil, {"2026-09-15": "/I"})
    for pupil in (counted, eleven, joined):
        world.marks(pupil, {"2027-06-08": "/\\"})
    gap = gap_of(school)
    found = steps(gap)
    assert {name: list(one.pupils) for name, one in found.items()} == {
        Rule.BOARDER: [boards.id],
        Rule.FOUR: [four.id],
        Rule.LAST_SUMMER: [eleven.id],
        Rule.JOINED_LATE: [joined.id],
    }
    assert (gap.ours.figure.attendance, gap.ours.figure.possible) == (10, 14)
    assert (gap.national.figure.attendance, gap.national.figure.possible) == (4, 6)
    assert gap.left_out(Rule.FOUR) == (1, Figure(1, 0, 1, 1, 0, 1, 2, 0))


def test_marks_since_the_day_dfe_read_them_are_taken_back():
    school = world.a_school(policy="")
    pupil = world.a_pupil(school=school, born=date(2016, 3, 14))
    before, after = datetime(2026, 9, 15, 9, tzinfo=UTC), datetime(2026, 9, 18, 9, tzinfo=UTC)
    mark(pupil, date(2026, 9, 15), Half.AM, "N", before)
    mark(pupil, date(2026, 9, 15), Half.PM, "/", before)
    mark(pupil, date(2026, 9, 15), Half.AM, "M", after)
    mark(pupil, date(2026, 9, 16), Half.AM, "/", after)
    gap = gap_of(school, known=datetime(2026, 9, 16, 9, tzinfo=UTC))
    found = steps(gap, Measure.UNAUTHORISED)
    assert set(found) == {"entered", "changed"}
    assert found["entered"].step[1:] == ((0, 3), (0, 2))
    assert found["changed"].step[1:] == ((0, 2), (1, 2))
    assert gap.national.figure.unauthorised == 1


def test_days_outside_of_dfes_are_steps_too():
    school = world.a_school(policy="")
    pupil = world.a_pupil(school=school, born=date(2016, 3, 14))
    world.marks(pupil, {"2026-09-02": "II", "2026-09-15": "/\\", "2026-10-05": "/I"})
    found = steps(gap_of(school, last=date(2026, 9, 25)))
    assert [(name, *one.step[1:]) for name, one in found.items()] == [
        ("later", (3, 6), (2, 4)),
        ("earlier", (2, 4), (2, 2)),
    ]


def test_what_is_in_neither_figure_or_in_both_makes_no_difference():
    school = world.a_school(policy="")
    dual = world.a_pupil(school=school, born=date(2016, 3, 14))
    gone = world.a_pupil(school=school, born=date(2016, 3, 14), leaving=date(2026, 9, 18))
    world.marks(dual, {"2026-09-15": "D /", "2026-09-16": "Y4 /"})
    world.marks(gone, {"2026-09-15": "/\\"})
    gap = gap_of(school)
    assert [(aside.sessions, aside.pupils) for aside in asides(gap)] == [
        (1, (dual.id,)),
        (1, (dual.id,)),
        (2, (gone.id,)),
    ]
    assert not steps(gap)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_parts_are_the_whole_difference_and_the_national_figure_is_that_of_its_sessions(data):
    with transaction.atomic():
        school = world.a_school(policy="", terms=())
        pupils = [
            world.a_pupil(
                school=school,
                born=data.draw(st.sampled_from(BORN)),
                starting=data.draw(st.sampled_from((date(2026, 9, 1), date(2026, 9, 10), date(2027, 6, 1)))),
                leaving=data.draw(st.none() | st.sampled_from((date(2027, 6, 8), date(2027, 7, 1)))),
            )
            for _ in range(3)
        ]
        entry = st.tuples(st.sampled_from(pupils), st.sampled_from(DAYS), st.sampled_from(Half), st.sampled_from(CODES))
        for number, made in enumerate(data.draw(st.lists(entry, min_size=4, max_size=14))):
            mark(*made, datetime.combine(date(2027, 6, 10), time(8, number), UTC))
        known = data.draw(st.none() | st.integers(0, 14).map(lambda n: datetime(2027, 6, 10, 8, n, 30, tzinfo=UTC)))
        last = data.draw(st.sampled_from((date(2027, 6, 8), TODAY)))
        gap = gap_of(school, last=last, known=known)
        for measure in Measure:
            adds_up(gap, measure)
        assert gap.national.figure == counted_by_hand(gap, school, known)
        transaction.set_rollback(True)


def adds_up(gap, measure):
    """Steps to the whole difference, pupils to each step, exactly."""
    found = gap.steps(measure)
    ends = gap.ours.share(measure).percent, gap.national.share(measure).percent
    points = [one.step.points for one in found]
    if None not in points:
        assert sum(points, Fraction(0)) == ends[1] - ends[0] == explained(tuple(one.step for one in found))
    for one in found:
        parts = [one.step.points_of(change) for change in one.pupils.values()]
        assert one.step.points is None or sum(parts, Fraction(0)) == one.step.points


def counted_by_hand(gap, school, known):
    """The national figure from the entries one by one, by the rule of each pupil's day."""
    made = RegisterEntry.objects.filter(school=school).order_by("version")
    marks = {(mark.pupil_id, mark.day, mark.half): mark for mark in made if known is None or mark.at <= known}
    enrolled = {
        each.pupil_id: Enrolled(each.pupil.born, (OnRoll(each.begins, each.ends),))
        for each in Enrolment.objects.filter(pupil__school=school).select_related("pupil")
    }
    return tally_dated(
        (day, mark.code)
        for (pupil, day, _), mark in marks.items()
        if gap.window.first <= day <= gap.window.last and rule_on(enrolled[pupil], day) is Rule.COUNTED
    )


@pytest.mark.parametrize(
    ("kind", "years", "phase"),
    [
        (School.Kind.MAINSTREAM, ("4", "5", "7"), Phase.PRIMARY),
        (School.Kind.MAINSTREAM, ("6", "7", "8"), Phase.SECONDARY),
        (School.Kind.MAINSTREAM, (), Phase.ALL),
        (School.Kind.SPECIAL, ("4",), Phase.SPECIAL),
        (School.Kind.ALTERNATIVE_PROVISION, ("9",), Phase.ALL),
    ],
)
def test_the_phase_is_that_of_most_pupils(kind, years, phase):
    school = world.a_school(policy="", kind=kind)
    for year in years:
        world.marks(world.a_pupil(school=school, year_group=year), {"2026-09-15": "/\\"})
    assert phase_of(Ground(school, YEAR, today=TODAY)) is phase


def test_dfes_figures_begin_on_a_known_day_or_in_the_37th_week():
    assert first_day_of(AcademicYear(2025)) == (date(2025, 9, 8), True)
    assert first_day_of(AcademicYear(2026)) == (date(2026, 9, 7), False)


def test_a_school_without_a_mark_has_no_figure_and_no_steps():
    gap = gap_of(world.a_school(policy=""))
    assert gap.ours.figure == gap.national.figure == Figure()
    assert not steps(gap)
    assert not asides(gap)
    assert not CurrentMark.objects.exists()
