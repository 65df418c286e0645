"""How many queries each page runs, held to a baseline, and no more of them for more pupils.

`pytest tests/guards/test_query_counts.py --write-query-counts` writes the baseline anew, for the change to be reviewed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.guards.routes import Sample, a_sample, routes

pytestmark = pytest.mark.django_db
BASELINE = Path(__file__).with_name("query_counts.json")
REGISTER = "<slug:school>/registers/<slug:group>/<day:day>/<half:half>/"
MOST_OF_A_REGISTER = 8


@pytest.fixture(autouse=True)
def _at_registration(at) -> None:
    at("2026-09-15 08:55")


def counted(sample: Sample) -> dict[str, int]:
    """Queries of each page that the head can open, once the school's calendar and policy have been read."""
    client = world.sign_in(Client(), sample.head)
    counts = {}
    for route in routes():
        if route.is_of_a_school and client.get(route.address(sample.values)).status_code == 200:
            with CaptureQueriesContext(connection) as queries:
                client.get(route.address(sample.values))
            counts[route.pattern] = len(queries)
    return counts


def test_each_page_runs_the_queries_of_its_baseline(request):
    counts = counted(a_sample())
    if request.config.getoption("write_query_counts"):
        BASELINE.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert counts == json.loads(BASELINE.read_text(encoding="utf-8")), "if this is meant: --write-query-counts"


def test_more_pupils_cost_no_more_queries():
    few, many = counted(a_sample(pupils=2)), counted(a_sample(pupils=9))
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}


def test_the_register_is_quick_to_load():
    assert counted(a_sample())[REGISTER] <= MOST_OF_A_REGISTER
