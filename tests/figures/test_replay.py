"""Past days gone through again: every day as core decides it, and a page that stores and sends nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.replay import Side, altered
from allpresent.core.thresholds import Lookback, assess, history_of, thresholds_of
from allpresent.figures.replay import Line, Looked, Replay
from allpresent.messages.models import Message
from allpresent.people.models import Enrolment, Pupil
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import RegisterEntry, Source
from allpresent.schools.models import Group, School, Trust
from allpresent.schools.queries import setting_of
from tests import world
from tests.core.thresholds.marked import threshold

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 7), date(2026, 10, 16)
NOW = "2026-10-16 15:30"
MANY = 12


def attended(pupil: Pupil, away: dict[int, str]) -> None:
    """Every school day from FIRST to LAST; `away`: the code of both halves of a day, by its number."""
    days = setting_of(pupil.school).calendar.school_days_between(FIRST, LAST)
    entries = [
        NewEntry(pupil.id, Session(day, half), 1, away.get(n, "/" if half is Half.AM else "\\"), Source.REGISTER)
        for n, day in enumerate(days)
        for half in Half
    ]
    enter(pupil.school_id, entries, by=world.OFFICE, at=world.BEGINNING)


@pytest.fixture
def school() -> School:
    """Ada misses two days of six weeks, Bea four, Cy three weeks; Di left after a bad first week."""
    school = world.a_school(name="Ogbourne", trust=world.a_trust(name="Downland"))
    group = world.a_group(school=school, name="4 Swift")
    absent = {"Ada": {24: "I", 25: "I"}, "Bea": {8: "O", 9: "O", 20: "O", 21: "O"}, "Cy": dict.fromkeys(range(15), "O")}
    for name, away in absent.items():
        attended(world.a_pupil(in_group=group, forename=name, surname="Marsh"), away)
    gone = world.a_pupil(in_group=group, forename="Di", surname="Marsh")
    attended(gone, {0: "O", 1: "O"})
    Enrolment.objects.filter(pupil=gone).update(ends=FIRST + timedelta(days=4), ground="9(1)(a)")
    return school


def below(school: School, number: int | None = None):
    own = thresholds_of(setting_of(school).policy_on(LAST))["below-90"]
    return altered(own, {Side.BELOW: Decimal(number)}) if number else own


def firsts(school: School, line: Line) -> dict[str, tuple[date, date]]:
    names = dict(Pupil.objects.filter(school=school).values_list("id", "forename"))
    return {names[pupil]: (held[0].first, held[-1].last) for pupil, held in line.spells.items()}


def test_who_would_have_been_over_the_line_and_when_first(school):
    replay = Replay(school, FIRST, LAST)
    now, other = (firsts(school, Line(replay, below(school, number))) for number in (None, 95))
    assert now.keys() == {"Bea", "Cy", "Di"}
    assert other.keys() == {"Ada", "Bea", "Cy", "Di"}
    assert now["Cy"] == (FIRST, LAST)
    assert now["Bea"][0] == other["Bea"][0] == date(2026, 9, 17)
    assert other["Ada"] == (date(2026, 10, 12), LAST)
    assert now["Di"][1] == FIRST + timedelta(days=4)


def test_looked_at_once_a_half_term_only_its_last_day_counts(school):
    end = date(2026, 10, 23)
    found = firsts(school, Line(Replay(school, FIRST, end), below(school), Looked.HALF_TERM))
    assert found == {"Bea": (end, end), "Cy": (end, end)}
    assert Line(Replay(school, FIRST, LAST), below(school), Looked.HALF_TERM).spells == {}


def test_looked_at_once_a_week_its_last_school_day_counts(school):
    found = firsts(school, Line(Replay(school, FIRST, LAST), below(school), Looked.WEEK))
    assert found["Bea"] == (date(2026, 9, 18), LAST)


THRESHOLDS = [
    threshold(of="attendance", below="90%", over="year to date"),
    threshold(of="absence", at_least="10%", over="term"),
    threshold(of="absence", at_least="4 times", over="half-term"),
    threshold(of="unauthorised-absence", at_least="3 days", over="20 school days"),
    threshold(of="codes", codes=["O", "U"], at_least="10 sessions", over="10 school weeks"),
    threshold(of="episodes", at_least="2 times", over="term"),
]


@pytest.mark.parametrize("asked", THRESHOLDS, ids=lambda asked: f"{asked.of} {asked.edges}")
def test_every_day_is_as_core_decides_it_by_the_marks_up_to_then(school, asked):
    """The vectorised replay against core, pupil by pupil and day by day."""
    line = Line(Replay(school, FIRST, LAST), asked)
    calendar = setting_of(school).calendar
    rows = RegisterEntry.objects.filter(school=school).values_list("pupil_id", "day", "half", "code")
    for enrolment in Enrolment.objects.filter(pupil__school=school):
        marks = [(Session(day, Half(half)), code) for pupil, day, half, code in rows if pupil == enrolment.pupil_id]
        held = line.spells.get(enrolment.pupil_id, ())
        for day in calendar.school_days_between(FIRST, LAST):
            history = history_of([mark for mark in marks if mark[0].day <= day], since=enrolment.begins)
            there = enrolment.ends is None or day <= enrolment.ends
            found = there and assess(asked, history, Lookback(calendar, day)) is not None
            assert found == any(spell.first <= day <= spell.last for spell in held), (enrolment.pupil, day)


@pytest.mark.clause("O-App2-2")
def test_the_letters_that_would_have_followed(school):
    replay = Replay(school, FIRST, LAST)
    for number, letters in ((None, 3), (95, 4)):
        first, second, meeting = Line(replay, below(school, number)).following
        assert (first.step.id, len(first.acts)) == ("first-letter", letters)
        assert (second.step.id, second.acts) == ("second-letter", ())
        assert (meeting.step.id, meeting.at_most) == ("meeting", letters)


def page(school: School, role: Role, query: str = "", **over: Trust) -> tuple[int, str]:
    user = world.staff(role=role, **(over or {"school": school}))
    answer = world.sign_in(Client(), user).get(f"/{school.slug}/figures/what-if/{query}")
    return answer.status_code, answer.content.decode()


ASKED = f"?threshold=below-90&of=below-90&below=95&first={FIRST}&last={LAST}"


def test_the_page_says_who_when_and_what_and_changes_nothing(school, at):
    at(NOW)
    before = RegisterEntry.objects.count(), Message.objects.count()
    status, said = page(school, Role.HEAD, ASKED)
    assert status == 200
    assert "4 within “below 95%”, not 3 within “below 90%”" in said
    differs = said.split("For whom it differs", 1)[1]
    assert "Marsh, Ada" in differs
    assert "12 October 2026" in differs
    assert "First letter, 12 October 2026" in differs
    assert "Marsh, Bea" not in differs
    assert "O-App2-2" in said
    assert (RegisterEntry.objects.count(), Message.objects.count()) == before


def test_who_may_not_know_pupils_sees_no_name_and_no_number_of_a_few(school, at):
    at(NOW)
    status, said = page(school, Role.GOVERNOR, ASKED)
    assert status == 200
    assert "Marsh" not in said
    assert "a few within “below 95%”, not a few within “below 90%”" in said
    cells = [cell.split("</td>")[0] for cell in said.split("<td>")[1:]]
    assert not {"1", "2", "3", "4"} & set(cells)


def test_where_nobody_comes_within_either_line_it_says_so_to_each_reader(at):
    at(NOW)
    school = world.a_school(name="Ogbourne")
    for role in (Role.HEAD, Role.GOVERNOR):
        status, said = page(school, role, ASKED)
        assert (status, "Nobody would have come within either." in said) == (200, True)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?threshold=below-90&of=below-90&below=lots", "is not a number"),
        ("?threshold=below-90&of=below-90&below=120", "from 0 to 100"),
        ("?threshold=near-persistent&of=near-persistent&at_most=80", "Nothing is both"),
        ("?threshold=below-90&first=2026-10-01&last=2026-09-01", "The first day comes before the last"),
        ("?threshold=below-90&first=2020-09-01&last=2026-09-01", "2 school years"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_policys_own_line_is_shown(school, at, query, said):
    at(NOW)
    status, shown = page(school, Role.HEAD, query)
    assert status == 400
    assert said in shown
    assert "There is a problem" in shown


ODD = ("a\x00b", "9999-12-31", "0001-01-01", "9" * 30, "1e9", "NaN", "-5", "²", "x" * 2_000, "<b>{{7*7}}")


@pytest.mark.parametrize("box", ["threshold", "of", "below", "first", "last", "looked"])
def test_whatever_is_in_a_box_is_answered_in_words(school, at, box):
    at(NOW)
    client = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    usual = {"threshold": "below-90", "of": "below-90", "below": "95", "first": str(FIRST), "last": str(LAST)}
    for odd in ODD:
        answer = client.get(f"/{school.slug}/figures/what-if/", usual | {box: odd})
        assert answer.status_code in (200, 400), odd
        assert "<b>{{7*7}}" not in answer.content.decode()


def test_a_number_given_for_another_line_is_not_taken(school, at):
    at(NOW)
    _, said = page(school, Role.HEAD, "?threshold=below-90&of=often-late&below=95")
    assert 'value="90"' in said


def test_schools_of_a_trust_side_by_side_each_by_its_own_policy(school, at):
    at(NOW)
    other = world.a_school(name="Kiln", policy="magnum", trust=school.trust)
    group = world.a_group(school=school, name="5 Heron")
    for _ in range(MANY):
        attended(world.a_pupil(in_group=group), {13: "I", 14: "I"})
    status, said = page(school, Role.TRUST_LEADER, f"trust/{ASKED}", trust=school.trust)
    rows = {row.split(">", 3)[3].split("</a>")[0]: row for row in said.split('<tr><th scope="row">')[1:]}
    assert status == 200
    assert len(rows) == 2
    assert "Its policy draws no such line." in next(row for name, row in rows.items() if other.name in row)
    cells = next(row for row in rows.values() if "<td>" in row).split("<td>")[1:]
    assert [cell.split("</td>")[0] for cell in cells] == ["15", "16", "15", "16", "15", "16"]


def test_a_head_does_not_see_the_schools_of_the_trust(school, at):
    at(NOW)
    assert page(school, Role.HEAD, "trust/")[0] == 403


def test_more_pupils_need_no_more_queries(school, at):
    at(NOW)
    user = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    address = f"/{school.slug}/figures/what-if/{ASKED}"
    user.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        user.get(address)
    group = Group.objects.get(school=school)
    for _ in range(MANY):
        attended(world.a_pupil(in_group=group), {3: "O"})
    with CaptureQueriesContext(connection) as many:
        user.get(address)
    assert len(many) <= len(few)


def test_a_policy_without_a_line_to_alter_says_so(at):
    at(NOW)
    school = world.a_school(policy="magnum")
    status, said = page(school, Role.HEAD)
    assert status == 200
    assert "The line" in said or "no line with a number" in said
