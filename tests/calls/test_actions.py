"""Keeping what was tried."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allpresent.absences.actions import Said
from allpresent.absences.models import Notice
from allpresent.calls import actions
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half
from allpresent.core.response import Result
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.models import RegisterEntry
from allpresent.shared import clock
from allpresent.shared.models import AppendOnly
from allpresent.shared.problems import Refused
from tests import world
from tests.calls.morning import TUESDAY, kept, missing, tries

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(at):
    at("2026-09-15 09:30")
    group = world.a_group(school=world.a_school(), name="4B")
    pupil = missing(group, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    return pupil


@pytest.mark.clause("M-4.5b", "M-4.7c", "O-B-14.2")
def test_a_try_keeps_time_number_result_and_who_made_it(pupil):
    made = kept(pupil, says="rang out")
    assert (made.number, made.result, made.says) == ("07700 900123", "no answer", "rang out")
    assert (made.by_name, made.by_position, made.step) == ("Sam Okafor", "Office manager", "parent")
    assert RegisterEntry.objects.filter(pupil=pupil).count() == 1


def test_two_people_who_ring_at_once_are_both_kept(pupil):
    kept(pupil)
    kept(pupil)
    assert Try.objects.count() == 2


def test_the_same_key_again_changes_nothing_and_other_words_are_refused(pupil):
    first, again = kept(pupil, key="one"), kept(pupil, key="one")
    assert first.pk == again.pk
    other = tries(pupil, Result.REACHED, key="one")
    assert isinstance(other, Refused)
    assert "sent before with other words" in other.problems[0].message
    assert Try.objects.count() == 1


def test_a_try_is_never_changed_and_never_removed(pupil):
    made = kept(pupil)
    with pytest.raises(AppendOnly):
        made.save()
    with pytest.raises(AppendOnly):
        Try.objects.all().delete()


@pytest.mark.parametrize("named", [{"name": "PAUL BRIGHT", "number": ""}, {"name": "", "number": "+44 7700 900 300"}])
@pytest.mark.clause("M-3.5a")
def test_an_adult_with_a_restriction_cannot_be_kept_as_called(pupil, named):
    world.a_contact(of=pupil, name="Paul Bright", mobile="07700 900300", restriction="no contact, court order")
    made = tries(pupil, **named)
    assert isinstance(made, Refused)
    assert made.problems[0].message == "Paul Bright must not be contacted: no contact, court order"
    assert Try.objects.count() == 0


def test_a_number_that_two_adults_share_is_the_one_s_who_was_chosen(pupil):
    shared = world.a_contact(of=pupil, name="Eve Bright", mobile="01632 960111", calling_order=2)
    world.a_contact(of=pupil, name="Paul Bright", mobile="01632 960111", restriction="no contact, court order")
    assert kept(pupil, name="Eve Bright", number="01632 960111", contact_id=shared.id)


def test_a_call_to_come_has_not_been_made(pupil):
    made = tries(pupil, tried_at=clock.now() + timedelta(minutes=5))
    assert isinstance(made, Refused)
    assert made.problems[0].field == "tried_time"


@pytest.mark.parametrize("result", [Result.SKIPPED, Result.DECIDED])
@pytest.mark.clause("M-4.7c")
def test_nothing_is_left_out_or_decided_without_words(pupil, result):
    made = tries(pupil, result, says="  ")
    assert isinstance(made, Refused)
    assert made.problems[0].field == "says"


def said(**facts) -> Said:
    given = {
        "about": "absence", "day": TUESDAY, "half": Half.AM, "reason": Reason.ILLNESS, "says": "a fever",
        "channel": "telephone", "told_by": "Grace Adeyemi", "relation": "Mother", "told_at": clock.now(), **facts,
    }  # fmt: skip
    return Said(**given)


def log_reason(pupil, words: Said):
    school = pupil.school
    return actions.log_reason(
        said=words, key="k" * 32, school=school, pupil=pupil_on_roll(school, pupil.id, TUESDAY), day=TUESDAY,
        half=Half.AM, step="parent", party="parent", name="Grace Adeyemi", number="07700 900123", channel="phone",
        tried_at=clock.now(), by=world.OFFICE, now=clock.now(),
    )  # fmt: skip


def test_a_reason_makes_a_try_and_a_message_and_the_same_again_neither(pupil):
    for _ in range(2):
        assert isinstance(log_reason(pupil, said()), Try)
    assert (Try.objects.count(), Notice.objects.count()) == (1, 1)


def test_where_the_message_cannot_be_kept_the_try_is_not_either(pupil):
    made = log_reason(pupil, said(expected_back=TUESDAY))
    assert isinstance(made, Refused)
    assert (Try.objects.count(), Notice.objects.count()) == (0, 0)
