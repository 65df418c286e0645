"""A provider presses twice, and both sendings arrive at the same instant: one word is kept, and both are answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from allpresent.core.elsewhere.heard import Says
from allpresent.elsewhere.models import ProviderWord
from tests import world
from tests.elsewhere import placing

TIMES = 8


def test_two_sendings_at_once_keep_one_word(fresh_database):
    school = world.a_school()
    pupils = world.a_class(school=school, size=TIMES)[1]
    provider = placing.a_provider(school=school)
    for pupil in pupils:
        arranged = placing.placed(pupil, provider)
        ready = Barrier(2)

        def press(arranged=arranged, ready=ready) -> int:
            ready.wait()
            try:
                return placing.said(arranged, school, Says.NOT_THERE, key=f"press {arranged.pupil_id}").id
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as presses:
            first, second = (presses.submit(press) for _ in range(2))
            assert first.result() == second.result()
        assert ProviderWord.objects.filter(pupil=pupil).count() == 1
        assert placing.codes(pupil)["2026-09-15 AM"] == "N"
