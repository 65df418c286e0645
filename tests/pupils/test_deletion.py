"""A name leaves the register on a ground of regulation 9 with all that the ground asks, or it stays."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from allpresent.core.roll.deletion_case import JointEnquiry
from allpresent.core.roll.grounds import NeedKind, grounds_for
from allpresent.people.actions import Proposal, add_characteristic, add_professional, delete_from_roll
from allpresent.people.models import RollEntry
from allpresent.people.queries import pupils_on_roll
from allpresent.pupils.queries import attendance_until
from allpresent.shared.problems import Refused
from tests import world
from tests.world import OFFICE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 13)
NOW = datetime(2026, 11, 13, 10, tzinfo=UTC)
BORN = date(2018, 3, 14)
GROUNDS = grounds_for(BORN, TODAY).grounds
MET = {NeedKind.YES: True, NeedKind.NO: False, NeedKind.DATE: TODAY, NeedKind.TEXT: "Northfield School"}
ENQUIRY = JointEnquiry(date(2026, 11, 2), date(2026, 11, 6))
PROVABLE = [ground for ground in GROUNDS if ground.letter not in "hil"]


def _answers(ground) -> dict:
    given = {need.key: MET[need.kind] for need in ground.needs if need.kind in MET}
    return given | {need.key: ENQUIRY for need in ground.needs if need.kind is NeedKind.JOINT}


def _delete(pupil, ground, answers, *, on=TODAY, told=()):
    proposal = Proposal(ground, on, answers, dict(told))
    reader = partial(attendance_until, today=TODAY)
    return delete_from_roll(pupil=pupil, proposal=proposal, attendance=reader, by=OFFICE, now=NOW)


def _keys(result) -> list[str]:
    assert isinstance(result, Refused)
    return [problem.field for problem in result.problems]


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school), born=BORN)


def _absent(pupil, code: str, *, school_days: int) -> None:
    """Marks every session of the last school days before today."""
    day, left = TODAY, school_days
    while left:
        day -= timedelta(days=1)
        if day.weekday() < 5 and not date(2026, 10, 24) <= day <= date(2026, 11, 1):
            world.marks(pupil, {str(day): code})
            left -= 1


@pytest.mark.clause("O-B-1.2")
@pytest.mark.parametrize("ground", PROVABLE, ids=lambda ground: ground.letter)
def test_each_ground_is_refused_without_its_facts_and_recorded_with_them(pupil, ground):
    if ground.needs:
        assert _keys(_delete(pupil, ground.letter, {})) == [need.key for need in ground.needs]
        assert pupil.enrolments.get().ends is None

    gone = _delete(pupil, ground.letter, _answers(ground))

    assert (gone.ends, gone.ground) == (TODAY, f"9(1)({ground.letter})")
    assert gone.ground_facts["answers"].keys() == _answers(ground).keys()
    entry = RollEntry.objects.get(pupil=pupil)
    assert (entry.amended, entry.reason) == ("2026-11-13", f"Regulation 9(1)({ground.letter}): {ground.title}")


@pytest.mark.clause("O-B-1.2")
def test_a_ground_that_there_is_not_deletes_nobody(pupil):
    assert _keys(_delete(pupil, "z", {})) == ["ground"]
    assert _keys(_delete(pupil, "other", {"reason": "moved"})) == ["ground"]


def test_twenty_school_days_are_counted_from_the_marks(pupil):
    ground = grounds_for(BORN, TODAY).ground("i")
    _absent(pupil, "OO", school_days=19)
    assert _keys(_delete(pupil, "i", _answers(ground))) == ["twenty_school_days"]
    _absent(pupil, "OO", school_days=20)
    assert _delete(pupil, "i", _answers(ground)).ends == TODAY


@pytest.mark.parametrize("enquiry", [JointEnquiry(TODAY, None), JointEnquiry(None, TODAY), None])
def test_one_side_of_the_joint_enquiry_is_not_enough(pupil, enquiry):
    _absent(pupil, "GG", school_days=20)
    answers = _answers(grounds_for(BORN, TODAY).ground("i")) | {"enquiry": enquiry}
    assert _keys(_delete(pupil, "i", answers)) == ["enquiry"]


def test_ten_school_days_after_leave_must_have_gone_by(pupil):
    answers = _answers(grounds_for(BORN, TODAY).ground("h"))
    assert _keys(_delete(pupil, "h", answers | {"leave_ended_on": date(2026, 10, 23)})) == ["ten_school_days"]
    assert _delete(pupil, "h", answers | {"leave_ended_on": date(2026, 10, 22)}).ground == "9(1)(h)"


def test_over_compulsory_age_is_worked_out(school):
    sixteen = world.a_pupil(in_group=world.a_group(school=school), born=date(2010, 11, 1))
    assert _keys(_delete(sixteen, "l", {"not_continuing": "The mother"})) == ["over_age_when_school_meets"]


@pytest.mark.clause("O-B-1.2")
def test_a_child_of_four_is_on_the_other_list(school):
    four = world.a_pupil(in_group=world.a_group(school=school), born=date(2022, 3, 14), year_group="R")
    assert _keys(_delete(four, "k", {})) == ["ground"]
    assert _delete(four, "other", {"reason": "Moved away, says the mother"}).ground == "9(3)"


@pytest.mark.clause("M-4.7f")
def test_workers_are_told_before_the_name_goes(pupil):
    for kind in ("social_worker", "youth_justice"):
        add_professional(pupil=pupil, kind=kind, name="A worker", begins=date(2026, 9, 1), by=OFFICE, now=NOW)
    assert _keys(_delete(pupil, "k", {})) == ["workers", "workers"]
    one, tomorrow = {"social_worker": TODAY}, {"social_worker": TODAY, "youth_justice": date(2026, 11, 14)}
    assert _keys(_delete(pupil, "k", {}, told=one)) == ["workers"]
    assert _keys(_delete(pupil, "k", {}, on=date(2026, 11, 20), told=tomorrow)) == ["workers"]
    gone = _delete(pupil, "k", {}, told=one | {"youth_justice": TODAY})
    assert gone.ground_facts["told"] == {"social_worker": "2026-11-13", "youth_justice": "2026-11-13"}


@pytest.mark.clause("M-4.7f")
def test_a_looked_after_child_has_a_social_worker_though_none_is_named(pupil):
    add_characteristic(pupil=pupil, kind="looked_after", begins=date(2026, 9, 1), by=OFFICE, now=NOW)
    assert _keys(_delete(pupil, "k", {})) == ["workers"]


def test_no_deletion_for_a_day_gone_by_and_none_twice(pupil):
    assert _keys(_delete(pupil, "k", {}, on=date(2026, 11, 12))) == ["on"]
    _delete(pupil, "k", {})
    assert _keys(_delete(pupil, "k", {})) == ["on"]


def test_a_leaver_is_in_the_register_to_the_last_day_and_no_further(school, pupil):
    ahead = date(2026, 11, 20)
    world.marks(pupil, {"2026-11-23": "CC"})
    _delete(pupil, "a", _answers(GROUNDS[0]), on=ahead)
    assert [bool(pupils_on_roll(school, day)) for day in (TODAY, ahead, date(2026, 11, 23))] == [True, True, False]
    assert pupil.memberships.get().ends == ahead
    assert pupil.enrolments.get().destination == "Northfield School"
    assert pupil.marks.count() == 2
