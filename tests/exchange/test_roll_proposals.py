"""What a file proposes: matching, changes, conflicts, repeats, and all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.exchange import work
from allpresent.exchange.roll.matching import Choice
from allpresent.exchange.roll.proposal import Section
from allpresent.people.bulk import RollChanged
from allpresent.people.bulk_queries import held_roll
from allpresent.people.models import (
    Characteristic,
    Contact,
    Enrolment,
    ExpectedSessions,
    GroupMembership,
    Placement,
    Pupil,
    PupilContact,
    RollEntry,
)
from allpresent.schools.models import Group
from allpresent.shared import clock
from tests.exchange.importing import lines, proposed, says
from tests.exchange.rolls import HEADINGS, csv_file, pupil, upn, xlsx_file
from tests.world import OFFICE, a_group, a_pupil, a_school

pytestmark = pytest.mark.django_db
SHORT = ("Surname", "Forename", "DOB", "UPN")


@pytest.fixture
def school():
    return a_school()


def test_the_same_file_again_proposes_nothing(school):
    content = csv_file([pupil(serial) for serial in range(1, 40)])
    proposed(school, content, write=True)
    again = proposed(school, content)
    assert again.changes_nothing
    assert again.unchanged == 39
    assert [*again.lines] == []


def test_csv_in_either_encoding_and_xlsx_say_the_same(school):
    rows = [pupil(1, Legal_Surname="O’Brien-Nuñez"), pupil(2)]
    real = [[date(2015, 9, 2) if cell == "02/09/2015" else cell for cell in row] for row in rows]
    plans = {
        proposed(school, content).digest
        for content in (csv_file(rows), csv_file(rows, encoding="cp1252"), xlsx_file(rows), xlsx_file(real))
    }
    assert len(plans) == 1


def test_one_bad_row_stops_every_row(school):
    rows = [pupil(1), pupil(2, Date_of_Birth="31/02/2015"), pupil(3)]
    proposal = proposed(school, csv_file(rows))
    assert proposal.blocked
    assert says(proposal) == [
        (3, "Date of birth", "31/02/2015 is not a day of the calendar. Write it as 04/03/2015 or 2015-03-04.")
    ]


def test_a_roll_that_changed_meanwhile_is_not_written(school):
    proposal = proposed(school, csv_file([pupil(1)]))
    held = held_roll(school)
    a_pupil(school=school)
    with pytest.raises(RollChanged):
        work.write(school, proposal, held, by=OFFICE, now=clock.now(), file_name="roll.csv", digest="")
    assert Pupil.objects.count() == 1
    for model in (Contact, Group, RollEntry):
        assert not model.objects.exists()


def test_a_failure_at_the_last_step_leaves_nothing(school):
    """The event comes last: a file name that cannot be kept stops it, and everything before it goes back."""
    proposal = proposed(school, csv_file([pupil(1)]))
    held = held_roll(school)
    with pytest.raises(TypeError, match="not JSON serializable"):
        work.write(school, proposal, held, by=OFFICE, now=clock.now(), file_name=object(), digest="")
    for model in (Pupil, Contact, Group, RollEntry):
        assert not model.objects.exists()


@pytest.mark.clause("O-B-1.1")
def test_the_starting_day_is_the_files_and_else_the_day_chosen(school):
    rows = [["Ash", "Mia", "4/3/2015", "2026-09-07"], ["Beck", "Tom", "5/3/2015", ""]]
    proposed(school, csv_file(rows, headings=["Surname", "Forename", "DOB", "Start date"]), write=True)
    begun = Enrolment.objects.order_by("pupil__surname").values_list("begins", flat=True)
    assert list(begun) == [date(2026, 9, 7), date(2026, 9, 1)]


@pytest.mark.clause("O-B-1.1")
def test_a_pupil_who_left_is_admitted_again_from_a_later_day(school):
    old = a_pupil(
        school=school, surname="Ash", forename="Mia", born=date(2015, 3, 4),
        starting=date(2025, 9, 1), leaving=date(2026, 5, 1),
    )  # fmt: skip
    proposed(school, csv_file([["Ash", "Mia", "4/3/2015"]], headings=SHORT[:3]), write=True)
    assert [(spell.begins, spell.ends) for spell in old.enrolments.all()] == [
        (date(2025, 9, 1), date(2026, 5, 1)),
        (date(2026, 9, 1), None),
    ]
    early = csv_file([["Cole", "Ann", "4/3/2015", "1/3/2026"]], headings=[*SHORT[:3], "Start date"])
    a_pupil(
        school=school, surname="Cole", forename="Ann", born=date(2015, 3, 4),
        starting=date(2025, 9, 1), leaving=date(2026, 5, 1),
    )  # fmt: skip
    assert says(proposed(school, early)) == [
        (
            2,
            "Starting day",
            "Cole, Ann left on 01/05/2026, and would start on 01/03/2026. "
            "Give the day of coming back, or take the row out.",
        )
    ]


def test_a_change_shows_old_and_new_and_amends_the_admission_register(school):
    proposed(school, csv_file([pupil(1), pupil(2)]), write=True)
    changed = pupil(1, Legal_Forename="Mya", Reg_Group="7D", Contact_1_Mobile="07999 000111")
    proposal = proposed(school, csv_file([changed, pupil(2)]), day=date(2026, 9, 14), write=True)

    (line,) = lines(proposal, Section.CHANGES)
    assert [tuple(piece) for piece in line.pieces] == [
        ("Forename", "Mia", "Mya"),
        ("Class", "7B", "7D"),
        ("Jo Ashby1: mobile", "07700 900001", "07999 000111"),
    ]
    assert proposal.unchanged == 1
    mya = Pupil.objects.get(forename="Mya")
    amended = RollEntry.objects.filter(pupil=mya).exclude(field="begins").order_by("id")
    assert list(amended.values_list("field", "original", "amended", "reason"))[:2] == [
        ("forename", "Mia", "Mya", "Roll import roll.csv, row 2"),
        ("group", "7B", "7D", "Roll import roll.csv, row 2"),
    ]
    places = GroupMembership.objects.filter(pupil=mya).order_by("begins").values_list("group__name", "begins", "ends")
    assert list(places) == [("7B", date(2026, 9, 1), date(2026, 9, 13)), ("7D", date(2026, 9, 14), None)]
    assert Contact.objects.get(name="Jo Ashby1").mobile == "07999 000111"


def test_blanks_remove_nothing_and_the_missing_stay(school):
    proposed(school, csv_file([pupil(1), pupil(2)]), write=True)
    row = pupil(1, NC_Year="", Reg_Group="", Contact_1_Mobile="", Admission_No="")
    proposal = proposed(school, csv_file([row]))
    assert proposal.changes_nothing
    assert [line.name for line in lines(proposal, Section.MISSING)] == ["Ashby2, Mia"]


@pytest.mark.parametrize(
    ("row", "choices"),
    [
        (["Ash", "Mia", "5/3/2015", upn(7)], ["same", "leave out"]),
        (["Ash", "Mia", "5/3/2015", ""], ["same", "new", "leave out"]),
        (["Ash", "Mia", "4/3/2015", upn(8)], ["same", "new", "leave out"]),
    ],
    ids=["same UPN, other birthday", "same name, other birthday", "same name and birthday, other UPN"],
)
def test_a_near_match_is_for_a_person_to_decide(school, row, choices):
    a_pupil(school=school, surname="Ash", forename="Mia", born=date(2015, 3, 4), upn=upn(7))
    content = csv_file([row], headings=SHORT)
    proposal = proposed(school, content)
    (line,) = lines(proposal, Section.CONFLICTS)
    assert proposal.blocked
    assert list(line.choices) == choices
    assert not proposal.plan.pupils
    for choice in map(Choice, choices):
        decided = proposed(school, content, decisions={"2": choice})
        assert not decided.blocked
        assert (decided.counts["adds"], decided.counts["changes"]) == {
            Choice.SAME: (0, 1), Choice.NEW: (1, 0), Choice.LEAVE_OUT: (0, 0)
        }[choice]  # fmt: skip


def test_two_children_of_one_name_with_their_own_numbers_are_two(school):
    a_pupil(school=school, surname="Ash", forename="Mia", born=date(2015, 3, 4), upn=upn(7))
    proposal = proposed(school, csv_file([["Ash", "Mia", "9/9/2014", upn(8)]], headings=SHORT))
    assert (proposal.counts["adds"], proposal.blocked) == (1, False)


def test_two_rows_for_one_pupil_are_named_both(school):
    proposal = proposed(school, csv_file([pupil(1), pupil(2), pupil(1)]))
    assert {(row, message) for row, field, message in says(proposal) if field == "Pupil"} == {
        (2, "Ashby1, Mia is in row 4 too. Keep one row for each pupil."),
        (4, "Ashby1, Mia is in row 2 too. Keep one row for each pupil."),
    }


def test_an_admission_number_of_another_pupil_is_refused(school):
    a_pupil(school=school, surname="Held", admission_number="000001", born=date(2015, 9, 2), upn=upn(9))
    (problem,) = lines(proposed(school, csv_file([pupil(1)])), Section.CONFLICTS)
    assert "same admission number and another UPN" in problem.says


def test_a_wrong_check_letter_names_the_right_one(school):
    wrong = ("B" if upn(1)[0] != "B" else "C") + upn(1)[1:]
    ((row, field, message),) = says(proposed(school, csv_file([pupil(1, UPN=wrong)])))
    assert (row, field) == (2, "UPN")
    assert f"should start with {upn(1)[0]}" in message


def test_brothers_and_sisters_share_a_parent(school):
    rows = [pupil(1), pupil(2, Contact_1_Name="Jo Ashby1", Contact_1_Mobile="+44 7700 900001")]
    proposed(school, csv_file(rows), write=True)
    assert Contact.objects.filter(name="Jo Ashby1").count() == 1
    assert PupilContact.objects.filter(contact__name="Jo Ashby1").count() == 2


def test_a_parent_with_two_addresses_in_one_file_is_to_be_mended(school):
    headings = [*SHORT[:3], "Contact 1 name", "Contact 1 mobile", "Contact 1 email"]
    rows = [
        ["Ash", "Mia", "4/3/2015", "Jo Ash", "07700900001", "jo@example.org"],
        ["Ash", "Tom", "4/3/2013", "Jo Ash", "07700900001", "other@example.org"],
    ]
    assert says(proposed(school, csv_file(rows, headings=headings))) == [
        (
            3,
            "Contact 1: e-mail",
            "Jo Ash has other@example.org here and jo@example.org in row 2. Make the two rows agree.",
        )
    ]


@pytest.mark.clause("M-3.6a")
def test_sessions_places_and_characteristics_follow_the_file(school):
    headings = [*SHORT[:3], "Expected sessions", "Commissioner", "Commissioner type", "SEN status", "FSM"]
    first = csv_file([["Ash", "Mia", "4/3/2015", "Mon AM, Tue AM", "Downs School", "school", "K", "Y"]], headings)
    proposed(school, first, write=True)
    then = csv_file([["Ash", "Mia", "4/3/2015", "Mon AM", "Wiltshire", "LA", "E", "N"]], headings)
    proposed(school, then, day=date(2026, 10, 5), write=True)

    def dated(model, *fields):
        return list(model.objects.order_by("begins", "id").values_list(*fields, "begins", "ends"))

    began, ended, changed = date(2026, 9, 1), date(2026, 10, 4), date(2026, 10, 5)
    assert dated(ExpectedSessions, "pattern") == [("Mon AM, Tue AM", began, ended), ("Mon AM", changed, None)]
    assert dated(Placement, "kind", "commissioner") == [
        ("school", "Downs School", began, ended),
        ("authority", "Wiltshire", changed, None),
    ]
    assert dated(Characteristic, "kind") == [
        ("sen_support", began, ended), ("free_meals", began, ended), ("ehc_plan", changed, None)
    ]  # fmt: skip
    assert proposed(school, then, day=date(2026, 10, 6)).changes_nothing


def test_a_closed_class_and_a_new_one(school):
    closed = a_group(school=school, name="7B")
    closed.closed_on = date(2026, 7, 21)
    closed.save()
    proposal = proposed(school, csv_file([pupil(1), pupil(2)]))
    assert [(row, message) for row, _, message in says(proposal)] == [
        (2, "7B was closed. Name another, or open it again first.")
    ]
    assert [(line.name, line.says) for line in lines(proposal, Section.GROUPS)] == [("7C", "Year 7")]


HOSTILE = ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "@SUM(A1)", "Robert'); DROP TABLE pupil;--", "{{ 7*7 }}"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_hostile_names_stay_text(school, client, name, make):
    content = make([pupil(1, Legal_Surname=name)])
    if make is xlsx_file and name.startswith("="):
        assert [(row, field) for row, field, _ in says(proposed(school, content))] == [(2, "Surname")]
        return
    proposed(school, content, write=True)
    assert Pupil.objects.get().surname == name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("A" * 10_000, "It has 10,000 characters"),
        ("Mia\u202eevil", "turns the direction of writing (U+202E)"),
        ("Mia\x07", "cannot be printed (U+0007)"),
    ],
)
def test_names_that_cannot_be_are_refused_in_words(school, name, words):
    ((row, field, message),) = says(proposed(school, csv_file([pupil(1, Legal_Surname=name)])))
    assert (row, field) == (2, "Surname")
    assert words in message


def test_one_month_first_date_puts_the_whole_file_in_doubt(school):
    found = says(proposed(school, csv_file([pupil(1), pupil(2, Date_of_Birth="04/23/2015")])))
    assert [(row, field) for row, field, _ in found] == [(0, "Dates"), (3, "Date of birth")]
    assert "row 3" in found[0][2]


def test_every_heading_of_the_test_is_known(school):
    assert all(
        proposed(school, csv_file([pupil(1)])).plan.pupils[0].facts.get(key) for key in ("upn", "admission_number")
    )
    assert len(HEADINGS) == 16
