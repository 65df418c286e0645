"""Signing out, in, and mending it: who may take a child, what is refused, and what goes with it."""

from __future__ import annotations

from datetime import date, time

import pytest

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.onsite import Confirmation, Place, Voice
from allpresent.core.settle.reasons import Reason
from allpresent.registers.models import RegisterEntry
from allpresent.registers.queries import mark_of
from allpresent.shared.problems import Refused
from allpresent.site import queries
from allpresent.site.actions import Companion, correct_crossing
from allpresent.site.models import Crossing
from tests import world
from tests.absences.saying import says
from tests.site.crossing import TUESDAY, by_parent, goes, gone, instant, returns, roll

pytestmark = pytest.mark.django_db
AFTERNOON = Session(TUESDAY, Half.PM)


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupil(school):
    """Tolu, present this morning."""
    found = world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")
    world.marks(found, {"2026-09-15": "/-"})
    return found


@pytest.fixture
def mother(pupil):
    return world.a_contact(of=pupil, name="Grace Adeyemi", may_collect=True)


def refusals(result) -> dict[str, str]:
    assert isinstance(result, Refused), result
    return {problem.field: problem.message for problem in result.problems}


def place(pupil, at: str) -> Place:
    return queries.whereabouts_of(pupil.school, roll(pupil), now=instant(at)).place


@pytest.mark.clause("O-B-6.2.2", "O-B-3.1.1", "O-B-10.2")
def test_a_listed_adult_signs_out_and_the_mark_stays(pupil, mother):
    kept = goes(pupil, "11:40", collector=mother, expected_back_at=instant("14:00"))
    assert (kept.kind, kept.with_name, kept.crossed_at) == ("signed out", "Grace Adeyemi", instant("11:40"))
    assert (kept.by_name, kept.by_position) == (world.OFFICE.name, world.OFFICE.position)
    assert [entry.code for entry in RegisterEntry.objects.all()] == ["/"]
    assert place(pupil, "11:45") is Place.OUT
    out = queries.out_now(pupil.school, TUESDAY)[pupil.id]
    assert out.in_words == (
        "signed out 11:40 for an appointment (dentist), with Grace Adeyemi (mother), back about 14:00"
    )


@pytest.mark.clause("O-B-6.2.2")
def test_nobody_leaves_without_a_listed_adult_or_a_confirmation(pupil):
    father = world.a_contact(of=pupil, name="Ben Adeyemi", may_collect=False)
    assert "not listed to collect" in refusals(goes(pupil, collector=father))["confirmed"]
    assert "confirmed" in refusals(goes(pupil, companion=Companion(None, "Mrs Penn", "Neighbour")))
    assert "confirmed" in refusals(goes(pupil, companion=None))
    assert not Crossing.objects.exists()
    kept = goes(pupil, companion=Companion(None, "Mrs Penn", "Neighbour"), confirmation=by_parent())
    assert (kept.confirmed_by, kept.confirmed_how) == ("Grace Adeyemi, mother", "rang the number we hold")


@pytest.mark.clause("O-B-6.2.2")
def test_alone_only_on_a_parents_word(pupil):
    head = Confirmation(Voice.STAFF, "Jo Marsh, Head", "seems sensible")
    assert "Ring a parent" in refusals(goes(pupil, companion=None, confirmation=head))["confirmed"]
    assert goes(pupil, companion=None, confirmation=by_parent()).with_name == ""


@pytest.mark.clause("O-B-6.2.2")
def test_a_restricted_adult_never_collects_under_any_name(pupil):
    dean = world.a_contact(of=pupil, name="Carl Dean", may_collect=True, restriction="Must not collect: court order")
    assert "restriction" in refusals(goes(pupil, collector=dean, confirmation=by_parent()))["who"]
    as_stranger = Companion(None, "MR CARL DEAN", "Uncle")
    assert "restriction" in refusals(goes(pupil, companion=as_stranger, confirmation=by_parent()))["who"]
    assert not Crossing.objects.exists()


def test_another_childs_contact_cannot_be_named(pupil):
    strangers = world.a_contact(of=world.a_pupil(school=pupil.school), may_collect=True)
    with pytest.raises(LookupError):
        goes(pupil, collector=strangers)


def test_a_time_to_come_and_a_time_before_the_arrival_are_refused_in_words(pupil, mother):
    assert "11:41 has not come yet" in refusals(goes(pupil, "11:41", now="11:40", collector=mother))["at"]
    late = world.a_pupil(in_group=world.a_group(school=pupil.school))
    world.marks(late, {"2026-09-15": "L-"})
    parent = world.a_contact(of=late, may_collect=True)
    assert "cannot have left before that" in refusals(goes(late, "08:51", now="11:00", collector=parent))["at"]


@pytest.mark.parametrize(("mark", "said"), [("I", "is marked I"), ("V", "is marked V")])
def test_who_is_not_here_cannot_leave(school, mark, said):
    away = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(away, {"2026-09-15": f"{mark}-"})
    parent = world.a_contact(of=away, may_collect=True)
    assert said in refusals(goes(away, "10:00", collector=parent))["at"]


def test_the_second_to_sign_the_same_child_out_is_told(pupil, mother):
    goes(pupil, "11:40", collector=mother)
    told = refusals(goes(pupil, "11:42", collector=mother))[""]
    assert "signed out at 11:40 already" in told
    assert f"Recorded by {world.OFFICE.name}: signed out 11:40 for an appointment" in told
    assert Crossing.objects.count() == 1


def test_the_same_form_sent_twice_is_kept_once_and_one_with_other_answers_is_not_lost_unsaid(pupil, mother):
    first = goes(pupil, "11:40", collector=mother, key="k", why="ill", agreed_by="Jo Marsh", back_on=date(2026, 9, 17))
    again = goes(pupil, "11:40", collector=mother, key="k", why="ill", agreed_by="Jo Marsh", back_on=date(2026, 9, 17))
    assert first.id == again.id
    assert (Crossing.objects.count(), Notice.objects.count()) == (1, 1)
    assert "sent before" in refusals(goes(pupil, "11:45", collector=mother, key="k"))[""]


def test_back_and_out_again(pupil, mother):
    goes(pupil, "11:40", collector=mother)
    returns(pupil, "13:00")
    assert place(pupil, "13:05") is Place.HERE
    assert isinstance(goes(pupil, "14:30", collector=mother), Crossing)
    assert place(pupil, "14:31") is Place.OUT
    assert "not out" in refusals(returns(world.a_pupil(school=pupil.school), "14:00"))[""]


@pytest.mark.clause("M-4.3a", "M-3.5d")
def test_an_appointment_told_beforehand_enters_the_afternoon_in_the_same_press(pupil, mother):
    says(pupil, "dentist", about="appointment", day=TUESDAY, appointment_at=time(12, 10), at="08:12")
    goes(pupil, "11:40", collector=mother, expected_back_at=instant("14:00"), afternoon=True)
    mark = mark_of(pupil.id, AFTERNOON)
    assert mark.code == "M"
    assert mark.detail.startswith("Signed out 11:40, back about 14:00; dentist; Mother rang 8:12: appointment at 12:10")


@pytest.mark.clause("M-4.3a")
def test_an_appointment_nobody_announced_is_not_m_until_somebody_says_who_did(pupil, mother):
    refused = refusals(goes(pupil, "11:40", collector=mother, afternoon=True))
    assert "M needs word beforehand" in refused["told"]
    assert not Crossing.objects.exists()
    assert mark_of(pupil.id, AFTERNOON) is None
    goes(pupil, "11:40", collector=mother, afternoon=True, told="Mother told the office on Monday; card seen")
    assert mark_of(pupil.id, AFTERNOON).detail.endswith("card seen")


def test_an_afternoon_that_has_begun_is_not_entered_ahead_and_nothing_is_kept(pupil, mother):
    world.marks(pupil, {"2026-09-15": "-\\"})
    refused = refusals(goes(pupil, "14:30", collector=mother, afternoon=True, told="card seen"))
    assert "cannot be entered ahead" in refused["afternoon"]
    assert not Crossing.objects.exists()


@pytest.mark.clause("O-B-9")
def test_sent_home_ill_names_who_agreed_and_keeps_word_of_the_return(pupil, mother):
    assert "agreed" in refusals(goes(pupil, collector=mother, why="ill", says="fever"))["agreed_by"]
    kept = goes(
        pupil, collector=mother, why="ill", says="fever", agreed_by="Jo Marsh, Head", back_on=date(2026, 9, 17),
        afternoon=True,
    )  # fmt: skip
    assert (kept.kind, kept.agreed_by) == ("sent home ill", "Jo Marsh, Head")
    assert mark_of(pupil.id, AFTERNOON).code == "I"
    notice = Notice.objects.get()
    assert (notice.day, notice.half, notice.expected_back) == (TUESDAY, "PM", date(2026, 9, 17))
    assert (notice.reason, notice.told_by, notice.channel) == (Reason.ILLNESS, "Grace Adeyemi", "in person")


def test_a_day_of_return_that_cannot_be_undoes_the_signing_out(pupil, mother):
    refused = refusals(goes(pupil, collector=mother, why="ill", agreed_by="Jo Marsh", back_on=TUESDAY))
    assert "day of return" in refused["back_on"]
    assert not Crossing.objects.exists()


@pytest.mark.clause("O-B-10.2")
def test_a_wrong_time_is_corrected_and_both_stay(pupil, mother):
    goes(pupil, "11:40", collector=mother)
    returns(pupil, "13:00")
    (first, _) = queries.day_of(pupil.id, TUESDAY)
    mended = correct(pupil, first, "11:10")
    assert Crossing.objects.count() == 3
    assert [line.in_words[:16] for line in queries.standing_lines(queries.day_of(pupil.id, TUESDAY))] == [
        "signed out 11:10", "came back 13:00",
    ]  # fmt: skip
    assert (mended.reason, mended.with_name) == ("The clock in the hall is slow", "Grace Adeyemi")
    assert "Somebody has corrected this already" in refusals(correct(pupil, first, "11:20"))[""]


def test_what_did_not_happen_is_taken_back_but_not_from_under_a_return(pupil, mother):
    goes(pupil, "11:40", collector=mother)
    returns(pupil, "13:00")
    out, back = queries.day_of(pupil.id, TUESDAY)
    assert "no return to record" in refusals(correct(pupil, out, None))[""]
    assert correct(pupil, back, None).kind == "did not happen"
    assert correct(pupil, out, None).kind == "did not happen"
    assert place(pupil, "15:00") is Place.UNKNOWN  # nobody took the afternoon's register
    assert "Say why" in refusals(correct(pupil, out, "12:00", reason=" . "))["reason"]


def correct(pupil, older, at: str | None, *, reason: str = "The clock in the hall is slow"):
    return correct_crossing(
        school=pupil.school, pupil=roll(pupil), older=older, at=instant(at) if at else None, reason=reason,
        key=f"correct {older.id} {at}", by=world.OFFICE, now=instant("15:00"),
    )  # fmt: skip


@pytest.mark.clause("M-4.7d")
def test_leaving_without_permission_is_never_hindered_by_a_mark(school):
    ill = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(ill, {"2026-09-15": "I-"})
    kept = gone(ill, "10:00", seen="09:55")
    assert (kept.kind, kept.crossed_at, kept.seen_at) == ("left without permission", instant("10:00"), instant("09:55"))
    assert place(ill, "10:01") is Place.OUT


def not_back(pupil, now: str) -> int:
    return queries.not_back(pupil.school, TUESDAY, instant(now)).count()


@pytest.mark.clause("O-B-6.2.2")
def test_a_return_that_did_not_happen_leaves_the_child_overdue(pupil, mother):
    goes(pupil, "11:40", collector=mother, expected_back_at=instant("13:00"))
    assert (not_back(pupil, "12:59"), not_back(pupil, "13:01")) == (0, 1)
    returns(pupil, "12:50")
    assert not_back(pupil, "15:00") == 0
    assert correct(pupil, queries.day_of(pupil.id, TUESDAY)[-1], None).kind == "did not happen"
    assert not_back(pupil, "15:00") == 1


@pytest.mark.clause("O-B-6.2.2")
def test_an_earlier_crossing_mended_later_hides_nobody_who_is_overdue(pupil, mother):
    goes(pupil, "09:30", collector=mother)
    returns(pupil, "10:00")
    goes(pupil, "11:40", collector=mother, expected_back_at=instant("13:00"))
    assert isinstance(correct(pupil, queries.day_of(pupil.id, TUESDAY)[1], "10:10"), Crossing)
    assert not_back(pupil, "15:00") == 1


@pytest.mark.clause("M-4.7d")
def test_who_leaves_in_the_minute_of_a_return_is_still_missing(pupil, mother):
    goes(pupil, "11:40", collector=mother)
    returns(pupil, "13:00")
    left = gone(pupil, "13:00", seen="12:59")
    assert [line.id for line in queries.open_incidents(pupil.school)] == [left.id]
    assert queries.incident_of(pupil.school, left.id).ended is None
