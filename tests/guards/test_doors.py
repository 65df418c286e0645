"""Nothing opens by itself: every address is tried by strangers, by other schools and by every role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import resolve_url
from django.test import Client

from allpresent.accounts.door import ANYBODY, HOLDERS, PARENTS, SIGNED_IN
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.parents.door import SIGN_IN as PARENTS_SIGN_IN
from tests import world
from tests.guards.routes import Route, Sample, a_sample, routes
from tests.parents.signing_in import sign_in as sign_in_by_code

pytestmark = pytest.mark.django_db
VERBS = ("get", "post")


@pytest.fixture(autouse=True)
def _at_registration(at) -> None:
    at("2026-09-15 08:55")


@pytest.fixture
def ours() -> Sample:
    return a_sample()


@pytest.fixture
def theirs() -> Sample:
    return a_sample()


def of_schools() -> list[Route]:
    return [route for route in routes() if route.is_of_a_school]


def of_parents() -> list[Route]:
    return [route for route in routes() if route.opens_to == PARENTS]


def answers(client: Client, route: Route, values: dict) -> dict[str, int]:
    return {verb: getattr(client, verb)(route.address(values)).status_code for verb in VERBS}


def wrong(tried: Iterable[tuple[Route, dict[str, int]]], *allowed: int) -> dict[str, dict[str, int]]:
    """The routes that answered anything but what is allowed."""
    return {route.pattern: found for route, found in tried if not set(found.values()) <= set(allowed)}


def signed_in(role: Role, sample: Sample, **scope) -> Client:
    if role is Role.HEAD:
        return world.sign_in(Client(), sample.head)
    return world.sign_in(Client(), world.staff(role=role, school=sample.school, **scope))


def test_every_view_says_whom_it_opens_to():
    known = {*Right, ANYBODY, HOLDERS, PARENTS, SIGNED_IN}
    assert [route.pattern for route in routes() if route.opens_to not in known] == []
    assert len(of_schools()) > 5


def test_every_page_of_a_school_has_the_school_first_in_its_address():
    assert [route.pattern for route in of_schools() if not route.pattern.startswith("<slug:school>/")] == []
    others = [route for route in routes() if not route.is_of_a_school and route.opens_to not in (HOLDERS, PARENTS)]
    assert [route.pattern for route in others if route.parts] == []


def test_a_page_of_a_signed_link_is_named_by_its_token_alone_and_opens_with_no_other(client, ours):
    held = [route for route in routes() if route.opens_to == HOLDERS]
    assert held
    assert [route.pattern for route in held if route.parts != ("token",)] == []
    for route in held:
        assert client.get(route.address(ours.values)).status_code == 200
        assert set(answers(client, route, ours.values | {"token": "x" * 43}).values()) == {404}


def test_no_two_addresses_share_a_name():
    assert [name for name, count in Counter(route.name for route in routes()).items() if count > 1] == []


def test_every_part_of_an_address_has_a_sample(ours):
    missing = {part: route.pattern for route in routes() for part in route.parts if part not in ours.values}
    assert missing == {}, "give these parts a value in tests/guards/routes.py: a_sample"


def test_a_stranger_is_shown_the_way_to_sign_in(client, ours):
    for route in routes():
        if route.opens_to not in (ANYBODY, HOLDERS):
            sign_in = resolve_url(PARENTS_SIGN_IN if route.opens_to == PARENTS else settings.LOGIN_URL)
            for verb in VERBS:
                answer = getattr(client, verb)(route.address(ours.values))
                assert answer.status_code == 302, route.pattern
                assert answer.url.startswith(f"{sign_in}?next="), route.pattern


def test_another_schools_pages_do_not_exist(ours, theirs):
    client = signed_in(Role.HEAD, ours)
    tried = [(route, answers(client, route, theirs.values)) for route in of_schools()]
    assert wrong(tried, 404) == {}


def test_another_schools_things_do_not_exist(ours, theirs):
    client = signed_in(Role.HEAD, ours)
    tried = [
        (route, answers(client, route, ours.values | {part: theirs.values[part]}))
        for route in of_schools()
        for part in route.owned
    ]
    assert len(tried) > 2
    assert wrong(tried, 404, 405) == {}
    assert [route.pattern for route, found in tried if 404 not in found.values()] == []


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_right_is_refused(ours, role):
    client = signed_in(role, ours, groups=[ours.group])
    closed = [route for route in of_schools() if route.opens_to not in role.rights]
    tried = [(route, answers(client, route, ours.values)) for route in closed]
    assert wrong(tried, 403) == {}


GIVEN_BY_POLICY = frozenset({"leave_decide", "part_time_end", "new_goal", "goal_end"})
"""Pages whose decision the policy gives to one post: others who hold the right are told whose it is."""


@pytest.mark.parametrize("role", Role)
def test_a_role_with_the_right_is_let_in(ours, role):
    client = signed_in(role, ours, groups=[ours.group])
    for route in of_schools():
        if route.opens_to in role.rights:
            status = client.get(route.address(ours.values)).status_code
            hidden = role is not Role.HEAD and status == 404  # such as a page for those who may see restricted facts
            told = role is not Role.HEAD and status == 403 and route.name in GIVEN_BY_POLICY
            assert hidden or told or status in (200, 302, 405), f"{route.pattern}: {status}"


def test_a_class_teacher_reaches_only_her_own_groups_and_pupils(ours):
    other, [pupil, *_] = world.a_class(school=ours.school)
    client = signed_in(Role.TEACHER, ours, groups=[ours.group])
    hers = [route for route in of_schools() if route.opens_to in Role.TEACHER.rights]
    reaching = [route for route in hers if {"group", "pupil"} & set(route.parts)]
    values = ours.values | {"group": other.slug, "pupil": pupil.id}
    tried = [(route, answers(client, route, values)) for route in reaching]
    assert tried
    assert wrong(tried, 404, 405) == {}


def test_an_appointment_that_has_ended_opens_nothing(ours):
    client = signed_in(Role.ATTENDANCE_LEAD, ours, ends=world.date(2026, 9, 14))
    tried = [(route, answers(client, route, ours.values)) for route in of_schools()]
    assert wrong(tried, 404) == {}


def test_a_trust_leader_reaches_every_school_of_the_trust_and_no_other(ours):
    trust = world.a_trust()
    own = world.a_school(trust=trust)
    client = world.sign_in(Client(), world.staff(role=Role.TRUST_LEADER, trust=trust))
    assert client.get(f"/{own.slug}/").status_code == 200
    assert client.get(f"/{ours.school.slug}/").status_code == 404


def by_code(sample: Sample) -> Client:
    """A parent of the sample's pupils, come by an e-mailed code."""
    cache.clear()
    return sign_in_by_code(Client(), sample.parent)


@pytest.mark.parametrize("role", Role)
def test_no_role_of_staff_opens_a_parents_page(ours, role):
    client = signed_in(role, ours, groups=[ours.group])
    assert len(of_parents()) > 2
    for route in of_parents():
        for verb in VERBS:
            answer = getattr(client, verb)(route.address(ours.values))
            assert answer.status_code == 302, route.pattern
            assert answer.url.startswith(f"{resolve_url(PARENTS_SIGN_IN)}?next="), route.pattern


def test_a_parent_is_let_in_to_their_own_childs_pages(ours):
    client = by_code(ours)
    for route in of_parents():
        assert client.get(route.address(ours.values)).status_code in (200, 405), route.pattern


def test_another_parents_child_does_not_exist(ours, theirs):
    client = by_code(ours)
    of_a_child = [route for route in of_parents() if "child" in route.parts]
    tried = [(route, answers(client, route, theirs.values)) for route in of_a_child]
    assert tried
    assert wrong(tried, 404, 405) == {}


def test_a_parent_opens_no_page_of_staff(ours):
    client = by_code(ours)
    tried = [(route, answers(client, route, ours.values)) for route in of_schools()]
    assert wrong(tried, 404) == {}
