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
    assert "morning register 08:50 to 09:20, late until 09:20 [O-B-3.1.4, O-B-3.1.5, O-B-3.1.7]" in out
    assert "4. Second letter, when below-90, after first-letter, in the next term, unless improved [O-App2-2]" in out


def test_show_refuses_a_day_before_the_policy(school):
    code, out, err = run("show", school(CLEAN), "--on", "2024-01-01")
    assert (code, out) == (2, "")
    assert "in force" in err


def test_a_file_that_is_not_there(tmp_path):
    code, out, err = run("check", tmp_path / "none.yaml")
    assert (code, out) == (2, "")
    assert "none.yaml cannot be read: No such file" in err


def test_a_file_in_another_encoding(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_bytes("name: Caf\xe9\n".encode("cp1252"))
    code, _, err = run("check", path)
    assert code == 2
    assert "is not UTF-8" in err
