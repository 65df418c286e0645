"""Packs: what changed, the figures beside earlier ones, and nobody's name where none may stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from allpresent.accounts.roles import Role
from allpresent.accounts.staff import Staff
from allpresent.figures.packs.contents import Pack
from allpresent.figures.packs.facts import Facts
from allpresent.figures.packs.kinds import PACKS, open_to
from allpresent.figures.packs.make import pack
from allpresent.figures.packs.paper import as_pdf, as_sheets
from allpresent.improvement.actions import say_of_ourselves
from allpresent.people.models import Characteristic, Professional
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.models import Event
from tests import world

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 21), date(2026, 9, 25)
NOW = datetime(2026, 9, 25, 15, tzinfo=UTC)
KINDS = {kind.key: kind for kind in PACKS}


@pytest.fixture
def school() -> School:
    """Eight pupils; in the week of the pack Amber is ill on one day, and nobody knows why Blue is away."""
    school = world.a_school(name="Hillside")
    group = world.a_group(school=school, name="4B")
    names = ("Amber", "Blue", "Cobalt", "Damask", "Ebony", "Fawn", "Grey", "Hazel")
    pupils = {name: world.a_pupil(in_group=group, surname=name, sex="F") for name in names}
    for name, pupil in pupils.items():
        away = {"Amber": "II", "Blue": "NN"}.get(name, "/\\")
        world.marks(pupil, {str(FIRST - timedelta(days=back)): "/\\" for back in (3, 4)})
        world.marks(pupil, {str(FIRST): away, str(LAST): "/\\"})
    Characteristic.objects.create(pupil=pupils["Amber"], kind="child_protection", begins=date(2026, 9, 1))
    Professional.objects.create(pupil=pupils["Amber"], kind="social_worker", name="Lee Ross", begins=date(2026, 9, 1))
    world.a_contact(of=pupils["Amber"], restriction="May not collect.")
    return school


def made(school: School, key: str) -> Pack:
    facts = Facts(school, setting_of(school).words_on(LAST), KINDS[key], FIRST, LAST, NOW)
    return pack(facts, by="Jo Marsh")


def words_of(found: Pack) -> str:
    cells = (str(cell) for each in found.sections if each.table for row in each.table.rows for cell in row)
    return "\n".join([*(line for each in found.sections for line in (each.title, *each.says)), *cells])


def table_of(found: Pack, title: str) -> dict[str, tuple]:
    [table] = [each.table for each in found.sections if each.title.startswith(title)]
    return {row[0]: row[1:] for row in table.rows}


@pytest.mark.clause("M-3.1a", "O-B-23")
def test_the_whole_school_stands_beside_earlier_days(school):
    rows = table_of(made(school, "head"), "The whole school")
    assert rows["Attendance %"] == (87.5, 100.0, None, 93.8)
    assert rows["Possible sessions"] == (32, 32, 0, 64)
    assert rows["Persistently absent"] == (2, 0, 0, 2)


@pytest.mark.clause("M-3.1a")
def test_what_changed_is_said_first(school):
    found = made(school, "head")
    assert found.sections[0].title == "In short, and what changed"
    said = " ".join(found.sections[0].says)
    assert "2 are persistently absent in the year so far: 2 became so in these days, and none no longer are." in said


@pytest.mark.clause("O-B-24", "O-B-26")
def test_the_heads_pack_names_who_is_persistently_absent_and_no_restricted_fact(school):
    found = made(school, "head")
    rows = table_of(found, "Persistently absent")
    assert set(rows) == {"Amber, Alex (restriction held)", "Blue, Alex"}
    assert rows["Blue, Alex"][-1] == "new in these days"
    assert rows["Blue, Alex"][2] == "2 of 8"
    for secret in ("Child protection", "Social worker"):
        assert secret not in words_of(found)


@pytest.mark.clause("O-B-25")
def test_the_safeguarding_leads_pack_tells_what_is_known_restrictions_first(school):
    found = made(school, "safeguarding")
    [known] = [row[-1] for row in table_of(found, "Children whom others").values()]
    assert known.startswith("an adult with a restriction")
    assert "Child protection plan" in known
    assert "Social worker" in known
    assert "Lee Ross" not in words_of(found)
    assert table_of(found, "Not yet explained") == {"Blue, Alex": ("4B", 2)}


@pytest.mark.clause("M-3.1a", "O-B-23")
def test_the_boards_pack_names_nobody_and_withholds_small_numbers(school):
    found = made(school, "governors")
    assert not any(pupil.surname in words_of(found) for pupil in school.pupils.all())
    rows = table_of(found, "The whole school, for the self-evaluation form")
    assert rows["Persistently absent"] == ("withheld", 0, 0, "withheld")
    assert rows["Pupils counted"][0] == 8
    assert "Circumstances" not in [each.title for each in found.sections]
    assert "their number is withheld" in " ".join(found.sections[0].says)


@pytest.mark.clause("M-3.1f", "O-B-22.3-22.4")
def test_cohorts_are_told_apart_and_restricted_ones_only_where_they_may_be(school):
    blue = school.pupils.get(surname="Blue")
    Characteristic.objects.create(pupil=blue, kind="free_meals", begins=date(2026, 9, 1))
    for_head, for_lead = (table_of(made(school, key), "Circumstances") for key in ("head", "safeguarding"))
    assert for_head.keys() == {"Free school meals"}
    assert for_lead.keys() == {"Free school meals", "Child protection plan"}
    assert for_head["Free school meals"] == (75.0, 50.0, 100.0, 1, 1, 100.0, 0)
    for_board = table_of(made(school, "governors"), "Circumstances")
    assert for_board["Free school meals"] == ("withheld",) * 7


def test_weeks_end_with_the_last_day_of_the_pack(school):
    weeks = table_of(made(school, "head"), "Week by week")
    assert list(weeks) == ["Mon 14 Sep", "Mon 21 Sep"]


@pytest.mark.clause("M-3.1b", "O-B-24")
def test_registers_and_practice_are_in_it(school):
    found = made(school, "governors")
    assert table_of(found, "Quality of registers")["All"][0] == 10
    assert "Registers taken" in table_of(found, "Practice against policy")


@pytest.mark.clause("M-3.2a", "M-3.2g")
@pytest.mark.parametrize(
    ("role", "packs"),
    [
        (Role.HEAD, {"head", "safeguarding", "governors"}),
        (Role.DSL, {"head", "safeguarding", "governors"}),
        (Role.ATTENDANCE_LEAD, {"head", "safeguarding", "governors"}),
        (Role.ATTENDANCE_OFFICER, {"head", "governors"}),
        (Role.GOVERNOR, {"governors"}),
    ],
)
def test_each_pack_opens_to_those_who_may_know_what_is_in_it(school, at, role, packs):
    at("2026-09-25 16:00")
    client = world.sign_in(Client(), world.staff(role=role, school=school))
    page = client.get(f"/{school.slug}/figures/packs/").content.decode()
    for key in KINDS:
        assert (f"/figures/packs/{key}/" in page) == (key in packs)
        answer = client.get(f"/{school.slug}/figures/packs/{key}/?format=xlsx")
        assert answer.status_code == (200 if key in packs else 404)


def test_paper_is_tagged_and_the_same_twice(school):
    found = made(school, "governors")
    paper = as_pdf(found, now=NOW)
    assert paper.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in paper
    assert b"pdfuaid" in paper
    assert as_pdf(found, now=NOW) == paper


def test_the_workbook_has_a_sheet_for_each_table(school, at):
    at("2026-09-25 16:00")
    client = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    answer = client.get(f"/{school.slug}/figures/packs/head/?first={FIRST}&last={LAST}&format=xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [name[:31] for name in as_sheets(made(school, "head"))]
    assert book.worksheets[0]["A1"].value.startswith("Pack for the ")


def test_who_made_it_is_written_down_and_shown(school, at):
    at("2026-09-25 16:00")
    head = world.staff(role=Role.HEAD, school=school, name="Jo Marsh")
    client = world.sign_in(Client(), head)
    answer = client.get(f"/{school.slug}/figures/packs/governors/?first={FIRST}&last=2026-09-24")
    assert answer["Content-Type"] == "application/pdf"
    event = Event.objects.get(kind="pack of figures made")
    assert (event.by_name, event.facts) == (
        "Jo Marsh", {"pack": "governors", "first": "2026-09-21", "last": "2026-09-24"},
    )  # fmt: skip
    page = client.get(f"/{school.slug}/figures/packs/").content.decode()
    assert "by Jo Marsh, of 21 September 2026 to 24 September 2026" in page
    assert "first=2026-09-25&amp;last=2026-09-25" in page


def test_days_to_come_are_not_packed(school, at):
    at("2026-09-25 16:00")
    client = world.sign_in(Client(), world.staff(role=Role.HEAD, school=school))
    answer = client.get(f"/{school.slug}/figures/packs/governors/?first=9999-12-31&last=9999-12-31")
    assert answer.status_code == 400
    assert "have not come yet" in answer.content.decode()


def test_a_school_with_nothing_recorded_still_has_a_pack():
    school = world.a_school()
    found = made(school, "governors")
    assert found.sections[0].says[0] == "No sessions have been recorded this year."
    assert as_pdf(found, now=NOW).startswith(b"%PDF-")


def test_nobody_may_have_a_pack_of_a_school_where_they_hold_nothing(school):
    assert open_to(Staff(1, "Nobody", ()), school) == ()


@pytest.mark.clause("O-B-23")
def test_what_the_school_says_of_itself_stands_in_the_boards_pack(school):
    say_of_ourselves(
        school=school, words="Mondays are better.\nFridays next.", seen=0, key="1", by=world.OFFICE, now=NOW
    )
    [section] = [each for each in made(school, "governors").sections if each.title == "What the school says of itself"]
    assert section.says[:2] == ("Mondays are better.", "Fridays next.")
    assert "Sam Okafor" in section.says[-1]
