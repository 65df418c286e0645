"""The scoreboard keeps its word: the fact sheet's clauses, in our words, and a test behind every claim."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from allpresent.commands.conformance import (
    carriers,
    collect,
    page_problems,
    proof_problems,
    totals,
    write_page,
)
from allpresent.core.clauses import Status, clauses, differences, read_clauses, read_differences, rows
from tests.shared_data import shared

LONGEST_SHARED_RUN = 7  # words in a row; facts often share fewer

HELD = read_clauses("""
["M-1a"]
says = "Targets are shown."
kind = ["report"]
status = "held"
see = "Today | Targets"
""")
SETTING = read_differences("""
["R days"]
magnum_opus = "the day"
ogbourne = "one day"
status = "not yet"
""")


def sheet_rows(start: str, end: str) -> list[list[str]]:
    text = shared("domain", "clauses.md").read_text(encoding="utf-8")
    lines = text[text.index(start) : text.index(end)].splitlines()
    table = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return table[1:]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9£%&]+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_every_clause_of_the_sheet_is_carried_in_its_order():
    sheet = sheet_rows("## Part 1", "## Part 2") + sheet_rows("## Part 2", "## Part 3")
    assert [(one.id, ", ".join(one.kind)) for one in clauses()] == [(row[0], row[-1]) for row in sheet]


def test_every_difference_of_the_sheet_is_carried_in_its_order():
    assert [one.id for one in differences()] == [row[0] for row in sheet_rows("## Part 3", "## Part 4")]


def test_the_words_are_ours():
    sources = [shared("domain", "clauses.md"), *shared("policies").glob("*.txt")]
    theirs = set().union(*(runs(one.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1) for one in sources))
    copied = [one.id for one in clauses() if runs(one.says, LONGEST_SHARED_RUN + 1) & theirs]
    assert copied == []


def test_every_held_row_has_a_test_that_carries_it():
    carried = carriers(collect())
    assert [row.id for row in rows() if row.status is Status.HELD and not carried.get(row.id)] == []


def test_cases_of_one_test_count_once():
    collected = {
        "tests/core/test_a.py::test_x[1]": ["M-1a"],
        "tests/core/test_a.py::test_x[2]": ["M-1a", "M-1b"],
    }
    assert carriers(collected) == {"M-1a": ["core/test_a.py::test_x"], "M-1b": ["core/test_a.py::test_x"]}


def test_the_page_has_totals_and_one_row_a_clause():
    page = write_page(HELD, SETTING, {"M-1a": ["a.py::one", "a.py::two", "b.py::three", "b.py::four"]})
    assert "1 clauses: 1 held, 0 partly, 0 not yet. 1 settings: 0 held, 0 partly, 1 not yet." in page
    tests = "`a.py::one`, `a.py::two`, `b.py::three` +1"
    assert rf"| M-1a | held | Targets are shown. | Today \| Targets | {tests} |" in page
    assert "| R days | not yet | the day | one day |  |  |" in page


def test_totals_add_up_to_all_clauses():
    assert sum(int(count) for count in re.findall(r"\d+", totals(clauses()))) == len(clauses())


def test_ids_stand_in_the_page_in_the_order_of_the_policies():
    page = write_page(clauses(), differences(), {})
    places = [page.index(f"\n| {one.id} | ") for one in clauses()]
    assert all(first < second for first, second in pairwise(places))


def test_a_missing_or_stale_page_is_a_problem(tmp_path: Path):
    path = tmp_path / "conformance.md"
    assert "out of date" in page_problems(path, "new")[0]
    path.write_text("old", encoding="utf-8")
    assert "out of date" in page_problems(path, "new")[0]
    assert page_problems(path, "old") == []


@pytest.mark.parametrize(
    ("passed", "problems"),
    [
        (None, 1),
        ({}, 1),
        ({"M-1b": ["tests/test_a.py::test_x"]}, 1),
        ({"M-1a": ["tests/test_a.py::test_x"]}, 0),
    ],
)
def test_a_held_clause_that_no_run_proved_is_a_problem(tmp_path: Path, passed, problems):
    path = tmp_path / "passed.json"
    if passed is not None:
        path.write_text(json.dumps(passed), encoding="utf-8")
    found = proof_problems(HELD, path)
    assert [one.split()[0] for one in found] == ["M-1a"] * problems
