"""`allpresent policy`, run as people run it: what it prints, and how it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.policy.policy_files import CLEAN, changed

COMMAND = Path(sys.executable).with_name("allpresent")
FILES = Path(__file__).parents[3] / "src/allpresent/core/policy/files"


def run(*arguments):
    """The command's exit code, output and complaints."""
    done = subprocess.run([COMMAND, "policy", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def school(tmp_path):
    """A file with the text given, and its path."""

    def write(text, name="school.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize("name", ["magnum-opus", "ogbourne", "excalibur"])
def test_a_real_policy_is_warned_about_and_accepted(name):
    code, out, err = run("check", FILES / f"{name}.yaml")
    assert (code, err) == (0, "")
    assert out.startswith(f"Warnings in {FILES}")
    assert out.splitlines()[-1].startswith("0 errors, ")


def test_a_warning_names_file_line_setting_and_clause():
    _, out, _ = run("check", FILES / "ogbourne.yaml")
    assert "ogbourne.yaml:34: windows[2].opens: '13:10 pm' mixes" in out
    assert "[O-B-3.1.6, O-B-3.1.7]" in out


def test_a_clean_policy_gives_only_the_count(school):
    assert run("check", school(CLEAN)) == (0, "0 errors, 0 warnings, 0 notes\n", "")


def test_an_error_is_all_that_is_said(school):
    text, line = changed('closes: "9:15"', 'closses: "9:15"')
    path = school(text)
    code, out, err = run("check", path)
    assert (code, out) == (2, "")
    assert f"{path}:{line}: windows[1].closses: 'closses' is not a setting" in err
    assert "did you mean 'closes'?" in err
    assert err.splitlines()[-1] == "2 errors, 0 warnings, 0 notes"


def test_findings_as_json():
    code, out, _ = run("check", "--json", FILES / "magnum-opus.yaml")
    found = json.loads(out)
    assert code == 0
    assert {"rule", "file", "line", "setting", "clauses", "says", "then", "severity"} == set(found[0])
    assert "two-deadlines" in {finding["rule"] for finding in found}


def test_errors_as_json(school):
    text, line = changed('closes: "9:15"', 'closes: "8:15"')
    code, out, _ = run("check", "--json", school(text))
    assert code == 2
    assert [(found["severity"], found["line"], found["setting"]) for found in json.loads(out)] == [
        ("error", line, "windows[1]")
    ]


def test_a_trust_beside_the_file_is_followed(school):
    trust = "format: 1\nlayer: trust\nid: elm\nname: Elm\nfollows: england\nin-force: {from: 2025-01-01}\n"
    school(trust + "settle: {within: 3 weeks, clause: T1}\n", "trust.yaml")
    text, _ = changed("follows: england", "follows: elm")
    _, out, _ = run("check", school(text.replace("settle:", "# settle:")))
    assert "trust.yaml:7: settle.within: this says 3 weeks; the law says 5 school days" in out


def test_show_reads_the_policy_of_a_day(school):
    code, out, _ = run("show", FILES / "ogbourne.yaml", "--on", "2025-11-03")
    assert code == 0
    assert out.startswith("Ogbourne CE Primary: the policy on Monday 3 November 2025\n")
    assert "AM: opens 8:50; closes 9:20; on time until 8:50 [O-B-3.1.4, O-B-3.1.5, O-B-3.1.7]" in out
    assert "Second letter: does letter; threshold below-90; after first letter; in next term; unless improved" in out


def test_show_refuses_a_day_before_the_policy(school):
    code, out, err = run("show", school(CLEAN), "--on", "2024-01-01")
    assert (code, out) == (2, "")
    assert "in force" in err


def test_a_file_that_is_not_there(tmp_path):
    code, out, err = run("check", tmp_path / "none.yaml")
    assert (code, out) == (2, "")
    assert "none.yaml cannot be read: No such file" in err


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"format: 1\nname: Caf\xe9\n", "school.yaml:2: 'name: Caf\u00e9' (saved as Windows-1252) is not UTF-8 text"),
        (b"format: 1\nlayer: school\nname: \x93Elm\x94\n", "school.yaml:3: 'name: \u201c' (saved as Windows-1252)"),
        ("format: 1\n".encode("utf-16"), "UTF-16, which Windows calls Unicode"),
        (b"PK\x03\x04\x14\x00", "is a Word, Excel or zip file, not text"),
        (b"%PDF-1.7", "is a PDF, not text"),
        (b"a: b\n" * 300_000, "is larger than 1 MB"),
    ],
)
def test_a_file_that_is_not_a_policy(tmp_path, raw, says):
    path = tmp_path / "school.yaml"
    path.write_bytes(raw)
    code, out, err = run("check", path)
    assert (code, out) == (2, "")
    assert says in err


def test_a_trust_in_a_file_by_the_shorter_ending_is_found(school):
    school("format: 1\nlayer: trust\nid: elm\nname: Elm\nfollows: england\nin-force: {from: 2025-01-01}\n", "trust.yml")
    text, _ = changed("follows: england", "follows: elm")
    assert run("check", school(text)) == (0, "0 errors, 0 warnings, 0 notes\n", "")


def test_show_says_for_whom_each_line_of_the_day_holds():
    other = Path(__file__).with_name("other_schools")
    _, academy, _ = run("show", other / "saltmarsh-academy.yaml")
    assert "weekdays friday; year groups 12, 13; starts 8:55; ends 13:30 [3.0]" in academy
    assert "AM: year groups 12, 13; opens 8:55; closes 9:25 [3.2]" in academy
    assert "often ill: at least 5 times; of episodes; codes I; over school year [5.2]" in academy
    assert "pattern same weekday; weekdays monday, friday; over term" in academy
    _, grammar, _ = run("show", other / "fairholme-grammar.yaml")
    assert "six points: at least 6 points; of points; points L 1, U 2, O 2; over half-term [C1]" in grammar
