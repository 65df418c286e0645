"""The page of chances: to whom it is shown, what it says of a child and why, and that it can be switched off."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.sessions import Half
from allpresent.core.chances import Known, Standing, in_words, model
from allpresent.figures.actions import show_chances
from allpresent.figures.chances import chances_of
from allpresent.figures.chances_before import FEWEST, last_year_of
from allpresent.figures.chances_known import Years, years_of
from allpresent.figures.ground import Ground
from allpresent.figures.models import ChancesSwitch
from allpresent.figures.queries.switches import chances_shown
from allpresent.figures.sheet import blank_sheet
from allpresent.people.models import Enrolment, ExpectedSessions
from allpresent.schools.queries import setting_of
from tests import world

TODAY = date(2026, 12, 1)
LAST_YEAR = ("Spring, second half", date(2026, 2, 23), date(2026, 5, 22))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def december(at):
    at("2026-12-01 16:00")


def marked(pupil, days, pattern):
    """Marks on so many school days up to today, the pattern of two letters repeated day by day, the last one today."""
    found, day = {}, TODAY
    while len(found) < days:
        if day.weekday() < 5 and not date(2026, 10, 24) <= day <= date(2026, 11, 1):
            found[str(day)] = pattern[len(found) % len(pattern)]
        day -= timedelta(days=1)
    world.marks(pupil, found)


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupils(school):
    """One who misses a morning in four days, one who misses nothing, one without a mark."""
    _, (often, never, new) = world.a_class(school=school, size=3)
    marked(often, 50, ("I\\", "/\\", "/\\", "/\\"))
    marked(never, 50, ("/\\",))
    return often, never, new


def of(school):
    return chances_of(years_of(school, TODAY), model())


def opened(client, school, role=Role.HEAD, query=""):
    world.sign_in(client, world.staff(role=role, school=school))
    return client.get(f"/{school.slug}/figures/chances/{query}")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_each_pupil_is_known_by_the_sessions_of_the_registers(school, pupils):
    often, never, new = of(school)
    assert {one.pupil.id for one in (often, never, new)} == {pupil.id for pupil in pupils}
    by_id = {one.pupil.id: one for one in (often, never, new)}
    often, never, new = (by_id[pupil.id] for pupil in pupils)
    left = often.known.left
    assert often.known == Known(13, 100, 5, 40, left)
    assert never.known == Known(0, 100, 0, 40, left)
    assert left == 2 * (13 + 30 + 24 + 34 + 33), (
        "school days of December, two halves of spring, two of summer (3 May is off)"
    )
    assert (often.standing, never.standing, new.standing) == (Standing.OPEN, Standing.OPEN, Standing.UNKNOWN)
    assert never.chance < often.chance == model().chance(often.known)


def test_last_year_counts_where_enough_is_known_of_it():
    school = world.a_school(terms=(LAST_YEAR, *world.YEAR))
    long, brief = (world.a_pupil(school=school, starting=date(2026, 2, 23)) for _ in range(2))
    days = [date(2026, 2, 23) + timedelta(weeks=week, days=day) for week in range(11) for day in range(5)]
    world.marks(long, {str(day): "I\\" for day in days[:50]})
    world.marks(brief, {str(day): "I\\" for day in days[:49]})
    for pupil in (long, brief):
        marked(pupil, 10, ("/\\",))
    found = {one.pupil.id: one.known.last_year for one in of(school)}
    assert found == {long.id: Fraction(1, 2), brief.id: None}


def test_sessions_entered_ahead_are_not_yet_missed(school, pupils):
    world.marks(pupils[1], {"2026-12-03": "MM"})
    found = {one.pupil.id: one.known for one in of(school)}
    assert (found[pupils[1].id].missed, found[pupils[1].id].possible) == (0, 100)


def test_a_pupil_who_comes_by_a_pattern_has_fewer_sessions_left(school, pupils):
    often, never, _ = pupils
    ExpectedSessions.objects.create(pupil=often, pattern="Mon AM, Tue AM, Tue PM", begins=date(2026, 9, 1))
    found = {one.pupil.id: one.known.left for one in of(school)}
    sessions = setting_of(school).calendar.sessions_between(date(2026, 12, 2), date(2027, 7, 31))
    tuesdays = sum(1 for one in sessions if one.day.weekday() == 1)
    mondays = sum(1 for one in sessions if one.day.weekday() == 0 and one.half is Half.AM)
    assert found[often.id] == tuesdays + mondays
    assert found[never.id] == len(sessions)


def test_those_who_left_are_not_on_the_page(school, pupils):
    Enrolment.objects.filter(pupil=pupils[0]).update(ends=date(2026, 11, 30), ground="a")
    assert pupils[0].id not in {one.pupil.id for one in of(school)}


def test_the_page_says_the_chance_what_it_is_made_of_and_what_would_change_it(client, school, pupils):
    chance = next(one for one in of(school) if one.pupil.id == pupils[0].id)
    said = text(opened(client, school))
    assert "13 of 100 sessions missed so far (13.0%), 5 of 40 in the last four weeks" in said
    assert f"<strong>{in_words(chance.chance)}</strong>" in said
    assert f"Four weeks without a miss: {in_words(chance.coming.all_attended)}" in said
    assert "Of last year too little is known" in said
    assert f"/pupils/{pupils[0].id}/?show=absence" in said
    assert f"/pupils/{pupils[1].id}/" not in said


def test_it_says_first_what_it_is_and_what_it_is_not(client, school, pupils):
    said = text(opened(client, school))
    assert said.index("What it is</h2>") < said.index("What it is not</h2>") < said.index("Of 100 invented")
    assert "Not a label" in said
    assert "nothing happens because of it" in said


def test_any_chance_can_be_chosen_and_nonsense_cannot(client, school, pupils):
    assert f"/pupils/{pupils[1].id}/" in text(opened(client, school, query="?about=0"))
    for nonsense in ("11", "-1", "x", "³", "999999999999"):
        assert client.get(f"/{school.slug}/figures/chances/", {"about": nonsense}).status_code == 400


def test_who_has_missed_enough_already_is_no_matter_of_chance(client, school):
    _, (pupil,) = world.a_class(school=school, size=1)
    marked(pupil, 50, ("II",))
    assert "no longer a matter of chance" in text(opened(client, school))


def test_before_the_first_mark_there_is_nothing_to_say(client, school):
    world.a_class(school=school, size=2)
    assert "There is nothing to say yet" in text(opened(client, school))


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.TRUST_LEADER])
def test_who_may_not_see_every_pupil_sees_the_model_and_nobody(client, school, pupils, role):
    answer = opened(client, school, role)
    assert answer.status_code == 200
    assert "How it did" in text(answer)
    assert all(pupil.surname not in text(answer) for pupil in pupils)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OFFICE])
def test_it_does_not_open_to_those_who_see_no_figures(client, school, role):
    assert opened(client, school, role).status_code == 403


def test_another_schools_page_does_not_exist(client, school, pupils):
    world.sign_in(client, world.staff(role=Role.HEAD, school=world.a_school()))
    assert client.get(f"/{school.slug}/figures/chances/").status_code == 404


def test_switched_off_it_says_who_did_it_and_shows_nothing(client, school, pupils):
    opened(client, school)
    answer = client.post(f"/{school.slug}/figures/chances/switch/", {"shown": "off"}, follow=True)
    assert "This school does not show chances" in text(answer)
    assert "1 December 2026" in text(answer)
    assert pupils[0].surname not in text(answer)
    assert "How it is worked out" not in text(answer)
    assert client.get(f"/{school.slug}/figures/chances/curve.svg").status_code == 404
    assert chances_shown(world.a_school())
    answer = client.post(f"/{school.slug}/figures/chances/switch/", {"shown": "on"}, follow=True)
    assert pupils[0].surname in text(answer)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.DSL, 403), (Role.ATTENDANCE_OFFICER, 403), (Role.ATTENDANCE_LEAD, 302)]
)
def test_those_who_keep_the_policy_switch_it(client, school, role, status):
    opened(client, school, role)
    assert client.post(f"/{school.slug}/figures/chances/switch/", {"shown": "off"}).status_code == status


def test_a_switch_to_nowhere_is_refused(client, school):
    opened(client, school)
    assert client.post(f"/{school.slug}/figures/chances/switch/", {"shown": "maybe"}).status_code == 400
    assert not ChancesSwitch.objects.exists()


def test_switching_twice_is_written_once_with_who_and_when(school):
    for shown in (True, False, False, True):
        show_chances(school=school, shown=shown, by=world.OFFICE, now=world.BEGINNING)
    kept = ChancesSwitch.objects.order_by("id").values_list("shown", "by_name", "by_position", "at")
    assert list(kept) == [
        (False, "Sam Okafor", "Office manager", world.BEGINNING),
        (True, "Sam Okafor", "Office manager", world.BEGINNING),
    ]


def test_the_curve_is_a_picture_with_its_table_on_the_page(client, school, pupils):
    said = text(opened(client, school))
    picture = client.get(f"/{school.slug}/figures/chances/curve.svg")
    assert picture["Content-Type"].startswith("image/svg+xml")
    assert b"What came" in picture.content
    for tenth in model().with_last_year.tenths:
        assert f"<td>{tenth.pupils:,}</td>" in said


def a_year_before(school, *patterns):
    """Last year's marks, a pupil a pattern: (letter in each of the 40 mornings before December, and in 40 after)."""
    starts = (date(2025, 10, 6), date(2025, 12, 8))
    spans = [[start + timedelta(weeks=n // 5, days=n % 5) for n in range(40)] for start in starts]
    entries = [
        (pupil_id, day, half, letter if half == "AM" else "\\")
        for pupil_id, pattern in enumerate(patterns, start=1)
        for letter, days in zip(pattern, spans, strict=True)
        for day in days
        for half in ("AM", "PM")
    ]
    ground = Ground(school, AcademicYear(2025), today=TODAY)
    ground.sheet = blank_sheet(ground.year).folded(entries)
    return ground


def before(school, *patterns):
    now = Ground(school, AcademicYear(2026), today=TODAY)
    return last_year_of(Years(school, TODAY, now, a_year_before(school, *patterns)), model())


def test_last_year_here_is_set_beside_what_came(school):
    """Thirty missed nothing; one began to miss every morning in December: 40 of 160, which nobody could know."""
    found = before(school, *[("/", "/")] * 30, ("/", "I"))
    assert found.day == date(2025, 12, 2)
    low, middle, high = found.groups
    assert (low.words, low.pupils, low.came) == ("less than 3 in 10", 31, 1)
    assert (middle.pupils, high.pupils) == (0, 0)
    assert 0 < low.expected < 2


def test_who_had_missed_enough_by_then_is_not_counted_as_foretold(school):
    """Forty mornings of 160 sessions are 10% of the year by then, whatever came after."""
    assert sum(group.pupils for group in before(school, *[("/", "/")] * 30, ("I", "/")).groups) == 30


def test_of_fewer_than_thirty_nothing_is_said(school):
    assert before(school, *[("/", "/")] * (FEWEST - 1)) is None
    assert before(school) is None


def test_the_page_sets_last_year_beside_what_came_where_it_is_known(client, school, pupils):
    assert "Here, last year" not in text(opened(client, school))
    _, many = world.a_class(school=school, size=FEWEST)
    for pupil in many:
        world.marks(pupil, {"2025-11-03": "/\\", "2026-07-01": "/\\", "2026-07-02": "/I"})
    said = text(client.get(f"/{school.slug}/figures/chances/"))
    assert "Here, last year" in said
    assert "2 December 2025" in said
    assert f"<td>{FEWEST}</td>" in said


def test_a_school_asks_as_often_for_thirty_pupils_as_for_three(school, pupils, django_assert_max_num_queries):
    world.a_class(school=school, size=27)
    with django_assert_max_num_queries(8):
        assert len(of(school)) == 30
