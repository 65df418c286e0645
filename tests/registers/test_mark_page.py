"""One mark: its entries, its meaning, and amending it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.queries import pupil_on_roll
from allpresent.registers import actions
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import RegisterEntry, Source
from tests import world
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)
MORNING = Session(DAY, Half.AM)


@pytest.fixture
def hillside(at):
    at("2026-09-15 11:00")
    return world.a_school()


@pytest.fixture
def oak(hillside):
    return world.a_group(school=hillside, name="Oak")


@pytest.fixture
def ann(oak):
    pupil = world.a_pupil(in_group=oak, surname="Ansty", forename="Ann")
    entry = NewEntry(pupil.id, MORNING, 1, "N", Source.CLOSE, reason="The register closed with no mark and no reason.")
    with transaction.atomic():
        enter(pupil.school_id, [entry], by=world.OFFICE, at=datetime(2026, 9, 15, 8, 20, tzinfo=UTC))
    return pupil


@pytest.fixture
def office(client, hillside):
    return world.sign_in(
        client, world.staff(role=Role.OFFICE, school=hillside, name="Sam Hart", position="Office manager")
    )


def path(pupil, day: date = DAY, half: str = "am") -> str:
    return f"marks/{pupil.id}/{day}/{half}/"


def amend(client, pupil, status: int = 302, **form) -> str:
    answer = client.post(f"/{pupil.school.slug}/{path(pupil)}", {"seen": 1, **form})
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return answer.content.decode()


def codes(pupil) -> list[str]:
    return [*RegisterEntry.objects.filter(pupil=pupil).order_by("version").values_list("code", flat=True)]


@pytest.mark.clause("M-4.1e")
def test_an_amendment_keeps_what_it_amends_with_reason_date_name_and_position(office, hillside, ann):
    amend(office, ann, code="I", reason="Mother rang: a cold")
    assert codes(ann) == ["N", "I"]
    page = text(get(office, hillside, path(ann)))
    first, second = page.index("N Reason not yet known Entered by the program"), page.index("Amended by Sam Hart")
    assert first < second
    assert "Amended by Sam Hart, Office manager, 15 September 2026 at 11:00 Why: Mother rang: a cold" in page


@pytest.mark.clause("O-B-12.4", "M-4.1f")
@pytest.mark.parametrize(
    ("code", "counts_as"),
    [
        ("G", "Unauthorised absence"),
        ("O", "Unauthorised absence"),
        ("I", "Authorised absence"),
        ("Y1", "Not a possible session: in no percentage"),
        ("/", "Attendance: present"),
    ],
)
def test_the_page_says_what_a_mark_counts_as(office, hillside, ann, code, counts_as):
    assert "Counts as Unauthorised absence" in text(get(office, hillside, path(ann)))
    amend(office, ann, code=code, reason="Looked into")
    assert f"Counts as {counts_as}" in text(get(office, hillside, path(ann)))


def test_the_page_says_which_clauses_ruled_each_entry(office, hillside, ann):
    amend(office, ann, code="I", reason="Mother rang")
    page = text(get(office, hillside, path(ann)))
    assert "By O-B-3.1.4, O-B-3.1.5" in page
    assert "reg 6" in page


@pytest.mark.parametrize(
    ("form", "box", "says"),
    [
        ({"code": "I", "reason": " "}, "reason", "Say why the mark is being changed"),
        ({"code": "", "reason": "x"}, "code", "Choose a code"),
        ({"code": "QQ", "reason": "x"}, "code", "is not an attendance code on 15 September 2026"),
        ({"code": "C", "reason": "x"}, "code", "cannot be entered by the office"),
        ({"code": "I", "reason": "x", "arrived": "late"}, "arrived", "Give the time of arrival as 9:25"),
        ({"code": "I", "reason": "x", "seen": "0"}, "code", "N is in the register, and you chose I"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_kept(office, ann, form, box, says):
    page = amend(office, ann, status=422, **form)
    assert says in text(page)
    assert "<title>Error: " in page
    assert f'href="#{box}"' in page
    assert f'id="{box}"' in page
    assert codes(ann) == ["N"]


@pytest.mark.clause("M-4.1g", "M-4.1h")
@pytest.mark.parametrize("code", ["B", "V", "Y7", "Y2"])
def test_an_activity_or_a_cause_is_not_kept_without_its_nature(office, hillside, ann, code):
    assert "needs to say" in text(amend(office, ann, status=422, code=code, reason="Told by a parent"))
    amend(office, ann, code=code, reason="Told by a parent", detail="The river rose")
    assert "Detail: The river rose" in text(get(office, hillside, path(ann)))


@pytest.mark.clause("M-4.4a")
@pytest.mark.parametrize(
    ("arrived", "says"),
    [
        ("", "U needs a time of arrival after the register closed"),
        ("9:10", "before the register closed, so the mark is L and not U"),
        ("23:30", "23:30 has not come yet"),
    ],
)
def test_u_comes_only_from_an_arrival_after_the_close(office, ann, arrived, says):
    assert says in text(amend(office, ann, status=422, code="U", arrived=arrived, reason="Came late"))
    amend(office, ann, code="U", arrived="9:50", reason="Came late")
    assert RegisterEntry.objects.filter(pupil=ann, code="U").values_list("minutes_late", flat=True).get() == 60


def test_a_pupil_who_came_before_the_close_is_l_with_the_minutes(office, ann):
    assert "so L cannot be used" in text(amend(office, ann, status=422, code="L", arrived="9:50", reason="Came late"))
    amend(office, ann, code="L", arrived="9:02", reason="Came late")
    assert RegisterEntry.objects.filter(pupil=ann, code="L").values_list("minutes_late", flat=True).get() == 12


@pytest.mark.clause("O-B-3.1.9")
@pytest.mark.parametrize(("reason", "letter"), [(None, "U"), ("M", "M"), ("Y1", "Y1")])
def test_an_arrival_after_the_close_earns_u_or_the_code_of_a_better_reason(hillside, ann, reason, letter):
    pupil = pupil_on_roll(hillside, ann.id, DAY)
    earned = actions.record_arrival(
        school=hillside, pupil=pupil, session=MORNING, arrived_at=datetime(2026, 9, 15, 8, 40, tzinfo=UTC),
        better_reason=reason, said="The bus", by=world.OFFICE, now=datetime(2026, 9, 15, 8, 41, tzinfo=UTC),
    )  # fmt: skip
    assert (earned.letter, earned.minutes_late) == (letter, 50)
    assert codes(ann) == ["N", letter]


@pytest.mark.clause("O-B-3.1.8", "M-4.4a")
@pytest.mark.parametrize(("minute", "letter"), [(50, "/"), (51, "L"), (79, "L"), (80, "U")])
def test_the_close_of_the_register_parts_l_from_u(hillside, oak, minute, letter):
    pupil = pupil_on_roll(hillside, world.a_pupil(in_group=oak).id, DAY)
    arrived = datetime(2026, 9, 15, 7 + minute // 60, minute % 60, tzinfo=UTC)
    earned = actions.record_arrival(
        school=hillside, pupil=pupil, session=MORNING, arrived_at=arrived, better_reason=None, said="",
        by=world.OFFICE, now=arrived,
    )  # fmt: skip
    assert earned.letter == letter
    assert codes(pupil) == [letter]


def test_codes_are_offered_by_level_and_in_the_schools_own_words(office, hillside, ann):
    page = get(office, hillside, path(ann))
    assert '<optgroup label="Authorised absence">' in page
    assert '<option value="C"' not in page
    assert '<option value="\\"' not in page
    assert "L: Late arrival before the register is closed" in page
    head = world.sign_in(type(office)(), world.staff(role=Role.HEAD, school=hillside))
    assert '<option value="C"' in get(head, hillside, path(ann))


def test_a_teacher_reads_the_history_and_cannot_amend(client, hillside, oak, ann):
    world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside, groups=[oak]))
    page = get(client, hillside, path(ann))
    assert "Entered by the program when the register closed" in text(page)
    assert 'name="reason"' not in page
    amend(client, ann, status=404, code="I", reason="Told me")
    assert codes(ann) == ["N"]


def test_marks_of_other_groups_and_other_schools_do_not_exist(client, hillside, ann):
    own = world.a_group(school=hillside)
    world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside, groups=[own]))
    get(client, hillside, path(ann), status=404)
    other = world.a_school()
    world.sign_in(client, world.staff(role=Role.OFFICE, school=other))
    get(client, other, path(ann), status=404)


def test_a_restriction_stands_first(office, hillside, ann):
    world.a_contact(of=ann, restriction="Not to be released to Mr Ansty")
    page = text(get(office, hillside, path(ann)))
    assert page.index("Not to be released") < page.index("In force")


@pytest.mark.clause("M-4.1e")
def test_a_past_moment_shows_the_entries_there_were_and_no_form(office, hillside, ann):
    amend(office, ann, code="I", reason="Mother rang")
    then = get(office, hillside, path(ann) + "?known=2026-09-15T10:00")
    assert "As it was known on 15 September 2026 at 10:00." in text(then)
    assert "Mother rang" not in then
    assert 'name="reason"' not in then
    assert "Nothing had been entered by then." in text(get(office, hillside, path(ann) + "?known=2026-09-15T09:00"))


def test_a_blank_leads_to_its_register_and_a_day_without_school_is_no_page(office, hillside, ann):
    page = get(office, hillside, path(ann, half="pm"))
    assert "There is no mark for this session yet." in text(page)
    assert f"/{hillside.slug}/registers/oak/2026-09-15/pm/" in page
    get(office, hillside, path(ann, date(2026, 9, 19)), status=404)
    get(office, hillside, f"marks/{10**18 * 9}/2026-09-15/am/", status=404)


@pytest.mark.clause("O-B-12.1-12.3")
def test_a_reason_that_the_policy_does_not_accept_brings_its_code_and_says_itself(office, ann):
    page = get(office, ann.school, path(ann))
    assert "shopping: O" in page
    assert "day trip: G" in page
    assert "too late for a present or late mark" not in page  # U is the clock's
    value = page.split(">shopping: O<")[0].rsplit('value="', 1)[1].split('"')[0]

    amend(office, ann, named=value, code="", reason="")

    newest = RegisterEntry.objects.filter(pupil=ann).order_by("version").last()
    assert (newest.code, newest.reason) == ("O", "shopping (O-B-12.1-12.3)")


def test_a_code_that_does_not_go_with_the_reason_is_refused(office, ann):
    page = get(office, ann.school, path(ann))
    value = page.split(">shopping: O<")[0].rsplit('value="', 1)[1].split('"')[0]

    assert "goes with O" in amend(office, ann, status=422, named=value, code="I", reason="ill")
    assert RegisterEntry.objects.filter(pupil=ann).count() == 1
