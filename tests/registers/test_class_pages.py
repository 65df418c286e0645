"""A class over a week or a term, as a paper register."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import ExpectedSessions, GroupMembership
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from allpresent.schools.actions import add_closure
from allpresent.schools.models import Closure
from tests import world
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside(at):
    at("2026-09-18 16:00")
    return world.a_school()


@pytest.fixture
def oak(hillside):
    return world.a_group(school=hillside, name="Oak")


@pytest.fixture
def office(client, hillside):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=hillside, name="Sam Hart"))


def row_of(page: str, surname: str) -> list[str]:
    """What stands in each square of a pupil's row, then the figures: '.' where the pupil was not in the class."""
    row = re.search(rf'<tr><th scope="row"[^>]*>{surname}.*?</tr>', page, re.DOTALL)
    return [_square(cell) for cell in re.findall(r"<td.*?</td>", row[0], re.DOTALL)]


def _square(cell: str) -> str:
    if "is-away" in cell:
        return "."
    if "mark--blank" in cell:
        return "blank"
    return text(re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", cell))


def test_a_week_holds_each_mark_its_totals_and_the_year_so_far(office, hillside, oak):
    ann = world.a_pupil(in_group=oak, surname="Ansty")
    world.marks(
        ann, {"2026-09-07": "II", "2026-09-14": "/\\", "2026-09-15": "N\\", "2026-09-16": "L-", "2026-09-18": "Y1 Y1"}
    )
    page = get(office, hillside, "registers/oak/week/2026-09-16/")
    assert row_of(page, "Ansty") == [
        "/", "\\", "N", "\\", "L", "blank", "blank", "blank", "Y1", "Y1", "4 of 5", "57.1% (4 of 7)",
    ]  # fmt: skip
    said = text(page)
    assert "Attendance of these days so far: 80.0% (4 of 5)" in said
    assert "Attending 1 1 0 1 1 0 0 4 of 5" in said
    assert "Printed 18 September 2026 at 16:00 by Sam Hart." in said
    assert "Y1 Transport normally provided is not available" in said


def test_joining_leaving_and_changing_class_show_on_the_right_days_alone(office, hillside, oak):
    ash = world.a_group(school=hillside, name="Ash")
    world.a_pupil(in_group=oak, surname="Joiner", starting=date(2026, 9, 16))
    world.a_pupil(in_group=oak, surname="Leaver", leaving=date(2026, 9, 15))
    mover = world.a_pupil(in_group=oak, surname="Mover")
    GroupMembership.objects.filter(pupil=mover).update(ends=date(2026, 9, 16))
    GroupMembership.objects.create(pupil=mover, group=ash, begins=date(2026, 9, 17))
    world.marks(mover, {"2026-09-16": "/\\", "2026-09-17": "II"})
    page = get(office, hillside, "registers/oak/week/2026-09-16/")
    assert row_of(page, "Joiner")[:10] == ["."] * 4 + ["blank"] * 6
    assert row_of(page, "Leaver")[:10] == ["blank"] * 4 + ["."] * 6
    assert row_of(page, "Mover")[:10] == ["blank"] * 4 + ["/", "\\"] + ["."] * 4
    after = get(office, hillside, "registers/ash/week/2026-09-16/")
    assert row_of(after, "Mover")[:10] == ["."] * 6 + ["I", "I", "blank", "blank"]
    assert "Mover" not in get(office, hillside, "registers/oak/week/2026-09-21/")


def test_closures_and_bank_holidays_are_hatched_inside_the_week(office, hillside, oak):
    day = date(2026, 9, 15)
    add_closure(school=hillside, starts=day, ends=day, half=Half.PM, kind=Closure.Kind.STAFF_DAY, reason="Training",
                by=world.OFFICE, now=world.BEGINNING)  # fmt: skip
    world.a_pupil(in_group=oak, surname="Ansty")
    page = get(office, hillside, "registers/oak/week/2026-09-14/")
    assert row_of(page, "Ansty")[:4] == ["blank", "blank", "blank", "#"]
    may = get(office, hillside, "registers/oak/week/2027-05-04/")
    assert row_of(may, "Ansty")[:4] == ["#", "#", "", ""]
    assert 'class="is-closed"' in may


@pytest.mark.clause("M-4.1e")
def test_an_amended_mark_wears_a_corner_and_leads_to_its_entries(office, hillside, oak):
    ann = world.a_pupil(in_group=oak, surname="Ansty")
    world.marks(ann, {"2026-09-14": "N\\"})
    world.marks(ann, {"2026-09-14": "I-"})
    for stretch in ("week", "term"):
        page = get(office, hillside, f"registers/oak/{stretch}/2026-09-14/")
        assert re.search(rf'mark--amended" href="/{hillside.slug}/marks/{ann.id}/2026-09-14/am/"', page)
        assert "Amended: the first entry is kept" in text(page)


@pytest.mark.clause("M-4.1e")
def test_a_past_moment_shows_what_was_known_then(office, hillside, oak):
    ann = world.a_pupil(in_group=oak, surname="Ansty")
    _enter(ann, "N", 1, "2026-09-14T08:20")
    _enter(ann, "I", 2, "2026-09-15T10:00")
    now = get(office, hillside, "registers/oak/week/2026-09-14/")
    then = get(office, hillside, "registers/oak/week/2026-09-14/?known=2026-09-15T10:59")
    before = get(office, hillside, "registers/oak/week/2026-09-14/?known=2026-09-14T09:19")
    assert [row_of(page, "Ansty")[0] for page in (now, then, before)] == ["I", "N", "blank"]
    assert "As it was known on 15 September 2026 at 10:59." in text(then)
    assert "?known=2026-09-15T10:59" in re.search(r'rel="next" href="([^"]*)"', then)[1]


def _enter(pupil, code: str, version: int, at: str) -> None:
    entry = NewEntry(pupil.id, Session(date(2026, 9, 14), Half.AM), version, code, Source.REGISTER)
    with transaction.atomic():
        enter(pupil.school_id, [entry], by=world.OFFICE, at=datetime.fromisoformat(at).replace(tzinfo=UTC))


@pytest.mark.parametrize("known", ["yesterday", "2026-13-01T09:00", "0001-01-01T00:00+14:00", "0001-01-01T00:00+00:00"])
def test_a_moment_that_cannot_be_read_is_said_beside_its_box(office, hillside, oak, known):
    world.a_pupil(in_group=oak)
    page = get(office, hillside, f"registers/oak/week/2026-09-14/?known={known.replace('+', '%2B')}", status=400)
    assert "<title>Error: " in page
    assert 'href="#known"' in page
    assert "is not a date and a time" in text(page)


def test_a_pupil_not_expected_has_no_box_to_fill(office, hillside, oak):
    ann = world.a_pupil(in_group=oak, surname="Ansty")
    ExpectedSessions.objects.create(pupil=ann, begins=date(2026, 9, 1), pattern="Mon AM, Tue PM")
    page = get(office, hillside, "registers/oak/week/2026-09-14/")
    assert row_of(page, "Ansty")[:4] == ["blank", "·", "·", "blank"]


@pytest.mark.parametrize(
    ("monday", "taken_at"), [("2026-10-26", "2026-10-26 08:55"), ("2027-03-29", "2027-03-29 08:55")]
)
def test_registers_of_the_weeks_in_which_clocks_change(client, at, monday, taken_at):
    at(taken_at)
    day = date.fromisoformat(monday)
    school = world.a_school(terms=[("Term", date(day.year, 1, 4), date(day.year, 12, 18))])
    group = world.a_group(school=school, name="Oak")
    world.a_pupil(in_group=group, surname="Ansty", starting=date(day.year, 1, 4))
    world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    friday = date.fromordinal(day.toordinal() - 3)
    page = get(client, school, f"registers/oak/week/{friday}/")
    assert len(row_of(page, "Ansty")) == 12
    said = text(get(client, school, f"registers/?day={monday}"))
    bank_holiday = monday == "2027-03-29"
    assert ("The school is closed: Bank holiday." in said) == bank_holiday
    assert ("Open until 9:20, 25 minutes left" in said) == (not bank_holiday)


def test_the_twenty_ninth_of_february_has_its_register(client, at):
    at("2028-03-03 16:00")
    school = world.a_school(terms=[("Spring", date(2028, 1, 4), date(2028, 3, 31))])
    group = world.a_group(school=school, name="Oak")
    ann = world.a_pupil(in_group=group, surname="Ansty", starting=date(2028, 1, 4))
    world.marks(ann, {"2028-02-29": "/\\"})
    world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    page = get(client, school, "registers/oak/week/2028-02-29/")
    assert row_of(page, "Ansty")[2:4] == ["/", "\\"]
    assert "Tue 29 Feb" in text(page)
    get(client, school, "registers/oak/week/2027-02-29/", status=404)


def test_a_retired_code_keeps_its_old_meaning_in_an_old_register(client, at):
    at("2026-09-15 09:00")
    school = world.a_school(terms=[("Autumn 2023", date(2023, 9, 4), date(2023, 10, 20)), *world.YEAR])
    group = world.a_group(school=school, name="Oak")
    ann = world.a_pupil(in_group=group, surname="Ansty", starting=date(2023, 9, 4))
    world.marks(ann, {"2023-09-12": "H\\"})
    world.sign_in(client, world.staff(role=Role.HEAD, school=school))
    page = get(client, school, "registers/oak/week/2023-09-12/")
    assert row_of(page, "Ansty")[2:4] == ["H", "\\"]
    meaning = text(get(client, school, f"marks/{ann.id}/2023-09-12/am/"))
    assert "Counts as Authorised absence" in meaning
    assert "holiday" in meaning


def test_a_term_holds_its_weeks_and_leads_to_each(office, hillside, oak):
    ann = world.a_pupil(in_group=oak, surname="Ansty")
    world.marks(ann, {"2026-09-14": "/N"})
    page = get(office, hillside, "registers/oak/term/2026-09-14/")
    assert len(row_of(page, "Ansty")) == 39 * 2 + 1
    assert f"/{hillside.slug}/registers/oak/week/2026-10-19/" in page
    holiday = text(get(office, hillside, "registers/oak/term/2026-10-28/"))
    assert "Autumn, first half" in holiday


def test_a_week_without_school_leads_on(office, hillside, oak):
    page = get(office, hillside, "registers/oak/week/2026-10-28/")
    assert "The school does not meet on any of these days." in text(page)
    assert f"/{hillside.slug}/registers/oak/week/2026-11-02/" in page


def test_a_class_costs_the_same_queries_whatever_its_size(office, hillside, oak, django_assert_max_num_queries):
    for _ in range(12):
        world.marks(world.a_pupil(in_group=oak), {"2026-09-14": "/\\"})
    get(office, hillside, "registers/oak/week/2026-09-14/")
    with django_assert_max_num_queries(12):
        get(office, hillside, "registers/oak/week/2026-09-14/")


def test_another_class_does_not_exist_for_a_class_teacher(client, hillside, oak):
    own = world.a_group(school=hillside, name="Elm")
    world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside, groups=[own]))
    get(client, hillside, "registers/elm/week/2026-09-14/")
    for stretch in ("week", "term"):
        get(client, hillside, f"registers/oak/{stretch}/2026-09-14/", status=404)
    get(client, hillside, "registers/oak/week/9999-12-31/", status=404)
