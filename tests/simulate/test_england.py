"""A synthetic England is made in bounded pieces, and made again by its seed; its numbers are DfE's own."""

import csv
from collections import Counter

import numpy as np
import pytest

from allpresent.core.codes import code_set_on
from allpresent.figures.sheet import LETTERS
from allpresent.simulate.calibration import phases, published
from allpresent.simulate.england import england
from allpresent.simulate.schools import BATCH, schools_of
from allpresent.simulate.year import the_year
from tests.shared_data import shared


def test_a_seed_gives_the_same_marks_and_another_seed_others():
    some, again, others = ([part.cells for part in england(600, seed)] for seed in (3, 3, 4))
    assert all(np.array_equal(one, other) for one, other in zip(some, again, strict=True))
    assert not all(np.array_equal(one, other) for one, other in zip(some, others, strict=True))


@pytest.mark.parametrize("pupils", [500, 9_999, 300_000])
def test_everybody_asked_for_is_in_one_batch_of_bounded_size(pupils):
    batches = list(schools_of(pupils, np.random.default_rng(1)))
    assert sum(batch.sizes.sum() for batch in batches) == pupils
    largest = max(phase.sizes[-1] for phase in phases())
    assert all(batch.sizes.sum() < BATCH + 2 * largest for batch in batches)
    numbers = [batch.first + place for batch in batches for place in range(len(batch.sizes))]
    assert Counter(numbers).most_common(1)[0][1] == 1


def test_the_year_has_the_days_the_law_asks_for():
    """380 sessions: Education (School Day and School Year) (England) Regulations 1999, regulation 3."""
    assert the_year().sessions == 380
    assert all(day.weekday() < 5 for day in the_year().days)


def test_every_mark_is_a_code_of_its_day_and_mornings_are_mornings():
    (part, *_) = england(600, 5)
    letters = np.array(LETTERS)[part.cells]
    assert set(np.unique(letters)) - {""} <= set(code_set_on(the_year().days[0]))
    assert "\\" not in letters[:, ::2]
    assert "/" not in letters[:, 1::2]
    assert "U" not in letters[:, 1::2]


def test_pupils_have_marks_on_every_day_on_roll_and_on_no_other(drawn):
    part = drawn.parts["primary"]
    day = np.arange(the_year().sessions) // 2
    on_roll = (day >= part.pupils.first[:, None]) & (day < part.pupils.after[:, None])
    assert np.array_equal(part.cells > 0, on_roll)


def test_the_bands_carried_are_the_published_counts():
    with shared("data", "dfe_absence_bands_by_year_group.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["time_period"] == "202223"]
    of = {"State-funded primary": "primary", "State-funded secondary": "secondary", "Special": "special"}
    checked = 0
    for row in rows:
        carried = published()["phases"][of[row["school_type"]]]["bands"].get(row["nc_year"])
        if carried:
            assert carried == [int(count) for name, count in row.items() if name.startswith("band_")]
            checked += 1
    assert checked == 6 + 5 + 11


@pytest.mark.parametrize("term", ["Autumn", "Spring", "Summer"])
def test_the_terms_carried_are_the_published_counts(term):
    with shared("data", "dfe_attendance_terms_2024_25_national.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["term"] == term and row["school_type"] != "Total"]
    assert len(rows) == 3
    for row in rows:
        carried = published()["phases"][row["school_type"].lower()]["terms"]["absence"]
        rate = 100 * float(row["overall_absence"]) / float(row["possible_sessions"])
        assert carried[["Autumn", "Spring", "Summer"].index(term)] == pytest.approx(rate, abs=0.0001)
