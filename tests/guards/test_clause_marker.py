"""The clause mark itself: pytest inside pytest, over a scoreboard where M-1a is held and M-1b is not."""

import json

import pytest

from tests.clause_marker import PASSED

pytest_plugins = ["pytester"]

CONFTEST = '''
from allpresent.core.clauses import read_clauses
from tests.clause_marker import ClauseMarks, pytest_addoption

SCOREBOARD = read_clauses("""
["M-1a"]
says = "Targets are shown."
kind = ["report"]
status = "held"
see = "Today"
["M-1b"]
says = "Absence is worked out."
kind = ["report"]
status = "not yet"
""")


def pytest_configure(config):
    config.addinivalue_line("markers", "clause(*ids): the clauses held")
    config.addinivalue_line("markers", "journey: needs a browser")
    config.pluginmanager.register(ClauseMarks(config, SCOREBOARD), "clause-marks")
'''
HELD = """
import pytest

@pytest.mark.clause("M-1a")
def test_held():
    assert {truth}
"""
JOURNEY = """
import pytest

@pytest.mark.journey
@pytest.mark.clause("M-1a")
def test_journey():
    assert 2 > 1
"""
OTHER = """
def test_other():
    assert 2 > 1
"""


@pytest.fixture
def suite(pytester: pytest.Pytester):
    """Runs a suite of one file, and gives the result."""
    pytester.makeconftest(CONFTEST)

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(test_suite=source)
        return pytester.runpytest_inprocess("--disable-plugin-autoload", *options)

    return run


def passed(pytester: pytest.Pytester) -> dict:
    return json.loads((pytester.path / PASSED).read_text(encoding="utf-8"))


def test_a_held_clause_with_a_passing_test_passes_and_is_recorded(suite, pytester):
    assert suite(HELD.format(truth=True), "--clauses").ret == pytest.ExitCode.OK
    assert passed(pytester) == {"M-1a": ["test_suite.py::test_held"]}


def test_a_held_clause_without_a_test_fails_the_run(suite):
    result = suite(OTHER, "--clauses")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*held clauses without proof*", "M-1a: marked held, but no test carries it*"])
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("mark", ["skip(reason='no browser')", "xfail(reason='not built')"])
def test_a_skip_or_an_expected_failure_is_no_proof(suite, pytester, mark):
    source = HELD.format(truth=False).replace("@pytest.mark.clause", f"@pytest.mark.{mark}\n@pytest.mark.clause")
    result = suite(source, "--clauses")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["M-1a: marked held, but none of its tests passed: test_suite.py::test_held"])
    assert passed(pytester) == {}


def test_a_clause_whose_tests_were_set_aside_is_left_to_the_other_run(suite, pytester):
    assert suite(JOURNEY + OTHER, "--clauses", "-m", "not journey").ret == pytest.ExitCode.OK
    assert passed(pytester) == {}
    assert suite(JOURNEY + OTHER, "--clauses", "-m", "journey").ret == pytest.ExitCode.OK
    assert passed(pytester) == {"M-1a": ["test_suite.py::test_journey"]}


def test_runs_add_to_what_passed(suite, pytester):
    suite(HELD.format(truth=True), "--clauses")
    suite(JOURNEY, "--clauses")
    assert passed(pytester) == {"M-1a": ["test_suite.py::test_held", "test_suite.py::test_journey"]}


def test_a_part_of_the_suite_is_not_judged(suite, pytester):
    assert suite(OTHER).ret == pytest.ExitCode.OK
    assert not (pytester.path / PASSED).exists()


def test_a_mark_that_names_no_clause_stops_the_run(suite):
    result = suite(HELD.format(truth=True).replace("M-1a", "M-1d"))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*test_suite.py::test_held: No policy clause or setting is called 'M-1d'. Did you mean*"]
    )


def test_an_empty_mark_stops_the_run(suite):
    result = suite(HELD.format(truth=True).replace('"M-1a"', ""))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_suite.py::test_held: the clause mark names no clause."])


def test_which_test_carries_what_is_written_when_asked(suite, pytester):
    suite(HELD.format(truth=True), "--collect-only", "--clauses-collected=carried.json")
    carried = json.loads((pytester.path / "carried.json").read_text(encoding="utf-8"))
    assert carried == {"test_suite.py::test_held": ["M-1a"]}
