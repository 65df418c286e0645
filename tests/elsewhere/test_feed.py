"""Two settings in one installation: the provider's own register is its word to the school that placed the pupil."""

from __future__ import annotations

import pytest

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.elsewhere.heard import Standing
from allpresent.core.register.sheet import SubmittedMark
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.models import ProviderWord
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.actions import amend_mark, take_register
from allpresent.schools.models import School
from allpresent.shared.clock import read_moment
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db
UPN = "A123456789012"


@pytest.fixture
def two():
    """The same child on both rolls, and another child of the provider's own."""
    home, there = (
        world.a_school(name="Thorn Edge"),
        world.a_school(policy="magnum", kind=School.Kind.ALTERNATIVE_PROVISION),
    )
    group, [other, pupil_there] = world.a_class(school=there, size=2)
    pupil_there.upn = UPN
    pupil_there.save()
    pupil = world.a_class(school=home)[1][0]
    pupil.upn = UPN
    pupil.save()
    placing.commissioned(pupil_there, home)
    placing.placed(pupil, placing.a_provider(school=home, setting=there))
    return home, there, group, pupil, pupil_there, other


def take(there, group, marks: dict[int, str], at: str, half: Half = Half.AM) -> None:
    sent = tuple(SubmittedMark(pupil, code, 0) for pupil, code in marks.items())
    take_register(
        school=there, group=group, session=Session(placing.TUESDAY, half), marks=sent, level=EnteredBy.OFFICE,
        by=world.OFFICE, key=f"register-{at}", now=read_moment(at),
    )  # fmt: skip


@pytest.mark.clause("M-3.3b", "M-3.3c", "O-B-5.4")
def test_a_mark_in_the_providers_register_is_its_word_at_the_school_that_placed_the_pupil(two):
    home, there, group, pupil, pupil_there, other = two
    take(there, group, {pupil_there.id: "/", other.id: "/"}, "2026-09-15 09:35")
    assert actions.feed(home, now=read_moment("2026-09-15 09:36")) == 1
    [word] = ProviderWord.objects.filter(school=home)
    assert (word.pupil_id, word.says, word.channel) == (pupil.id, "there", "allpresent")
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"
    [morning, _] = queries.elsewhere_on(home, placing.TUESDAY, now=read_moment("2026-09-15 09:36"))
    assert morning.standing is Standing.CONFIRMED


@pytest.mark.clause("M-3.3c")
def test_the_pass_runs_again_and_again_and_tells_each_mark_once(two):
    home, there, group, pupil, pupil_there, _ = two
    take(there, group, {pupil_there.id: "N"}, "2026-09-15 09:35")
    assert [actions.feed(home, now=read_moment(f"2026-09-15 09:{minute}")) for minute in (36, 37, 38)] == [1, 0, 0]
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"


@pytest.mark.clause("M-3.3c", "O-B-5.2")
def test_an_amendment_made_later_is_told_too(two):
    home, there, group, pupil, pupil_there, _ = two
    take(there, group, {pupil_there.id: "N"}, "2026-09-15 09:35")
    actions.feed(home, now=read_moment("2026-09-15 09:36"))
    amend_mark(
        school=there, pupil=pupil_on_roll(there, pupil_there.id, placing.TUESDAY),
        session=Session(placing.TUESDAY, Half.AM),
        new=SubmittedMark(pupil_there.id, "L", 1, 12), reason="Came in", level=EnteredBy.OFFICE, by=world.OFFICE,
        now=read_moment("2026-09-15 09:50"),
    )  # fmt: skip
    assert actions.feed(home, now=read_moment("2026-09-15 09:51")) == 1
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"
    assert ProviderWord.objects.filter(school=home).latest("id").says == "late"


def test_nothing_of_other_pupils_of_the_provider_ever_comes_across(two):
    home, there, group, _, _, other = two
    take(there, group, {other.id: "N"}, "2026-09-15 09:35")
    assert actions.feed(home, now=read_moment("2026-09-15 09:36")) == 0
    assert not ProviderWord.objects.exists()


def test_a_place_that_has_ended_is_told_nothing(two):
    home, there, group, _, pupil_there, _ = two
    pupil_there.placements.update(ends="2026-09-14")
    take(there, group, {pupil_there.id: "/"}, "2026-09-15 09:35")
    assert actions.feed(home, now=read_moment("2026-09-15 09:36")) == 0
