"""`allpresent simulate`: what it says, what it writes, and where it refuses to write."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from allpresent.cli import main
from allpresent.simulate.england import england
from allpresent.warehouse.layout import TABLES

PUPILS = 600


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    assert main(["simulate", "--pupils", str(PUPILS), "--seed", "9", "--to", str(folder)]) == 0
    return folder


def test_it_says_where_it_lands_beside_what_is_published(capsys):
    assert main(["simulate", "--pupils", str(PUPILS)]) == 0
    said = capsys.readouterr()
    assert [line.split()[0] for line in said.out.splitlines()] == ["invented", "primary", "secondary", "special"]
    assert "(24.32)" in said.out
    assert said.err.splitlines()[-1].startswith("600 of 600 pupils")


@pytest.mark.parametrize("table", TABLES)
def test_its_files_have_the_columns_of_the_warehouse(written, table):
    kept = {"int64": "int64", "date": "date32[day]", "string": "string", "bool": "bool"}
    paths = sorted((written / table).glob("year=202425/school=*/part.parquet"))
    assert len(paths) == sum(len(part.schools.sizes) for part in england(PUPILS, 9))
    schema = pq.ParquetFile(paths[0]).schema_arrow
    columns = {field.name: str(getattr(field.type, "value_type", field.type)) for field in schema}
    assert columns == {name: kept[kind] for name, kind in TABLES[table].items()}


def test_every_mark_is_written_once(written):
    for part in england(PUPILS, 9):
        name = f"school={part.schools.phase.name}-{part.schools.first:05}"
        marks = pq.ParquetFile(written / "marks" / "year=202425" / name / "part.parquet").read().to_pylist()
        assert len(marks) == np.count_nonzero(part.cells[: part.schools.sizes[0]])
        assert len({(mark["pupil"], mark["day"], mark["half"]) for mark in marks}) == len(marks)


def test_it_writes_over_the_same_and_over_nothing_else(written, capsys):
    assert main(["simulate", "--pupils", str(PUPILS), "--seed", "9", "--to", str(written)]) == 0
    assert main(["simulate", "--pupils", str(PUPILS), "--seed", "8", "--to", str(written)]) == 2
    assert "already holds something else" in capsys.readouterr().err


def test_a_folder_of_real_things_is_left_alone(tmp_path, capsys):
    (tmp_path / "marks").mkdir()
    assert main(["simulate", "--pupils", str(PUPILS), "--to", str(tmp_path)]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marks"]


@pytest.mark.parametrize("pupils", ["0", "-5", "many", "20000000"])
def test_a_number_that_cannot_be_is_refused(pupils, capsys):
    with pytest.raises(SystemExit):
        main(["simulate", "--pupils", pupils])
    assert "is not a number of pupils" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_said_so(tmp_path, capsys):
    (tmp_path / "file").write_text("not a folder")
    assert main(["simulate", "--pupils", str(PUPILS), "--to", str(tmp_path / "file" / "below")]) == 2
    assert "cannot be written to" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_stops_it_with_words(tmp_path, capsys):
    (tmp_path / "taken").mkdir()
    assert main(["simulate", "--pupils", str(PUPILS), "--to", str(tmp_path / "taken")]) == 0
    school = next((tmp_path / "taken" / "marks").glob("year=*/school=*"))
    (school / "part.parquet").unlink()
    (school / "part.parquet").mkdir()
    assert main(["simulate", "--pupils", str(PUPILS), "--to", str(tmp_path / "taken")]) == 2
    assert "could not be written to" in capsys.readouterr().err
