"""What did not happen: each thing is noticed at its time, and no more once it is done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allpresent.absences.models import MailboxPlace
from allpresent.calls.actions import skip_step
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half
from allpresent.core.elsewhere.heard import Says
from allpresent.core.leave.deciding import Outcome
from allpresent.messages.actions import beat
from allpresent.messages.models import Standing, State
from allpresent.people.queries import pupil_on_roll
from allpresent.settling.models import EvidenceRequest
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.queries import asleep, noticed
from tests import world
from tests.calls.morning import kept, missing, send, the_board
from tests.elsewhere import placing
from tests.leave import asking
from tests.messages.writing import a_message
from tests.site.crossing import goes, gone, returns
from tests.sweeps.noticing import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    at("2026-09-15 10:30")
    return world.a_school()


@pytest.fixture
def magnum(at):
    at("2026-09-15 09:41")
    return world.a_school(policy="magnum", kind="ap")


@pytest.mark.clause("M-3.3c")
def test_a_register_is_overdue_ten_minutes_after_it_opened(at, magnum):
    group, _ = world.a_class(school=magnum, name="Blue")
    at("2026-09-15 09:39")
    assert found(magnum, Kind.DUE) == []
    at("2026-09-15 09:41")
    (one,) = found(magnum, Kind.DUE)
    assert (one.group, one.says, "M-3.3c" in one.clauses) == ("Blue", "The morning: it was due by 9:40.", True)
    assert not one.safety
    send(group)
    assert found(magnum, Kind.DUE) == []


def test_a_register_past_its_close_is_a_safety_matter(at, school):
    group, _ = world.a_class(school=school, name="4B")
    (one,) = found(school, Kind.NOT_IN)
    assert one.safety
    assert one.in_short == "4B: Register not in though its time is over"
    at("2026-09-16 08:00")
    assert {one.where["half"] for one in found(school, Kind.NEVER_IN)} == {"AM", "PM"}
    send(group)
    (left,) = found(school, Kind.NEVER_IN)
    assert left.says.startswith("The afternoon of Tue 15 Sep: it closed at")


def test_a_class_that_nobody_belongs_to_owes_no_register(school):
    world.a_group(school=school)
    assert found(school, Kind.NOT_IN) == []


@pytest.mark.clause("M-4.7b", "O-B-14.1")
@pytest.mark.parametrize("policy", ["ogbourne", "magnum"])
def test_a_missing_child_whom_nobody_tried_is_noticed_until_somebody_does(at, policy):
    at("2026-09-15 13:00")
    school = world.a_school(policy=policy)
    group = world.a_group(school=school, name="4B")
    send(group)
    pupil = missing(group, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil)
    (one,) = found(school, Kind.UNTRIED)
    assert (one.pupil.id, one.in_short) == (pupil.id, "TA, 4B: Nobody has tried to find out where they are")
    assert one.clauses
    assert one.says.startswith("Missing this morning. ")
    kept(pupil)
    assert found(school, Kind.UNTRIED) == []


@pytest.mark.clause("M-4.7b")
def test_a_step_left_out_is_no_try(at):
    at("2026-09-15 13:00")
    school = world.a_school(policy="magnum")
    group = world.a_group(school=school)
    send(group)
    pupil = missing(group)
    world.a_contact(of=pupil)
    world.a_contact(of=pupil, is_parent=False, relation="Grandmother", calling_order=2)
    skipped = skip_step(
        school=school, pupil=pupil_on_roll(school, pupil.id, clock.today()), day=clock.today(), half=Half.AM,
        step=found_step(school), party="parent", reason="the line is engaged", key="s" * 32, by=world.OFFICE,
        now=clock.now(),
    )  # fmt: skip
    assert isinstance(skipped, Try), skipped
    at("2026-09-15 13:45")
    assert [one.pupil.id for one in found(school, Kind.UNTRIED)] == [pupil.id]


def found_step(school) -> str:
    """The key of the step that is owed first."""
    (row,) = the_board(school).all
    return row.next.key


def test_a_child_is_not_untried_before_the_time(at, school):
    group = world.a_group(school=school)
    send(group)
    world.a_contact(of=missing(group))
    at("2026-09-15 09:25")
    assert found(school, Kind.UNTRIED) == []


def test_a_missing_child_whom_nobody_can_call_is_noticed_too(school):
    group = world.a_group(school=school)
    send(group)
    world.a_contact(of=missing(group), restriction="No contact with the family.")
    (one,) = found(school, Kind.UNTRIED)
    assert one.pupil.restriction == "No contact with the family."


@pytest.mark.clause("O-B-5.4")
def test_a_provider_that_has_not_spoken_is_noticed_until_it_does(at, school):
    group = world.a_group(school=school)
    pupil = world.a_pupil(in_group=group)
    arranged = placing.placed(pupil, placing.a_provider(school=school, name="Riverside Workshop"))
    (one,) = found(school, Kind.UNHEARD)
    assert one.says.startswith("Riverside Workshop has not said where 1 student is this morning")
    assert one.safety
    assert "O-B-5.4" in one.clauses
    placing.said(arranged, school, Says.THERE)
    assert found(school, Kind.UNHEARD) == []


@pytest.mark.clause("O-B-6.2.2")
def test_a_pupil_signed_out_and_not_back_is_noticed(at, school):
    at("2026-09-15 14:30")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(pupil, {"2026-09-15": "/-"})
    mother = world.a_contact(of=pupil, may_collect=True)
    goes(pupil, "11:40", collector=mother, expected_back_at=clock.read_moment("2026-09-15 14:00"))
    (one,) = found(school, Kind.NOT_BACK)
    assert one.says == "Out since 11:40, expected back at 14:00."
    returns(pupil, "14:20")
    assert found(school, Kind.NOT_BACK) == []


@pytest.mark.clause("M-4.7d")
def test_a_pupil_who_left_is_noticed_even_where_no_policy_can_be_used(at):
    at("2026-09-15 10:00")
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(pupil, {"2026-09-15": "/-"})
    gone(pupil, "09:50", seen="09:45")
    (one,) = found(school, Kind.LEFT)
    assert "M-4.7d" in one.clauses
    bare = world.a_school(policy="")
    world.a_class(school=bare)
    assert [one.kind for one in noticed(bare, now=clock.now())] == [Kind.NO_POLICY]


@pytest.mark.clause("M-4.5c")
def test_a_mark_past_its_last_day_is_noticed_once_a_pupil(at):
    at("2026-09-24 08:00")
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(pupil, {"2026-09-15": "NN"})
    (one,) = found(school, Kind.UNSETTLED)
    assert "Tue 15 Sep" in one.says
    at("2026-09-16 08:00")
    assert found(school, Kind.UNSETTLED) == []


def test_leave_about_to_begin_and_undecided_is_noticed_until_it_is_decided(school):
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    near = asking.a_request(pupil, asking.span("2026-09-21"), by=world.a_contact(of=pupil))
    asking.a_request(pupil, asking.span("2026-11-16"))
    (one,) = found(school, Kind.LEAVE)
    assert (one.where, one.says) == (
        {"leave": near.id}, "Leave for Mon 21 Sep was asked for and begins on Mon 21 Sep.",
    )  # fmt: skip
    decided = asking.decide(pupil, asking.weighed(pupil, near), asking.answer(Outcome.REFUSED))
    assert not isinstance(decided, Refused), decided
    assert found(school, Kind.LEAVE) == []


@pytest.mark.clause("O-A-6.5", "O-B-6.3")
def test_a_part_time_timetable_near_its_review_or_its_end_is_noticed(at, school):
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    asking.a_part_time(pupil, world.a_contact(of=pupil))
    assert found(school, Kind.PART_TIME) == []
    at("2026-10-05 09:00")
    assert [one.says for one in found(school, Kind.PART_TIME)] == [
        "The review of the timetable is due on 7 October 2026."
    ]


def test_evidence_that_did_not_come_by_its_day_is_noticed(at, school):
    at("2026-09-16 09:00")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    days = {f"2026-09-{day:02d}": "II" for day in (7, 8, 9, 10, 11, 14, 15)}
    world.marks(pupil, days | {"2026-09-16": "I-"})
    EvidenceRequest.objects.create(
        school=school, pupil=pupil, first=date(2026, 9, 7), until=date(2026, 9, 15), why="long", says="Please.",
        key="e", at=world.BEGINNING, by_name="Sam Okafor",
    )  # fmt: skip
    (one,) = found(school, Kind.EVIDENCE)
    assert one.says == "Asked for by Sam Okafor, to come by Tue 15 Sep."


def test_messages_that_do_not_get_on_are_noticed(at, school):
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    message = a_message(about=pupil)
    kinds = {State.FAILED: Kind.FAILED, State.UNCERTAIN: Kind.FAILED, State.KEPT: Kind.KEPT, State.WAITING: Kind.STUCK}
    at("2026-09-15 16:00")
    for state, kind in kinds.items():
        Standing.objects.filter(message=message).update(state=state, not_before=clock.now() - timedelta(minutes=11))
        seen = [one for one in noticed(school, now=clock.now()) if one.page == "messages_out"]
        assert [one.kind for one in seen] == [kind]
        assert seen[0].says.startswith("1 message, the oldest asked for on ")
    Standing.objects.filter(message=message).update(not_before=clock.now() - timedelta(minutes=9))
    assert found(school, Kind.STUCK) == []


@pytest.mark.clause("M-3.4a", "O-B-7.7")
def test_a_mailbox_that_is_silent_or_refused_is_noticed_in_waking_hours(at, school, settings, tmp_path):
    file = tmp_path / "channels.toml"
    file.write_text(f'[{school.slug}.imap]\nhost = "localhost"\nuser = "o"\npassword = "p"\n', encoding="utf-8")
    assert found(school, Kind.MAILBOX) == []
    settings.CHANNELS = str(file)
    assert [one.says for one in found(school, Kind.MAILBOX)] == ["It was never read."]
    place = MailboxPlace.objects.create(school=school, read_at=clock.now() - timedelta(minutes=29))
    assert found(school, Kind.MAILBOX) == []
    place.read_at, place.failed_at, place.failure = clock.now() - timedelta(minutes=31), clock.now(), "no such user"
    place.save()
    (one,) = found(school, Kind.MAILBOX)
    assert one.says.endswith("The server says: no such user")
    for quiet in ("2026-09-15 03:00", "2026-09-19 10:00"):
        at(quiet)
        assert found(school, Kind.MAILBOX) == []


@pytest.mark.clause("M-0a")
def test_a_policy_whose_review_is_near_is_noticed(at, magnum):
    (one,) = found(magnum, Kind.REVIEW)
    assert "M-0a" in one.clauses


def test_a_worker_that_does_not_go_round_is_noticed(at):
    at("2026-09-15 10:00")
    assert asleep(clock.now()).says.startswith("It has never gone round.")
    beat(failed=0, now=clock.now() - timedelta(minutes=4))
    assert asleep(clock.now()) is None
    beat(failed=0, now=clock.now() - timedelta(minutes=6))
    assert asleep(clock.now()).says.startswith("It last went round on 15 September 2026 at 9:5")


def test_more_children_cost_no_more_queries(school):
    def asked() -> int:
        group = world.a_group(school=school)
        send(group)
        for _ in range(3):
            world.a_contact(of=missing(group))
        with CaptureQueriesContext(connection) as queries:
            assert noticed(school, now=clock.now())
        return len(queries)

    asked()
    assert asked() == asked()
