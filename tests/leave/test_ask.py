"""Leave is asked for on the policy's grounds; late requests are kept and told of; a repeat changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from allpresent.core.leave.needs import NeedState
from allpresent.leave.actions import ask_leave, withdraw_leave
from allpresent.leave.models import Request
from allpresent.leave.weighing import needs_of
from allpresent.people.models import Characteristic
from allpresent.shared.problems import Refused
from tests import world
from tests.leave.asking import NOW, OFFICE, a_request, asked, key, on_roll, read, span, weighed

pytestmark = pytest.mark.django_db
OCTOBER = span("2026-10-12", "2026-10-14")


@pytest.fixture(params=["ogbourne", "magnum"])
def pupil(request):
    return world.a_pupil(in_group=world.a_group(school=world.a_school(policy=request.param)))


@pytest.fixture
def child():
    return world.a_pupil(in_group=world.a_group(school=world.a_school()))


def state(pupil, line, now=NOW) -> dict[str, NeedState]:
    return {need.key: need.state for need in needs_of(pupil.school, on_roll(pupil), line, now)}


@pytest.mark.clause("M-5.1a", "O-B-6.1")
def test_a_ground_that_the_policy_does_not_name_is_refused(pupil):
    grounds = ["other-employment", "temporary-part-time-timetable", "nonsense"]
    for ground in grounds:
        result = ask_leave(
            school=pupil.school,
            pupil=on_roll(pupil),
            asked=asked(OCTOBER, ground=ground),
            key=key(),
            by=OFFICE,
            now=NOW,
        )
        assert isinstance(result, Refused)
        assert [problem.field for problem in result.problems] == ["ground"]
    assert not Request.objects.exists()


@pytest.mark.clause("M-5.1a")
def test_an_appointment_is_leave_at_one_school_and_a_message_at_the_other():
    kept = {}
    for policy in ("ogbourne", "magnum"):
        pupil = world.a_pupil(in_group=world.a_group(school=world.a_school(policy=policy)))
        wish = asked(OCTOBER, ground="medical-or-dental-appointment")
        kept[policy] = ask_leave(school=pupil.school, pupil=on_roll(pupil), asked=wish, key=key(), by=OFFICE, now=NOW)
    assert isinstance(kept["ogbourne"], Request)
    assert isinstance(kept["magnum"], Refused)


@pytest.mark.clause("M-5.1d", "O-B-6.4.4")
def test_short_notice_is_told_and_refuses_nothing(pupil):
    mother = world.a_contact(of=pupil)
    in_time = a_request(pupil, span("2026-09-29"), by=mother)
    late = a_request(pupil, span("2026-09-28"), by=mother)
    assert state(pupil, in_time)["notice"] is NeedState.MET
    assert state(pupil, late)["notice"] is NeedState.NOTED
    assert NeedState.BARS not in state(pupil, late).values()


def test_what_is_asked_after_the_event_is_kept_and_can_never_be_given(pupil):
    line = a_request(pupil, span("2026-09-14"), by=world.a_contact(of=pupil))
    assert state(pupil, line)["in-advance"] is NeedState.BARS


@pytest.mark.clause("O-B-6.4.2")
def test_it_is_asked_by_a_parent_the_child_normally_lives_with(child):
    father = world.a_contact(of=child, relation="Father", lives_with=False)
    line = a_request(child, OCTOBER, by=father)
    assert state(child, line)["parent-lived-with"] is NeedState.OPEN
    mother = world.a_contact(of=child)
    assert state(child, a_request(child, OCTOBER, by=mother))["parent-lived-with"] is NeedState.MET


@pytest.mark.clause("O-B-6.4.2", "O-B-6.4.4")
def test_the_safeguarding_lead_is_asked_and_the_check_made_before_any_answer(child):
    line = a_request(child, OCTOBER, by=world.a_contact(of=child))
    before = state(child, line)
    assert before["consult-safeguarding-lead"] is before["safeguarding-check"] is NeedState.OPEN
    after = state(child, weighed(child, line))
    assert after["consult-safeguarding-lead"] is after["safeguarding-check"] is NeedState.MET


@pytest.mark.clause("O-B-6.4.5")
def test_for_a_child_in_care_the_virtual_school_is_asked_too(child):
    line = a_request(child, OCTOBER, by=world.a_contact(of=child))
    assert "consult-virtual-school" not in state(child, line)
    Characteristic.objects.create(pupil=child, kind="looked_after", begins=date(2026, 9, 1))
    assert state(child, line)["consult-virtual-school"] is NeedState.OPEN


def test_the_same_sending_again_changes_nothing_and_other_words_are_refused(child):
    sent, now = key(), NOW
    again = {"school": child.school, "pupil": on_roll(child), "key": sent, "by": OFFICE, "now": now}
    first = ask_leave(asked=asked(OCTOBER), **again)
    assert ask_leave(asked=asked(OCTOBER), **again) == first
    assert isinstance(ask_leave(asked=replace(asked(OCTOBER), why="Something else"), **again), Refused)
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"why": "  "}, "why"),
        ({"asked_at": datetime(2026, 9, 15, 10, tzinfo=UTC)}, "asked_on"),
        ({"last": span("2026-10-01").last}, "last"),
        ({"first": span("2026-10-26").first, "last": span("2026-10-30").last}, "first"),
        ({"first": span("2026-08-24").first, "last": span("2026-08-28").last}, "first"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(child, wrong, field):
    result = ask_leave(
        school=child.school, pupil=on_roll(child), asked=replace(asked(OCTOBER), **wrong), key=key(), by=OFFICE, now=NOW
    )
    assert [problem.field for problem in result.problems] == [field]


def test_a_request_taken_back_waits_no_more(child):
    line = a_request(child, OCTOBER)
    told = {"told_by": "Alex Brown", "why": "", "by": OFFICE, "now": NOW}
    withdraw_leave(school=child.school, pupil=on_roll(child), line=line, key=key(), **told)
    after = read(child, line.id)
    assert after.state == "withdrawn"
    again = withdraw_leave(school=child.school, pupil=on_roll(child), line=after, key=key(), **told)
    assert isinstance(again, Refused)
