"""A big roll: worked on beside the page, with progress, on a database where commits are real."""

from __future__ import annotations

from threading import enumerate as threads

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.exchange import work
from allpresent.exchange.models import ImportRun
from allpresent.people.models import Pupil
from tests.exchange.importing import address, choose_proposed_columns, send
from tests.exchange.rolls import csv_file, pupil
from tests.world import a_school, sign_in, staff

PUPILS = 1_500


def _wait_for(run: ImportRun) -> None:
    for thread in threads():
        if thread.name == f"roll import {run.id}":
            thread.join(60)


@pytest.mark.usefixtures("fresh_database")
def test_a_big_roll_goes_in_beside_the_page(at):
    at("2026-09-15 10:00")
    school = a_school()
    client = sign_in(Client(), staff(role=Role.OFFICE, school=school))
    content = csv_file([pupil(serial) for serial in range(1, PUPILS + 1)])
    assert len(content) > work.SMALL
    send(client, school, content)
    run = choose_proposed_columns(client, school)
    _wait_for(run)
    preview = client.get(address("roll_run", school, run)).content.decode()
    assert "1500 new pupils" in preview
    assert "Page 1 of 30" in preview
    last = client.get(address("roll_run", school, run) + "?show=adds&page=30").content.decode()
    assert "Ashby1500, Mia" in last

    client.post(address("roll_confirm", school, run))
    _wait_for(run)

    run.refresh_from_db()
    assert (run.stage, run.percent) == ("done", 100)
    assert Pupil.objects.filter(school=school).count() == PUPILS


@pytest.mark.usefixtures("fresh_database")
def test_a_big_file_that_is_refused_half_way_says_so(at):
    at("2026-09-15 10:00")
    school = a_school()
    client = sign_in(Client(), staff(role=Role.OFFICE, school=school))
    content = csv_file([pupil(serial) for serial in range(1, PUPILS + 1)]) + b'"never closed'
    send(client, school, content)
    run = choose_proposed_columns(client, school)
    _wait_for(run)
    page = client.get(address("roll_run", school, run)).content.decode()
    assert "could not be read" in page
    assert "quotation mark" in page
    assert not Pupil.objects.exists()
