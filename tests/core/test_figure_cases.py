"""The public cases, run by Python's whole numbers."""

import json
import subprocess
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.core.figures import Figure, bands, one_decimal, tally_dated, total
from allpresent.core.figures.cases import cases_text
from tests.core.test_figures_command import COMMAND

CASES = json.loads(cases_text())["cases"]
RATES = ("attendance", "absence", "authorised", "unauthorised")


def of_pupil(pupil):
    """Sessions of one pupil of a case, by day and code."""
    if "counts" in pupil:
        return {(date.fromisoformat(pupil["on"]), code): count for code, count in pupil["counts"].items()}
    return Counter((date.fromisoformat(day), code) for day, _, code in pupil["marks"])


def expected(case):
    """The figure a case expects of all its pupils together."""
    return Figure(**{name: case["expect"][name] for name in Figure.__dataclass_fields__})


@pytest.mark.clause("O-A-5.1", "M-1b", "M-4.1d")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_marks_of_a_case_give_its_figure(case):
    figures = [tally_dated(of_pupil(pupil)) for pupil in case["pupils"]]
    whole = total(figures)
    assert whole == expected(case)
    assert {name: one_decimal(getattr(whole, name), whole.possible) for name in RATES} == case["expect"]["percent"]
    if "enrolments" in case["expect"]:
        found = bands(figures)
        assert [found.enrolments, found.persistent, found.severe] == [
            case["expect"][name] for name in ("enrolments", "persistent", "severe")
        ]


def test_the_cases_are_well_formed():
    assert json.loads(cases_text())["format"] == 1
    assert len({case["name"] for case in CASES}) == len(CASES) >= 30
    for pupil in (pupil for case in CASES for pupil in case["pupils"]):
        assert set(pupil) in ({"marks"}, {"on", "counts"})
        assert all(half in set(Half) for _, half, _ in pupil.get("marks", ()))


def test_the_command_prints_them_as_they_are():
    done = subprocess.run([COMMAND, "figures", "--cases"], capture_output=True, text=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout)["cases"] == CASES


def test_the_command_reads_a_file_of_published_figures(tmp_path):
    held = files("allpresent.core.figures.published") / "2026-07-23-year.csv"
    done = subprocess.run([COMMAND, "figures", "--published", held], capture_output=True, text=True, check=True)
    assert "England, state-funded primary schools, 8 September 2025 to 10 July 2026: attendance 94.72%" in done.stdout
    assert "Not confirmed: the day of publication" in done.stdout
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n")
    for path, says in ((bad, "no line '# title"), (tmp_path, "cannot read")):
        refused = subprocess.run([COMMAND, "figures", "--published", path], capture_output=True, text=True)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert says in refused.stderr
