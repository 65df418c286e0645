"""What is passed on by itself, once, to whoever the policy names and nobody else; the rest is told by telephone."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.elsewhere import actions as elsewhere
from allpresent.messages.models import Message
from allpresent.people.models import Contact, Placement
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.actions import record_arrival, take_register
from allpresent.schools.models import School
from allpresent.shared.clock import read_moment
from allpresent.sharing import actions, queries
from allpresent.sharing.models import Share
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)
NEXT_MINUTE = read_moment("2026-09-15 09:47")


@pytest.fixture
def school():
    return world.a_school(policy="magnum", kind=School.Kind.ALTERNATIVE_PROVISION)


def a_place(pupil, *, email: str = "attendance@thornedge.example.org", name: str = "Thorn Edge", kind: str = "school"):
    return Placement.objects.create(
        pupil=pupil, kind=kind, commissioner=name, contact_name="Ash Rowe", phone="01603 555 020", email=email,
        begins=date(2026, 9, 1),
    )  # fmt: skip


def take(group, marks: dict, at: str, half: Half = Half.AM) -> None:
    sent = tuple(SubmittedMark(pupil.id, code, 0) for pupil, code in marks.items())
    take_register(
        school=group.school, group=group, session=Session(TUESDAY, half), marks=sent, level=EnteredBy.OFFICE,
        by=world.OFFICE, key=f"{group.slug}-{at}", now=read_moment(at),
    )  # fmt: skip


def pass_on(school, at: str) -> int:
    return actions.pass_on(school, now=read_moment(at))


def due(school, at: str) -> dict[str, str]:
    found = queries.due_on(school, TUESDAY, now=read_moment(at))
    return {one.telling.person.name: one.telling.what.value for one in found}


@pytest.mark.clause("M-3.3b", "M-3.3c", "M-3.1c")
def test_each_commissioner_gets_one_message_a_session_with_its_own_pupils_alone(school):
    group, [one, two, other, placed_by_nobody] = world.a_class(school=school, size=4)
    for pupil in (one, two):
        a_place(pupil)
    a_place(other, email="desk@county.example.org", name="The county", kind="authority")
    take(group, {one: "/", two: "N", other: "/", placed_by_nobody: "/"}, "2026-09-15 09:35")
    assert pass_on(school, "2026-09-15 09:36") == 3
    first, second = Message.objects.order_by("address")
    assert (first.address, second.address) == ("attendance@thornedge.example.org", "desk@county.example.org")
    assert [str(pupil) in first.body for pupil in (one, two, other)] == [True, True, False]
    assert [str(pupil) in second.body for pupil in (one, two, other)] == [False, False, True]
    assert "due at" not in first.body
    assert {"M-3.3b", "M-3.3c"} <= set(first.clauses)
    assert Share.objects.filter(pupil=placed_by_nobody).count() == 0


@pytest.mark.clause("M-3.3c")
def test_the_pass_goes_round_again_and_nothing_is_sent_twice(school):
    group, [pupil, *_] = world.a_class(school=school)
    a_place(pupil)
    take(group, {pupil: "/"}, "2026-09-15 09:35")
    assert [pass_on(school, f"2026-09-15 09:{minute}") for minute in (36, 37, 50)] == [1, 0, 0]
    assert (Message.objects.count(), Share.objects.count()) == (1, 1)


@pytest.mark.clause("M-3.3c")
def test_before_its_time_the_message_waits_for_every_register_of_the_commissioner_and_a_late_one_says_so(school):
    (first, [one]), (second, [two]) = (world.a_class(school=school, size=1) for _ in range(2))
    a_place(one)
    a_place(two)
    take(first, {one: "/"}, "2026-09-15 09:33")
    assert pass_on(school, "2026-09-15 09:34") == 0
    assert pass_on(school, "2026-09-15 09:40") == 1
    take(second, {two: "/"}, "2026-09-15 09:52")
    assert pass_on(school, "2026-09-15 09:53") == 1
    on_time, late = Message.objects.order_by("id")
    assert "due at" not in on_time.body
    assert "came in at 9:52; it was due at 9:40" in late.body


@pytest.mark.clause("M-3.4b")
def test_an_absence_is_said_with_the_marks_and_its_clause_kept(school):
    group, [pupil] = world.a_class(school=school, size=1)
    a_place(pupil)
    take(group, {pupil: "N"}, "2026-09-15 09:35")
    pass_on(school, "2026-09-15 09:36")
    [share] = queries.shares_of(school, TUESDAY, TUESDAY)
    assert "M-3.4b" in share.clauses
    assert "(N)" in share.says


@pytest.mark.clause("M-3.3e")
def test_a_late_arrival_after_the_message_is_passed_on_to_the_parent_and_the_commissioner(school):
    group, [pupil] = world.a_class(school=school, size=1)
    a_place(pupil)
    link = world.a_contact(of=pupil, name="Grace Adeyemi")
    Contact.objects.filter(id=link.contact_id).update(email="grace@example.org")
    take(group, {pupil: "N"}, "2026-09-15 09:35")
    pass_on(school, "2026-09-15 09:36")
    record_arrival(
        school=school, pupil=pupil_on_roll(school, pupil.id, TUESDAY), session=Session(TUESDAY, Half.AM),
        arrived_at=read_moment("2026-09-15 09:48"), better_reason=None, said="bus", by=world.OFFICE,
        now=read_moment("2026-09-15 09:49"),
    )  # fmt: skip
    pass_on(school, "2026-09-15 09:50")
    told = {(share.party, share.what) for share in queries.shares_of(school, TUESDAY, TUESDAY)}
    assert told == {("commissioner", "marks"), ("commissioner", "late arrival"), ("parent", "late arrival")}
    assert due(school, "2026-09-15 09:51") == {"inclusion team": "late arrival"}


@pytest.mark.clause("M-3.3e")
def test_a_parent_with_a_restriction_is_never_told(school):
    group, [pupil] = world.a_class(school=school, size=1)
    for name, restriction in (("Grace", ""), ("Ivo", "No contact: court order")):
        link = world.a_contact(of=pupil, name=name, restriction=restriction)
        Contact.objects.filter(id=link.contact_id).update(email=f"{name.lower()}@example.org")
    take(group, {pupil: "L"}, "2026-09-15 09:45")
    pass_on(school, "2026-09-15 09:46")
    assert {message.to_name for message in Message.objects.all()} == {"Grace"}
    assert "Ivo" not in due(school, "2026-09-15 09:47")


@pytest.mark.clause("M-3.3e")
def test_an_address_shared_with_somebody_restricted_or_no_address_at_all_is_told_by_telephone(school):
    group, [pupil] = world.a_class(school=school, size=1)
    for name, email, restriction in (
        ("Grace", "Home@example.org", ""), ("Ivo", "home@example.org", "No contact: court order"), ("Ola", "none", ""),
    ):  # fmt: skip
        link = world.a_contact(of=pupil, name=name, restriction=restriction)
        Contact.objects.filter(id=link.contact_id).update(email=email)
    take(group, {pupil: "L"}, "2026-09-15 09:45")
    pass_on(school, "2026-09-15 09:46")
    assert Message.objects.count() == 0
    by_phone = {one.telling.person.name for one in queries.due_on(school, TUESDAY, now=NEXT_MINUTE) if one.by_phone}
    assert {"Grace", "Ola"} <= by_phone
    assert "Ivo" not in by_phone


def test_a_late_mark_in_the_register_is_not_said_twice(school):
    group, [pupil] = world.a_class(school=school, size=1)
    a_place(pupil)
    take(group, {pupil: "L"}, "2026-09-15 09:45")
    pass_on(school, "2026-09-15 09:46")
    assert Message.objects.count() == 1
    assert "M-3.3e" in Message.objects.get().clauses


@pytest.mark.clause("M-3.1c")
def test_without_an_address_it_is_told_by_telephone_and_written_down_by_whom(school):
    group, [pupil] = world.a_class(school=school, size=1)
    a_place(pupil, email="")
    take(group, {pupil: "/"}, "2026-09-15 09:35")
    assert pass_on(school, "2026-09-15 09:36") == 0
    [one] = queries.due_on(school, TUESDAY, now=read_moment("2026-09-15 09:37"))
    assert one.by_phone
    now = read_moment("2026-09-15 09:38")
    for _ in range(2):
        actions.tell_by_telephone(school=school, due=one, to="Ash Rowe", by=world.OFFICE, now=now)
    [share] = queries.shares_of(school, TUESDAY, TUESDAY)
    assert (share.channel, share.name, share.by_name) == ("telephone", "Ash Rowe", "Sam Okafor")
    assert due(school, "2026-09-15 09:39") == {}


def test_a_policy_that_has_nothing_passed_on_is_left_alone():
    school = world.a_school()
    group, [pupil] = world.a_class(school=school, size=1)
    a_place(pupil)
    take(group, {pupil: "N"}, "2026-09-15 09:00")
    assert pass_on(school, "2026-09-15 09:30") == 0
    assert due(school, "2026-09-15 09:30") == {}


@pytest.mark.clause("M-3.3b", "M-3.3c")
def test_what_the_school_that_placed_the_pupil_took_from_our_register_needs_no_message(school):
    home = world.a_school(name="Thorn Edge")
    group, [there] = world.a_class(school=school, size=1)
    here = world.a_class(school=home, size=1)[1][0]
    for pupil in (there, here):
        pupil.upn = "A123456789012"
        pupil.save()
    placing.commissioned(there, home, email="attendance@thornedge.example.org")
    placing.placed(here, placing.a_provider(school=home, setting=school))
    take(group, {there: "/"}, "2026-09-15 09:35")
    elsewhere.feed(home, now=read_moment("2026-09-15 09:36"))
    assert pass_on(school, "2026-09-15 09:36") == 1
    assert not Message.objects.exists()
    assert queries.shares_of(school, TUESDAY, TUESDAY)[0].channel == "allpresent"
