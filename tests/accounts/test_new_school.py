"""`allpresent new-school`: everything or nothing, every fault named, a repeat refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.rights import Right
from allpresent.accounts.staff import staff_on
from allpresent.cli import main
from allpresent.commands.terms_csv import read_terms
from allpresent.core.calendar.sessions import Half
from allpresent.schools.models import PolicyVersion, School, Trust
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.models import Event
from tests.server import REPOSITORY
from tests.world import date

pytestmark = pytest.mark.django_db
PACKAGED = REPOSITORY / "src/allpresent/core/policy/files"
POLICY = """\
format: 1
layer: school
id: elm-lane
name: Elm Lane School
follows: england
in-force: {from: 2025-09-01}
windows:
  - {half: AM, opens: "8:45", closes: "9:15", clause: "2.2"}
  - {half: PM, opens: 1pm, closes: 1:30pm, clause: "2.2"}
"""
TERMS = "name,starts,ends\nAutumn 1,2026-09-02,2026-10-23\nAutumn 2,2026-11-02,2026-12-18\n"


@pytest.fixture
def folder(tmp_path: Path, at) -> Path:
    at("2026-09-15 08:30")
    (tmp_path / "elm-lane.yaml").write_text(POLICY)
    (tmp_path / "terms.csv").write_text(TERMS)
    return tmp_path


def opened(folder: Path, *more: str, name: str = "Elm Lane School", policy: str = "elm-lane.yaml") -> int:
    return main(
        [
            "new-school", name, "--kind", "mainstream", "--policy", str(folder / policy),
            "--head-email", "R.Osei@elmlane.example.org", "--head-name", "Ruth Osei", *more,
        ]
    )  # fmt: skip


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Trust, School, PolicyVersion, User, Appointment, Event))


def test_a_school_is_opened_with_all_it_needs(folder, capsys):
    more = ("--la-code", "865", "--estab", "2999", "--urn", "123456", "--trust", "Downland Trust")
    assert opened(folder, "--terms", str(folder / "terms.csv"), *more) == 0
    school = School.objects.get(slug="elm-lane-school")
    assert (school.trust.slug, school.la_code, school.estab, school.urn) == ("downland-trust", "865", "2999", "123456")
    setting = setting_of(school)
    assert setting.calendar.meets(date(2026, 9, 15))
    assert f"{setting.policy_on(date(2026, 9, 15)).window(date(2026, 9, 15), Half.AM).closes}" == "09:15:00"
    head = User.objects.get(email="r.osei@elmlane.example.org")
    assert staff_on(head.id, head.name, clock.today()).may(Right.KEEP_STAFF, school)
    password = capsys.readouterr().out.split("and password ")[1].split()[0]
    assert head.check_password(password)
    assert head.must_change_password


def test_a_repeat_is_refused_in_words_and_changes_nothing(folder, capsys):
    opened(folder)
    before = written()
    assert opened(folder) == 2
    told = capsys.readouterr().err
    assert "a school is at /elm-lane-school/ already" in told
    assert "there is a school called Elm Lane School already" in told
    assert written() == before


def test_every_fault_is_named_and_nothing_is_written(folder, capsys):
    (folder / "terms.csv").write_text("name,starts,ends\nAutumn,2026-09-02\nSpring,soon,2027-03-25\n")
    (folder / "elm-lane.yaml").write_text(POLICY.replace("8:45", "quarter to nine"))
    faulty = ("--la-code", "86", "--estab", "x", "--urn", "1234567", "--terms", str(folder / "terms.csv"))
    assert opened(folder, *faulty, "--address", "Elm Lane", "--head-email", "ruth") == 2
    told = capsys.readouterr().err
    for fault in (
        "--la-code is '86'", "--estab is 'x'", "--urn is '1234567'", "terms.csv:2:", "terms.csv:3:", "elm-lane.yaml:8:",
        "--address is 'Elm Lane'", "--head-email is 'ruth'",
    ):  # fmt: skip
        assert fault in told
    assert written() == (0,) * 6


def test_a_policy_that_does_not_hold_together_undoes_everything(folder, capsys):
    (folder / "elm-lane.yaml").write_text(POLICY.replace("follows: england", "follows: nobody"))
    assert opened(folder, "--trust", "Downland Trust", "--terms", str(folder / "terms.csv")) == 2
    assert "nobody" in capsys.readouterr().err
    assert written() == (0,) * 6


@pytest.mark.parametrize("address", ["sign-in", "password", "static"])
def test_an_address_of_the_program_is_no_schools(folder, capsys, address):
    assert opened(folder, "--address", address) == 2
    assert f"/{address}/ is a page of the program" in capsys.readouterr().err


def test_a_trusts_policy_is_kept_once_for_all_its_schools(folder, capsys):
    files = [f"--policy={PACKAGED / name}" for name in ("ogbourne.yaml",)]
    for name in ("Long Barrow", "Short Barrow"):
        assert opened(PACKAGED, *files, "--trust", "Downland Trust", name=name, policy="excalibur.yaml") == 0
    assert PolicyVersion.objects.filter(trust__slug="downland-trust").count() == 1
    assert PolicyVersion.objects.filter(school__isnull=False).count() == 2
    said = capsys.readouterr().out
    assert said.count("and password ") == 1
    assert said.count("the password they have") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ":1: the first line must be name,starts,ends"),
        ("term,from,to\n", ":1: the first line must be name,starts,ends"),
        ("name,starts,ends\n", " names no term"),
        ("name,starts,ends\nAutumn,2026-10-23,2026-09-02\n", "Autumn"),
        ("name,starts,ends\nA,2026-09-02,2026-10-23\nB,2026-10-20,2026-12-18\n", "B"),
        ("name,starts,ends\n,2026-09-02,2026-10-23\n", ":2: expected a name"),
    ],
)
def test_terms_that_cannot_be_used_are_named(tmp_path, text, says):
    file = tmp_path / "terms.csv"
    file.write_text(text)
    faults = read_terms(file).faults
    assert len(faults) == 1
    assert faults[0].startswith(str(file))
    assert says in faults[0]


def test_terms_from_a_spreadsheet_are_read(tmp_path):
    file = tmp_path / "terms.csv"
    file.write_bytes(TERMS.replace("\n", "\r\n").encode("utf-8-sig") + b",,\r\n")
    assert [term.name for term in read_terms(file).terms] == ["Autumn 1", "Autumn 2"]
    assert read_terms(file).faults == ()
