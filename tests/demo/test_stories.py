"""What the demonstration shows at the moment it opens: every room has something in it, made by the room's own verbs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from allpresent.absences.models import Evidence, Mail, Notice
from allpresent.calls.models import Try
from allpresent.core.leave.deciding import Outcome
from allpresent.core.leave.part_time import Standing
from allpresent.demo.build import build, catch_up
from allpresent.demo.stories.elsewhere import LINK
from allpresent.elsewhere.models import ProviderWord, Suspension
from allpresent.elsewhere.queries import elsewhere_on
from allpresent.leave.models import Request
from allpresent.leave.queries import part_times_since, requests_since
from allpresent.messages.models import Message, State
from allpresent.people.models import PupilContact
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.schools.models import School
from allpresent.settling.models import Decision, EvidenceFlag
from allpresent.settling.queries import open_absences
from allpresent.shared.clock import read_moment
from allpresent.sharing.models import Share
from allpresent.site.models import Crossing

NOW = "2026-11-20 09:25"
DAY = date(2026, 11, 20)
ROWS = (
    Notice,
    Evidence,
    Mail,
    Try,
    ProviderWord,
    Suspension,
    Request,
    Message,
    Decision,
    EvidenceFlag,
    Share,
    Crossing,
)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made once for this file, and undone after it; each test's own changes are undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(read_moment(NOW), lambda words: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def school(demonstration, db) -> School:
    return School.objects.get(slug="thornhedge")


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (*ROWS, RegisterEntry)}


def test_no_room_is_empty(school):
    assert [name for name, number in counts().items() if not number] == []


def test_nothing_was_written_after_the_moment_shown(school):
    assert max(row.at for model in ROWS for row in model.objects.all()) <= read_moment(NOW)


def test_starting_again_at_the_same_moment_adds_nothing(school):
    before = counts()
    catch_up(read_moment(NOW), lambda words: None)
    assert counts() == before


def test_unexplained_absences_stand_at_every_stage(school):
    left = {one.clock.days_left for one in open_absences(school, now=read_moment(NOW)) if one.explanation is None}
    assert {1, 2} <= left
    assert max(left) > 3


def test_leave_stands_in_every_state_and_the_virtual_school_is_still_to_be_asked(school):
    lines = requests_since(school, date(2026, 9, 1))
    assert {line.state for line in lines} == {"waiting", *(outcome.value for outcome in Outcome)}
    (waiting,) = [line for line in lines if line.state == "waiting"]
    assert not waiting.consultations


def test_one_is_away_longer_than_was_granted(school):
    shorter = next(line for line in requests_since(school, date(2026, 9, 1)) if line.state == Outcome.SHORTER)
    after = CurrentMark.objects.filter(pupil=shorter.pupil_id, day__gt=shorter.given.last.day, day__lt=DAY)
    assert shorter.given.last < shorter.span.last
    assert set(after.values_list("code", flat=True)) == {"N"}


def test_a_part_time_timetable_has_its_review_due_and_its_marks(school):
    (line,) = part_times_since(school, DAY)
    assert line.state_on(DAY).standing is Standing.DUE
    assert CurrentMark.objects.filter(pupil=line.pupil_id, code="C2", day__lte=line.agreement.ends).exists()
    assert not CurrentMark.objects.filter(pupil=line.pupil_id, code="C2", day__gt=line.agreement.ends).exists()


def test_the_day_shown_is_the_fourth_of_a_suspension(school):
    one = Suspension.objects.get(school=school)
    days = CurrentMark.objects.filter(pupil=one.pupil_id, code="E", half="AM").order_by("day")
    assert list(days.values_list("day", flat=True)).index(DAY) == 3


def test_one_at_a_provider_is_not_heard_of_yet_and_the_link_opens(school, client, at):
    at(NOW)
    assert not ProviderWord.objects.filter(school=school, day=DAY).exists()
    assert elsewhere_on(school, DAY, now=read_moment(NOW))
    assert client.get(f"/p/{LINK}/").status_code == 200


def test_the_provision_feeds_the_school_that_placed_the_pupil(school):
    assert ProviderWord.objects.filter(school=school, channel=ProviderWord.Channel.ALLPRESENT).exists()


def test_no_message_went_to_anybody_restricted(school):
    held = PupilContact.objects.exclude(restriction="").values_list("pupil_id", "contact_id")
    assert held
    assert not set(held) & set(Message.objects.values_list("pupil_id", "contact_id"))
    assert {message.state for message in Message.objects.select_related("standing")} == {State.KEPT}


def test_every_decision_stands_on_the_mark_in_force_and_on_what_was_said(school):
    decided = list(Decision.objects.filter(code="I").select_related("notice"))
    assert decided
    for decision in decided:
        assert decision.notice
        assert decision.notice.told_at < decision.at
