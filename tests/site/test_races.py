"""Two people at the gate at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from allpresent.shared.problems import Refused
from allpresent.site.models import Crossing
from tests import world
from tests.site.crossing import goes

PEOPLE = 4


def test_four_people_sign_the_same_child_out_and_three_are_told(fresh_database):
    school = world.a_school()
    child = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(child, {"2026-09-15": "/-"})
    parent = world.a_contact(of=child, may_collect=True)
    together = Barrier(PEOPLE)

    def press(number: int) -> Crossing | Refused:
        together.wait()
        try:
            return goes(child, "11:40", collector=parent, key=f"k{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        results = list(people.map(press, range(PEOPLE)))
    told = [one.problems[0].message for one in results if isinstance(one, Refused)]
    assert len(told) == PEOPLE - 1
    assert all("signed out at 11:40 already" in message for message in told)
    assert Crossing.objects.count() == 1
