"""`allpresent import-roll`."""

from __future__ import annotations

import pytest

from allpresent.cli import main
from allpresent.people.models import Pupil
from tests.exchange.rolls import csv_file, pupil
from tests.world import a_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def roll(tmp_path):
    path = tmp_path / "roll.csv"
    path.write_bytes(csv_file([pupil(1), pupil(2)]))
    return path


def test_a_preview_changes_nothing_and_apply_imports(roll, capsys):
    school = a_school()
    assert main(["import-roll", school.slug, str(roll), "--start", "2026-09-01"]) == 0
    assert "New on the roll: 2" in capsys.readouterr().out
    assert not Pupil.objects.exists()

    assert main(["import-roll", school.slug, str(roll), "--start", "2026-09-01", "--apply"]) == 0

    assert "Imported." in capsys.readouterr().out
    assert Pupil.objects.count() == 2
    assert main(["import-roll", school.slug, str(roll), "--apply"]) == 0
    assert capsys.readouterr().out == "Unchanged: 2\n"


def test_something_to_mend_is_exit_code_one(roll, capsys):
    school = a_school()
    roll.write_bytes(csv_file([pupil(1), pupil(2, Date_of_Birth="")]))
    assert main(["import-roll", school.slug, str(roll), "--apply"]) == 1
    assert "row 3: Date of birth; It is empty." in capsys.readouterr().out
    assert not Pupil.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Surname,Forename\nAsh,Mia\n"])
def test_what_cannot_be_read_is_refused(roll, content, capsys):
    school = a_school()
    roll.write_bytes(content)
    assert main(["import-roll", school.slug, str(roll)]) == 2
    assert "allpresent import-roll: " in capsys.readouterr().err


def test_no_such_school_and_no_such_file(roll, capsys):
    school = a_school()
    assert main(["import-roll", "nowhere", str(roll)]) == 2
    assert main(["import-roll", school.slug, str(roll.with_name("absent.csv"))]) == 2
    assert "No such file" in capsys.readouterr().err
