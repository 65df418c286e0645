"""`allpresent tick` and `allpresent verify`, run as people and schedulers run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers import actions
from allpresent.registers.models import CurrentMark
from tests import world

COMMAND = Path(sys.executable).with_name("allpresent")
DAY = date(2026, 9, 15)


@pytest.fixture
def allpresent(fresh_database):
    """Runs the command on the test's own database, at 10:00 on the day."""
    environment = os.environ | fresh_database.environment | {"ALLPRESENT_NOW": "2026-09-15 10:00"}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        connection.close()
        return subprocess.run([COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=120)

    run.environment = environment
    return run


@pytest.fixture
def hillside(fresh_database):
    return world.a_school(name="Hillside")


def taken(school) -> list:
    """A class whose register was taken at nine with one mark of three."""
    group, pupils = world.a_class(school=school, size=3)
    actions.take_register(
        school=school, group=group, session=Session(DAY, Half.AM), marks=(SubmittedMark(pupils[0].id, "/", 0),),
        level=EnteredBy.TEACHER, by=world.OFFICE, key=f"register-{group.id}",
        now=world.BEGINNING.replace(month=9, day=15, hour=8),
    )  # fmt: skip
    return pupils


def codes() -> list[str]:
    return [*CurrentMark.objects.order_by("pupil").values_list("code", flat=True)]


def test_a_tick_closes_what_is_due_once(allpresent, hillside):
    taken(hillside)
    first, second = allpresent("tick"), allpresent("tick")
    assert first.returncode == second.returncode == 0
    assert first.stdout.splitlines()[0] == "hillside: N entered for 2 at the close of the register"
    assert "register" not in second.stdout
    assert codes() == ["/", "N", "N"]


def test_one_schools_trouble_is_told_and_does_not_stop_another(allpresent):
    broken = world.a_school(name="Broken")
    taken(broken)
    taken(world.a_school(name="Hillside"))
    with connection.cursor() as cursor:
        on = " ON schools_policyversion" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER schools_policyversion_no_update{on}")
        cursor.execute("UPDATE schools_policyversion SET text = 'spoilt' WHERE school_id = %s", [broken.id])
    done = allpresent("tick")
    assert done.returncode == 1
    assert "broken: registers not closed: PolicyProblem" in done.stderr
    assert "hillside: N entered for 2 at the close of the register" in done.stdout.splitlines()


def test_it_goes_on_until_it_is_told_to_stop(allpresent, hillside):
    taken(hillside)
    connection.close()
    going = subprocess.Popen(
        [COMMAND, "worker", "--every", "0.2"], env=allpresent.environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert going.stdout.readline().startswith("hillside: N entered for 2")
    assert going.poll() is None
    going.send_signal(signal.SIGTERM)
    rest, _ = going.communicate(timeout=60)
    assert going.returncode == 0
    assert "N entered" not in rest


@pytest.mark.parametrize("every", ["0", "-1", "often", "1.2.3"])
def test_a_pace_that_cannot_be_kept_is_refused(allpresent, every):
    done = allpresent("worker", f"--every={every}")
    assert done.returncode == 2
    assert "is not a number of seconds" in done.stderr


def test_verify_names_every_difference_and_rebuild_mends_the_cache(allpresent, hillside):
    ann, *_ = taken(hillside)
    clean = allpresent("verify")
    assert (clean.returncode, clean.stdout) == (0, "Everything is as it was written.\n")
    CurrentMark.objects.filter(pupil=ann).update(code="N")
    found = allpresent("verify", "--school", "hillside", "--json")
    difference, count = map(json.loads, found.stdout.splitlines())
    assert found.returncode == 1
    assert (difference["about"], difference["pupil"], difference["day"], difference["half"]) == (
        "mark", ann.id, "2026-09-15", "AM",
    )  # fmt: skip
    assert count == {"differences": 1}
    mended = allpresent("verify", "--rebuild")
    assert mended.returncode == 0
    assert f"mark: pupil {ann.id}, 2026-09-15 AM: expected / (version 1" in mended.stdout
    assert codes() == ["/"]
    assert allpresent("verify").returncode == 0


def test_an_unknown_school_is_refused_in_words(allpresent):
    done = allpresent("verify", "--school", "nowhere")
    assert done.returncode == 2
    assert "There is no school “nowhere”" in done.stderr
