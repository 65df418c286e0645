"""Several rounds of the clock at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from allpresent.accounts.roles import Role
from allpresent.sweeps.models import Alert, Telling
from tests import world
from tests.sweeps.noticing import swept, written

ROUNDS = 4


def test_four_rounds_at_once_raise_and_tell_once(fresh_database, at):
    at("2026-09-15 10:30")
    school = world.a_school()
    world.staff(role=Role.OFFICE, school=school)
    for _ in range(5):
        world.a_class(school=school)
    together = Barrier(ROUNDS)

    def one_round(_: int) -> int:
        together.wait()
        try:
            return swept(school)
        finally:
            connection.close()

    with ThreadPoolExecutor(ROUNDS) as rounds:
        counts = sorted(rounds.map(one_round, range(ROUNDS)))
    assert counts[:-1] == [0] * (ROUNDS - 1)
    assert counts[-1] == Alert.objects.count() >= 5
    assert Telling.objects.filter(alert__key__startswith="register:").count() == 5
    assert len(written(school)) == 1
