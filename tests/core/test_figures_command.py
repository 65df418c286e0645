"""`allpresent figures`, run as people run it: what it prints, and how it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.case_data import cases
from tests.core.published import counts_by_code, published

COMMAND = Path(sys.executable).with_name("allpresent")
COUNTS = {
    "attendance",
    "present",
    "approved_activity",
    "authorised",
    "unauthorised",
    "absence",
    "possible",
    "late",
}
PERCENTAGES = {"attendance_percent", "absence_percent", "authorised_percent", "unauthorised_percent"}
HEADINGS = "code,sessions\n"


@pytest.fixture
def figures(tmp_path):
    """Runs the command on a file with the content given (text or bytes) and gives what it did."""

    def run(content, *options):
        path = tmp_path / "counts.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return _run(path, *options)

    return run


@pytest.mark.clause("M-4.1d", "M-4.1f")
@pytest.mark.parametrize("case", cases("figures.toml", "tally"))
def test_marks_give_the_figure_as_json(figures, case):
    rows = "".join(f"{letter},1\n" for letter in case["marks"])
    (group,) = _json(figures(HEADINGS + rows, "--json", "--on", str(case["on"])))
    assert group["group"] == {}
    assert {name: group[name] for name in COUNTS} == case["figure"]
    assert group["attendance_percent"] == case["attendance_percent"]


def test_groups_come_in_the_order_in_which_they_first_appear(figures):
    done = figures("year,class,code,sessions\n3,Oak,/,8\n1,Elm,I,1\n3,Oak,U,2\n1,Elm,\\,3\n2,Ash,D,9\n", "--json")
    groups = _json(done)
    assert [group["group"] for group in groups] == [
        {"year": "3", "class": "Oak"},
        {"year": "1", "class": "Elm"},
        {"year": "2", "class": "Ash"},
    ]
    assert [group["possible"] for group in groups] == [10, 4, 0]
    assert groups[0]["attendance_percent"] == 80.0
    assert groups[0]["late"] == 2
    assert set(groups[0]) == {"group"} | COUNTS | PERCENTAGES


@pytest.mark.clause("O-B-11.1", "O-B-13")
def test_codes_outside_every_sum_are_accepted_and_counted_nowhere(figures):
    (group,) = _json(figures(HEADINGS + "D,5\nY1,4\n#,3\nZ,2\n", "--json"))
    assert {group[name] for name in COUNTS} == {0}
    assert {group[name] for name in PERCENTAGES} == {None}


def test_percentages_are_not_rounded(figures):
    (group,) = _json(figures(HEADINGS + "/,118\nO,13\n", "--json"))
    assert group["absence_percent"] == group["unauthorised_percent"] == 100 * 13 / 131


def test_a_table_for_people(figures):
    done = figures("class,code,sessions\nOak,/,1118\nOak,O,123\nElm,D,2\n")
    heading, oak, elm = done.stdout.splitlines()
    assert heading.split()[:2] == ["class", "present"]
    assert oak.split()[1:] == [
        "1,118",
        "0",
        "1,118",
        "0",
        "123",
        "123",
        "1,241",
        "0",
        "90.1",
        "9.9",
        "0.0",
        "9.9",
    ]
    assert elm.split()[-4:] == ["-"] * 4
    assert len({len(line) for line in (heading, oak, elm)}) == 1


def test_a_file_with_headings_alone_has_no_groups(figures):
    assert _json(figures(HEADINGS, "--json")) == []
    assert "no rows" in figures(HEADINGS).stdout


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffclass, Code ,SESSIONS\r\nCaf\u00e9,\\, 3 \r\nCaf\u00e9,j1,1\r\n".encode(),
        "class, Code ,SESSIONS\r\nCaf\u00e9,\\, 3 \r\nCaf\u00e9,j1,1\r\n".encode("cp1252"),
        'class,CODE,Sessions\n\nCaf\u00e9 ," \\ ",3\n\n Caf\u00e9,J1 ,01'.encode(),
    ],
    ids=["UTF-8 with a mark", "Windows-1252", "blank lines, quotes, no last line end"],
)
def test_files_as_office_programs_save_them(figures, content):
    (group,) = _json(figures(content, "--json"))
    assert group["group"] == {"class": "Caf\u00e9"}
    assert (group["present"], group["authorised"], group["possible"]) == (3, 1, 4)


def test_on_reads_the_codes_of_that_day(figures):
    (group,) = _json(figures(HEADINGS + "J,1\n/,1\n", "--json", "--on", "2023-09-11"))
    assert (group["approved_activity"], group["attendance"]) == (1, 2)


def test_a_published_day_of_2023_goes_through_the_command(figures):
    rows = published("dfe_attendance_daily_national_2023w37_41.csv")
    lines = [
        f"{row['attendance_date']},{row['school_type']},{code},{sessions}\n"
        for row in rows
        for code, sessions in counts_by_code(row).items()
    ]
    groups = _json(figures("day,phase,code,sessions\n" + "".join(lines), "--json", "--on", "2023-09-11"))
    assert [group["attendance"] for group in groups] == [int(row["overall_attendance"]) for row in rows]
    assert [group["possible"] for group in groups] == [int(row["possible_sessions"]) for row in rows]
    assert [group["late"] for group in groups] == [int(row["late_sessions"]) for row in rows]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", ["is empty", "headings"]),
        ("\r\n\r\n", ["is empty"]),
        ("\ufeff", ["is empty"]),
        ("code;sessions\n/;1\n", ["line 1", "no column called code or sessions", "code;sessions"]),
        ("code,count\n/,1\n", ["line 1", "no column called sessions", "code, count"]),
        ("code,sessions,\n/,1,\n", ["line 1", "column 3 has no heading"]),
        ("code,Code,sessions\n/,/,1\n", ["line 1", "more than one column is called code"]),
        (HEADINGS + "/,1\n/,1.5\n", ["line 3", "column sessions", "'1.5'", "whole number"]),
        (HEADINGS + "/,-1\n", ["line 2", "column sessions", "'-1'", "0 or more"]),
        (HEADINGS + "/,\n", ["line 2", "column sessions", "''"]),
        (HEADINGS + "/,\u0663\n", ["line 2", "column sessions"]),
        (HEADINGS + "/," + "9" * 5000 + "\n", ["line 2", "column sessions"]),
        (HEADINGS + '/,"1,200"\n', ["line 2", "column sessions", "'1,200'", "digits alone"]),
        (HEADINGS + "/,1,200\n", ["line 2", "3 cells", "2 expected"]),
        (HEADINGS + "/\n", ["line 2", "1 cells", "2 expected"]),
        ('class,code,sessions\n"a\nb",/,1\nc,??,1\n', ["line 4", "column code", "'??'"]),
        (HEADINGS + '"/,1\n', ["line 2", "double quotes"]),
        (HEADINGS + " ,4\n", ["line 2", "column code", "A blank is not a code"]),
        (HEADINGS + "/,1\nK9,4\n", ["line 3", "column code", "'K9' is not an attendance code"]),
        (
            HEADINGS + "J,4\n",
            ["line 2", "J was retired on 19 August 2024; use J1", "to 18 August 2024", "--on"],
        ),
        (HEADINGS + "h,4\n", ["line 2", "H was retired on 19 August 2024; use C", "--on"]),
        (HEADINGS + "F,4\n", ["line 2", "F was retired on 19 August 2024; use C", "--on"]),
        ("code,sessions\n/,1\n".encode("utf-16"), ["not plain text", "CSV UTF-8"]),
    ],
)
def test_a_faulty_file_is_refused_in_words_and_nothing_is_printed(figures, content, says):
    done = figures(content, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert [words for words in ["counts.csv", *says] if words not in done.stderr] == []
    assert "Traceback" not in done.stderr


def test_a_withheld_count_gives_no_figure(figures):
    (row,) = [row for row in published("dfe_attendance_year_2024_25.csv") if row["la_name"] == "City of London"]
    done = figures(HEADINGS + f"/,{row['reason_present_am']}\n", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'c' is not a count" in done.stderr
    assert "withheld" in done.stderr


@pytest.mark.parametrize("on", ["yesterday", "2023-13-01", "20230911", "11/09/2023", "2001-01-01"])
def test_a_day_that_cannot_be_used_is_refused(figures, on):
    done = figures(HEADINGS + "/,1\n", "--json", "--on", on)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--on" in done.stderr
    assert on in done.stderr


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        done = _run(path, "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"cannot read {path}" in done.stderr


def test_the_command_needs_no_web_framework():
    """Nothing outside the standard library and our own core is imported to give figures."""
    show = "import sys; from allpresent.cli import main; main(['figures', '--help'])"
    script = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {show}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = {name.partition(".")[0] for name in done.stderr.split()}
    assert "allpresent" in imported
    assert not imported & {"django", "pydantic", "yaml"}


def _run(path, *options):
    return subprocess.run(
        [COMMAND, "figures", path, *options], capture_output=True, text=True, encoding="utf-8", check=False
    )


def _json(done):
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_reader_who_stops_reading_is_no_fault(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_text("group,code,sessions\n" + "".join(f"{n},/,1\n" for n in range(20_000)))

    command = f"{sys.executable} -m allpresent.cli figures {file} --json | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)

    assert (done.stdout.strip(), done.stderr) == ("[", "")
