"""`allpresent warehouse`, run as people run it: what it prints, and how it refuses."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from allpresent.cli import main
from allpresent.core.codes import newest_code_set
from allpresent.core.figures import Figure, tally
from tests import world

MONDAY = "2026-09-14"
MARKS = {"Elm": ("//", "IO"), "Fir": ("/\\", "L\\")}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "warehouse"


@pytest.fixture
def schools(db, at):
    """Two schools of two pupils, each with one school day; and a mark entered ahead."""
    at("2026-09-15 18:00")
    for name, codes in MARKS.items():
        school = world.a_school(name=name)
        for of_day in codes:
            pupil = world.a_pupil(school=school)
            world.marks(pupil, {MONDAY: of_day})
        world.marks(pupil, {"2026-10-05": "VV"})


@pytest.fixture
def built(schools, folder, capsys):
    assert main(["warehouse", "build", "--to", str(folder)]) == 0
    capsys.readouterr()
    return folder


def test_a_build_tells_how_far_it_is_and_what_it_did(schools, folder, capsys):
    assert main(["warehouse", "build", "--to", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == ["1 of 2: Elm, 2026/27 written", "2 of 2: Fir, 2026/27 written"]
    assert said.out == f"{folder}: 2 school years written, 0 as they were.\n"
    assert main(["warehouse", "build", "--to", str(folder), "--year", "2026/27"]) == 0
    assert capsys.readouterr().out == f"{folder}: 0 school years written, 2 as they were.\n"


@pytest.mark.clause("M-1b", "O-A-5.1")
def test_figures_up_to_today_as_json(built, capsys):
    rows = json.loads(_said(capsys, "figures", "--in", built, "--json"))
    assert [row["of"] for row in rows] == [{"school": "elm"}, {"school": "fir"}]
    for row, codes in zip(rows, MARKS.values(), strict=True):
        figure = tally("".join(codes), newest_code_set())
        assert Figure(*(row[name] for name in Figure.__dataclass_fields__)) == figure
        assert row["attendance_percent"] == figure.attendance_percent
    assert [(row["enrolments"], row["persistent"], row["severe"]) for row in rows] == [(2, 1, 1), (2, 0, 0)]
    assert [(row["persistent_percent"], row["band_0"], row["band_10"]) for row in rows] == [(50.0, 1, 1), (0.0, 2, 0)]


def test_figures_as_csv(built, capsys):
    said = _said(capsys, "figures", "--in", built, "--csv", "--by", "half", "--last", "2026-10-31")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert [(row["half"], row["possible"], row["approved_activity"]) for row in rows] == [
        ("AM", "6", "2"),
        ("PM", "6", "2"),
    ]


def test_figures_as_a_table(built, capsys):
    headings, elm, _ = _said(capsys, "figures", "--in", built).splitlines()
    assert headings.split()[:2] == ["school", "present"]
    assert " ".join(elm.split()) == "elm 2 0 2 1 1 2 4 0 50.0 50.0 25.0 25.0 2 1 50.0 1 50.0"


def test_a_year_without_marks_has_no_figures(built, capsys):
    said = _said(capsys, "figures", "--in", built, "--year", "2024/25")
    assert said == "There are no marks of these days, so there are no figures.\n"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["build", "--to", "{folder}", "--year", "2030/31"], "no marks of 2030/31. Years with marks: 2026/27"),
        (["build", "--to", "{folder}/.."], "holds other files. Name a new folder, or an empty one."),
        (["build", "--to", "/dev/null/warehouse"], "cannot write in /dev/null/warehouse"),
        (["figures", "--in", "{folder}/none"], "Build it: allpresent warehouse build --to"),
        (["figures", "--in", "{folder}", "--by", "colour"], "--by does not know colour. It knows: year, trust"),
        (["figures", "--in", "{folder}", "--last", "2026-08-01", "--first", "2026-09-01"], "is before the first"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(built, capsys, words, refusal):
    (built.parent / "letter.txt").write_text("not of the warehouse")
    assert main(["warehouse", *(word.format(folder=built) for word in words)]) == 2
    assert refusal in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "engine", "install"),
    [("ibis", "duckdb", "requirements/warehouse.txt"), ("pyspark", "spark", "requirements/spark.txt")],
)
def test_what_is_not_installed_is_said_with_how_to_install_it(built, capsys, monkeypatch, missing, engine, install):
    monkeypatch.setitem(sys.modules, missing, None)
    assert main(["warehouse", "figures", "--in", str(built), "--engine", engine]) == 2
    assert f"-m pip install --require-hashes -r {install}" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["2026", "2026/28", "2026-27"])
def test_a_year_is_written_as_schools_write_it(year, capsys):
    with pytest.raises(SystemExit):
        main(["warehouse", "build", "--year", year])
    assert f"'{year}' is not an academic year; write it as 2026/27" in capsys.readouterr().err


def _said(capsys, *words) -> str:
    assert main(["warehouse", *map(str, words)]) == 0
    return capsys.readouterr().out
