"""How often each step came on time, counted from what was really recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from allpresent.absences.models import Notice
from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.practice import Practice, Verdict
from allpresent.core.sharing import What
from allpresent.elsewhere.models import Arrangement, Provider, ProviderWord
from allpresent.people.models import ExpectedSessions, Placement, Professional, Pupil
from allpresent.practice.queries import practice
from allpresent.practice.reading import Period
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source, Submission
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.sharing.models import Share
from tests import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def london(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of September 2026 on London's clocks, an hour ahead of UTC."""
    return datetime(2026, 9, day, hour - 1, minute, tzinfo=UTC)


def looked_at(school: School, *, now: datetime = NOW) -> dict[str, Practice]:
    period = Period(date(2026, 9, 14), date(2026, 9, 18), setting_of(school))
    return {found.clock.key: found for found in practice(school, period, now=now)}


def verdicts(found: Practice) -> list[str]:
    return [judged.verdict.value for judged in found.cases]


def noted(pupil: Pupil, day: int, half: Half = Half.AM, *, known: tuple[str, datetime] | None = None) -> None:
    """N at the close of the register, and what it became when."""
    session = Session(date(2026, 9, day), half)
    _enter(pupil, NewEntry(pupil.id, session, 1, "N", Source.CLOSE), london(day, 9, 20))
    if known:
        code, at = known
        _enter(pupil, NewEntry(pupil.id, session, 2, code, Source.AMENDMENT, reason="Told."), at)


def _enter(pupil: Pupil, entry: NewEntry, at: datetime) -> None:
    enter(pupil.school_id, [entry], by=world.OFFICE, at=at)


def tried(pupil: Pupil, at: datetime, *, party: str = "parent", result: str = "no answer") -> None:
    Try.objects.create(
        school_id=pupil.school_id, pupil=pupil, day=at.date(), half="AM", step=party, party=party, name="Somebody",
        channel="phone", result=result, tried_at=at, key=f"{pupil.id}{at}{party}", at=at, by_name="Sam Okafor",
    )  # fmt: skip


def sent(pupil: Pupil, at: datetime, half: str = "AM") -> None:
    group = pupil.memberships.get().group
    Submission.objects.create(
        school=group.school, group=group, day=at.date(), half=half, key=f"{group.id}{at}", at=at, by_name="Jo Marsh"
    )


@pytest.fixture
def ogbourne() -> School:
    return world.a_school(name="Ogbourne")


@pytest.fixture
def magnum() -> School:
    return world.a_school(name="Magnum", policy="magnum", kind=School.Kind.ALTERNATIVE_PROVISION)


def a_pupil(school: School) -> Pupil:
    return world.a_pupil(in_group=world.a_group(school=school))


@pytest.mark.clause("M-3.1b", "M-3.3c")
def test_registers_are_held_to_ten_minutes_where_the_policy_says_so(magnum):
    pupil = a_pupil(magnum)
    for day, minute in ((14, 39), (15, 40), (16, 41)):
        sent(pupil, london(day, 9, minute))
    found = looked_at(magnum)["registers"]
    assert verdicts(found)[::2][:3] == ["on time", "on time", "late"]
    assert found.count(Verdict.NOT_DONE) == 7
    assert found.clock.asks == "A register is in within 10 minutes of its opening."


def test_registers_are_held_to_their_close_where_no_minutes_are_given(ogbourne):
    pupil = a_pupil(ogbourne)
    sent(pupil, london(14, 9, 20))
    sent(pupil, london(15, 9, 21))
    assert verdicts(looked_at(ogbourne)["registers"])[::2][:3] == ["on time", "late", "not done"]


def test_a_pupil_who_joins_later_owes_no_register_before(ogbourne):
    world.a_pupil(in_group=world.a_group(school=ogbourne), starting=date(2026, 9, 17))
    assert len(looked_at(ogbourne)["registers"].cases) == 4


@pytest.mark.clause("M-4.5a")
def test_the_first_call_is_held_to_the_morning_of_the_first_day(magnum):
    early, late, never, came = (a_pupil(magnum) for _ in range(4))
    for pupil in (early, late, never):
        noted(pupil, 15)
    noted(came, 15, known=("U", london(15, 10, 5)))
    tried(early, london(15, 10, 20))
    tried(late, london(15, 13, 30))
    tried(never, london(15, 11), party="commissioner")
    found = looked_at(magnum)["first"]
    said = {judged.case.subject.id: judged.verdict for judged in found.cases}
    assert said == {
        early.id: Verdict.ON_TIME, late.id: Verdict.LATE, never.id: Verdict.NOT_DONE, came.id: Verdict.NOT_NEEDED,
    }  # fmt: skip
    assert "M-4.5a" in found.clock.clauses


@pytest.mark.clause("O-B-14.1")
def test_where_no_time_is_given_the_day_itself_is_the_time(ogbourne):
    pupil, other = a_pupil(ogbourne), a_pupil(ogbourne)
    noted(pupil, 15)
    noted(other, 15)
    tried(pupil, london(15, 16))
    tried(other, datetime(2026, 9, 16, 8, tzinfo=UTC))
    found = looked_at(ogbourne)["first"]
    assert {judged.case.subject.id: judged.verdict.value for judged in found.cases} == {
        pupil.id: "on time", other.id: "not done",
    }  # fmt: skip


@pytest.mark.clause("M-4.5d")
def test_later_days_are_counted_apart_and_over_a_weekend(magnum):
    pupil = a_pupil(magnum)
    for day in (11, 14, 15):
        noted(pupil, day)
    tried(pupil, london(14, 10, 30))
    period = Period(date(2026, 9, 11), date(2026, 9, 18), setting_of(magnum))
    found = {one.clock.key: one for one in practice(magnum, period, now=NOW)}
    assert verdicts(found["first"]) == ["not done"]
    assert verdicts(found["again"]) == ["on time", "not done"]


@pytest.mark.clause("M-4.5e", "M-4.7e")
def test_those_who_work_with_a_child_are_held_to_the_day(magnum):
    pupil, without = a_pupil(magnum), a_pupil(magnum)
    Professional.objects.create(pupil=pupil, kind="social_worker", name="R. Mason", begins=date(2026, 9, 1))
    noted(pupil, 15)
    noted(without, 15)
    tried(pupil, london(15, 11), party="social-worker", result="no answer")
    assert verdicts(looked_at(magnum)["workers"]) == ["not done"]
    tried(pupil, london(15, 14), party="social-worker", result="told")
    assert verdicts(looked_at(magnum)["workers"]) == ["on time"]


@pytest.mark.clause("M-4.5c", "O-B-14.1")
def test_a_mark_is_settled_within_five_school_days(ogbourne):
    pupil, late = a_pupil(ogbourne), a_pupil(ogbourne)
    noted(pupil, 15, known=("I", london(22, 16)))
    noted(late, 15, known=("O", datetime(2026, 9, 22, 23, 30, tzinfo=UTC)))
    assert sorted(verdicts(looked_at(ogbourne)["settled"])) == ["late", "on time"]


def test_parents_are_held_to_the_latest_time_they_were_given(magnum):
    told, silent = a_pupil(magnum), a_pupil(magnum)
    noted(silent, 15)
    Notice.objects.create(
        school=magnum, pupil=told, about="absence", day=DAY, half="AM", says="Ill", channel="telephone",
        told_by="Mother", told_at=london(15, 9, 59), key="k", at=london(15, 10), by_name="Sam Okafor",
    )  # fmt: skip
    assert verdicts(looked_at(magnum)["told"]) == ["on time", "not done"]


def test_a_policy_without_a_time_is_not_held_to_one(ogbourne):
    noted(a_pupil(ogbourne), 15)
    found = looked_at(ogbourne)["told"]
    assert (found.clock.clauses, found.cases) == ((), ())


@pytest.mark.clause("M-3.3b", "M-3.3c")
def test_commissioners_are_held_to_the_time_of_the_register(magnum):
    pupil = world.a_pupil(in_group=world.a_group(school=magnum))
    ExpectedSessions.objects.create(pupil=pupil, begins=date(2026, 9, 1), pattern="Tue AM, Wed AM")
    Placement.objects.create(pupil=pupil, kind="school", commissioner="Hill Top School", begins=date(2026, 9, 1))
    for day, minute in ((15, 38), (16, 45)):
        Share.objects.create(
            school=magnum, pupil=pupil, day=date(2026, 9, day), half="AM", what=What.MARKS, ref="p",
            party="commissioner", name="Hill Top School", channel="email", says="Present", key=f"share {day}",
            at=london(day, 9, minute),
            by_name="Allpresent",
        )  # fmt: skip
    assert verdicts(looked_at(magnum)["commissioner"]) == ["on time", "late"]


@pytest.mark.clause("O-B-5.4")
def test_providers_are_held_to_the_time_of_their_word(ogbourne):
    pupil = world.a_pupil(in_group=world.a_group(school=ogbourne))
    provider = Provider.objects.create(school=ogbourne, name="Forge", kind="not a school", nature="Metalwork")
    place = Arrangement.objects.create(
        school=ogbourne, pupil=pupil, provider=provider, code="B", nature="Metalwork", begins=date(2026, 9, 1),
        pattern="Mon AM, Tue AM, Wed AM", key="place", at=world.BEGINNING, by_name="Sam Okafor",
    )  # fmt: skip
    for day, minute in ((14, 5), (15, 40), (15, 10)):
        ProviderWord.objects.create(
            school=ogbourne, arrangement=place, pupil=pupil, day=date(2026, 9, day), half="AM", says="there",
            told_by="The forge", told_at=london(day, 9, minute), channel="telephone", key=f"{day} {minute}",
            at=london(day, 9, minute), by_name="Sam Okafor",
        )  # fmt: skip
    assert verdicts(looked_at(ogbourne)["provider"]) == ["on time", "on time", "not done"]


def test_nothing_of_another_school_is_counted(ogbourne, magnum):
    noted(a_pupil(magnum), 15)
    assert [len(found.cases) for key, found in looked_at(ogbourne).items()] == [0] * 10


def test_the_queries_do_not_grow_with_the_pupils(ogbourne, django_assert_num_queries):
    period = Period(date(2026, 9, 14), date(2026, 9, 18), setting_of(ogbourne))
    for _ in range(3):
        noted(a_pupil(ogbourne), 15)
    with django_assert_num_queries(12):
        practice(ogbourne, period, now=NOW)


def page(client: Client, school: School, query: str = "first=2026-09-14&last=2026-09-18") -> str:
    return client.get(f"/{school.slug}/practice/?{query}").content.decode()


def test_the_head_opens_a_number_to_its_cases_and_a_governor_sees_no_name(client, at, ogbourne):
    at("2026-10-01 12:00")
    pupil = world.a_pupil(in_group=world.a_group(school=ogbourne), surname="Adeyemi")
    noted(pupil, 15)
    world.sign_in(client, world.staff(role=Role.HEAD, school=ogbourne))
    assert "Nothing to judge" in page(client, ogbourne)
    cases = page(client, ogbourne, "first=2026-09-14&last=2026-09-18&clock=first")
    assert "0 of 1 on time" in cases
    assert f'/ogbourne/pupils/{pupil.id}/">Adeyemi, Alex' in cases
    assert "/ogbourne/policy/clauses/O-B-14.1/" in cases or "O-B-14.1" in cases
    world.sign_in(client, world.staff(role=Role.GOVERNOR, school=ogbourne))
    cases = page(client, ogbourne, "first=2026-09-14&last=2026-09-18&clock=first")
    assert "0 of 1 on time" in cases
    assert "Adeyemi" not in cases


def test_every_case_goes_into_a_file_without_names_for_a_governor(client, at, ogbourne):
    at("2026-10-01 12:00")
    noted(world.a_pupil(in_group=world.a_group(school=ogbourne), surname="Adeyemi"), 15)
    world.sign_in(client, world.staff(role=Role.GOVERNOR, school=ogbourne))
    rows = page(client, ogbourne, "first=2026-09-14&last=2026-09-18&format=csv").splitlines()
    assert rows[0] == "step,clause,about,day,half,due,done,verdict,minutes late"
    assert any(row.startswith("First call home") and "not done" in row for row in rows)
    assert not any("Adeyemi" in row for row in rows)


@pytest.mark.parametrize("typed", ["first=soon&last=2026-09-18", "first=2026-09-18&last=2026-09-14", "last=2026-09-18"])
def test_days_that_cannot_be_are_said_so(client, at, ogbourne, typed):
    at("2026-10-01 12:00")
    world.sign_in(client, world.staff(role=Role.HEAD, school=ogbourne))
    answer = client.get(f"/ogbourne/practice/?{typed}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


def test_a_week_without_school_says_so(client, at, ogbourne):
    at("2026-10-29 12:00")
    world.sign_in(client, world.staff(role=Role.HEAD, school=ogbourne))
    assert "did not meet" in page(client, ogbourne, "first=2026-10-26&last=2026-10-29")
