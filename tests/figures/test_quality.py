"""How sound the registers of some days are, counted from what was really entered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.practice import Verdict
from allpresent.figures.quality import Quality, quality
from allpresent.figures.quality_pages import QualityPage
from allpresent.practice.reading import Period
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source, Submission
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from tests import world

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAYS = [date(2026, 9, day) for day in (14, 15, 16, 17, 18)]
MOST_QUERIES = 10


def sent(group: Group, day: date, half: Half, hour: int, minute: int) -> None:
    """A register sent in at a time of London's clocks, which are an hour ahead of UTC."""
    at = datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)
    Submission.objects.create(
        school=group.school, group=group, day=day, half=half, key=f"{group.id}{at}", at=at, by_name="Jo Marsh"
    )


def amended(pupil, day: date, code: str, at: datetime) -> None:
    entry = NewEntry(pupil.id, Session(day, Half.AM), 2, code, Source.AMENDMENT, reason="Told by the parent.")
    enter(pupil.school_id, [entry], by=world.OFFICE, at=at)


@pytest.fixture
def week() -> tuple[School, Group]:
    """A week of one class: all taken in time, but Tuesday's morning at 10:00 and Friday's afternoon not at all."""
    school = world.a_school(name="Ogbourne")
    group, (first, second) = world.a_class(school=school, size=2, name="4B")
    for day in DAYS:
        for half in Half:
            if (day, half) != (DAYS[4], Half.PM):
                in_time = (8, 50) if half is Half.AM else (13, 5)
                sent(group, day, half, *((10, 0) if (day, half) == (DAYS[1], Half.AM) else in_time))
    world.marks(first, {str(day): "/\\" for day in DAYS[:4]} | {"2026-09-18": "/-"})
    world.marks(second, {"2026-09-14": "N\\", "2026-09-15": "/\\", "2026-09-16": "N\\", "2026-09-17": "-\\"})
    world.marks(second, {"2026-09-18": "/-"})
    amended(second, DAYS[0], "I", datetime(2026, 9, 15, 9, tzinfo=UTC))
    amended(first, DAYS[0], "L", datetime(2026, 9, 30, 9, tzinfo=UTC))
    return school, group


def of_the_week(school: School) -> Quality:
    found = quality(school, Period(DAYS[0], DAYS[-1], setting_of(school)), now=NOW)
    assert found is not None
    return found


@pytest.mark.clause("M-3.1b")
def test_registers_blanks_amendments_and_what_is_still_unknown(week):
    found = of_the_week(week[0])
    assert [found.registers.count(verdict) for verdict in (Verdict.ON_TIME, Verdict.LATE, Verdict.NOT_DONE)] == [
        8,
        1,
        1,
    ]
    assert [str(blank.session.day)[-2:] + blank.session.half for blank in found.blanks] == ["17AM", "18PM", "18PM"]
    assert [(one.before, one.after) for one in found.amendments] == [("N", "I"), ("/", "L")]
    assert found.corrections == 1
    assert [judged.case.subject.day for judged in found.unsettled] == [DAYS[2]]


@pytest.mark.clause("M-3.1b")
def test_the_same_by_class_and_by_day_of_the_week(week):
    page = QualityPage(of_the_week(week[0]))
    [group] = page.by_group
    assert (group.words, group.due, group.complete, group.blanks, group.amended) == ("4B", 10, 8, 3, 2)
    assert (group.on_time, group.late, group.missing) == (8, 1, 1)
    by_day = {row.words: row for row in page.by_weekday}
    assert by_day["Tuesday morning"].late == 1
    assert by_day["Tuesday morning"].delay.startswith("usually ")
    assert by_day["Friday afternoon"].missing == 1
    assert sum(row.due for row in page.by_weekday) == sum(row.due for row in page.by_week) == page.total.due == 10
    assert page.headline == "80.0% of registers in on time; 3 marks missing"


def test_how_long_after_and_by_whom(week):
    page = QualityPage(of_the_week(week[0]))
    assert dict(page.how_long_after) == {"on the next day": 1, "within four weeks": 1}
    assert dict(page.by_position) == {"Office manager": 2}
    assert dict(page.changes) == {"/ to L": 1, "N to I": 1}


def test_a_register_that_is_still_open_is_not_counted(week):
    school = week[0]
    early = datetime(2026, 9, 14, 7, 30, tzinfo=UTC)
    found = quality(school, Period(DAYS[0], DAYS[0], setting_of(school)), now=early)
    assert found is not None
    assert QualityPage(found).total.due == 0
    assert found.blanks == ()


def test_a_week_of_holiday_has_nothing_to_say():
    school = world.a_school()
    assert quality(school, Period(date(2026, 10, 26), date(2026, 10, 30), setting_of(school)), now=NOW) is None


def test_few_queries(week):
    school, _ = week
    of_the_week(school)
    with CaptureQueriesContext(connection) as queries:
        of_the_week(school)
    assert len(queries) <= MOST_QUERIES


def opened(role: Role, school: School, query: str) -> str:
    client = world.sign_in(Client(), world.staff(role=role, school=school))
    answer = client.get(f"/{school.slug}/figures/quality/?first=2026-09-14&last=2026-09-18{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("M-3.1b")
@pytest.mark.parametrize("see", ["late", "missing", "blanks", "amended", "unsettled"])
def test_each_number_opens_to_its_cases(week, at, see):
    at("2026-10-01 13:00")
    school, _ = week
    names = [pupil.surname for pupil in school.pupils.all()]
    for_head = opened(Role.HEAD, school, f"&see={see}")
    for_governor = opened(Role.GOVERNOR, school, f"&see={see}")
    assert f"/{school.slug}/" in for_head
    assert not any(name in for_governor for name in names)
    assert any(name in for_head for name in names) == (see not in ("late", "missing"))
    assert "There is none" in opened(Role.HEAD, school, f"&see={see}&week=2026-09-07")


def test_all_of_it_as_a_file(week, at):
    at("2026-10-01 13:00")
    client = world.sign_in(Client(), world.staff(role=Role.GOVERNOR, school=week[0]))
    answer = client.get(f"/{week[0].slug}/figures/quality/?first=2026-09-14&last=2026-09-18&format=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"


def test_a_teacher_does_not_read_it(week):
    client = world.sign_in(Client(), world.staff(role=Role.TEACHER, school=week[0], groups=[week[1]]))
    assert client.get(f"/{week[0].slug}/figures/quality/").status_code == 403
