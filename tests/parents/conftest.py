"""A family at a school: Tolu, her mother Grace and her father Tunde, who live apart."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _a_morning(at) -> None:
    """Tuesday 15 September 2026, before registration; nobody has asked for a code yet."""
    from django.core.cache import cache

    cache.clear()
    at("2026-09-15 08:30")


@pytest.fixture
def school():
    from tests import world

    return world.a_school(name="Long Barrow School")


@pytest.fixture
def child(school):
    from tests import world
    from tests.parents.signing_in import GRACE, TUNDE, a_parent

    pupil = world.a_pupil(in_group=world.a_group(school=school), surname="Adeyemi", forename="Tolu")
    a_parent(of=pupil, email=GRACE, name="Grace Adeyemi", mobile="07700 900111")
    father = {"relation": "Father", "lives_with": False, "calling_order": 2, "mobile": "07700 900222"}
    a_parent(of=pupil, email=TUNDE, name="Tunde Adeyemi", **father)
    return pupil


@pytest.fixture
def grace(client, child):
    from tests.parents.signing_in import GRACE, sign_in

    return sign_in(client, GRACE)
