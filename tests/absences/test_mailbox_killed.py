"""The reader of the mailbox is killed with -9, again and again: it goes on where it was, and keeps everything once."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from django.db.models import Max

from allpresent.absences.models import Mail, MailboxPlace
from tests import world
from tests.absences.mailserver import mail, mail_server

READER = """
import django; django.setup()
from allpresent.absences import mailbox
from allpresent.schools.models import School
from allpresent.shared import clock
mailbox.read(School.objects.get(slug="%s"), now=clock.now())
"""
MANY, KILLS = 600, 5


def test_a_reader_that_is_killed_goes_on_where_it_was(fresh_database, tmp_path):
    school = world.a_school()
    with mail_server() as running:
        running.add(mail(f"Number {number}", id=f"<{number}@example.org>") for number in range(MANY))
        file = running.channels(tmp_path, school.slug)
        environment = {
            **os.environ, **fresh_database.environment, "ALLPRESENT_CHANNELS": str(file),
            "DJANGO_SETTINGS_MODULE": "allpresent.config.settings",
        }  # fmt: skip
        command = [sys.executable, "-c", READER % school.slug]
        for kill in range(1, KILLS + 1):
            process = subprocess.Popen(command, env=environment)
            wait_for(lambda wanted=kill * MANY // (KILLS + 2): Mail.objects.count() >= wanted)
            process.kill()
            process.wait()
            assert 0 < Mail.objects.count() < MANY
            assert MailboxPlace.objects.get().uid == Mail.objects.aggregate(last=Max("uid"))["last"]
        subprocess.run(command, env=environment, check=True)
    kept = Mail.objects.values_list("text", flat=True)
    assert sorted(kept) == sorted(f"Number {number}" for number in range(MANY))


def wait_for(true) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.005)
