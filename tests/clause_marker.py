"""Ties tests to the policy clauses they hold, through `@pytest.mark.clause("M-4.1e", ...)`.

A mark that names no clause or setting stops the run. A run with `--clauses` fails when a held clause has no
test, or when none of the tests chosen for it passed (a skip or an expected failure is no pass), and adds what
passed to PASSED. Browser journeys may run apart, chosen by `-m`: a clause whose tests were all set aside is
judged at the end of all runs, by `allpresent conformance --check`.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from allpresent.commands.conformance import PASSED
from allpresent.core.clauses import Row, Status, UnknownClause, rows


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("clauses")
    group.addoption("--clauses", action="store_true", help="the whole suite runs: every held clause must be proven")
    group.addoption("--clauses-collected", metavar="FILE", type=Path, help="write which test carries which clauses")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ClauseMarks(config, rows()), "clause-marks")


class ClauseMarks:
    """Follows one run of pytest: which test carries which clauses, which were chosen, which passed."""

    def __init__(self, config: pytest.Config, scoreboard: tuple[Row, ...]) -> None:
        self.config = config
        self.known = tuple(row.id for row in scoreboard)
        self.held = tuple(row.id for row in scoreboard if row.status is Status.HELD)
        self.carried: dict[str, tuple[str, ...]] = {}
        self.chosen: set[str] = set()
        self.passed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)  # before -m and -k set tests aside
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.carried = {item.nodeid: _ids(item) for item in items if item.get_closest_marker("clause")}
        if wrong := [*self._unknown()]:
            raise pytest.UsageError("\n".join(wrong))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.chosen = {item.nodeid for item in session.items}
        if target := self.config.getoption("clauses_collected"):
            _write(target, self.carried)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
            self.passed.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self._judges():
            return
        _add_passed(self.config.rootpath / PASSED, self.passed & self.carried.keys(), self.carried)
        if self.unproven() and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._judges() and (unproven := self.unproven()):
            terminalreporter.section("held clauses without proof", red=True)
            for id, why in unproven.items():
                terminalreporter.write_line(f"{id}: {why}")

    def unproven(self) -> dict[str, str]:
        """Held clauses that this run leaves without proof, and why."""
        tests = {id: {test for test, ids in self.carried.items() if id in ids} for id in self.held}
        reasons = {id: self._lack(tests[id]) for id in self.held}
        return {id: why for id, why in reasons.items() if why}

    def _lack(self, tests: set[str]) -> str:
        if not tests:
            return 'marked held, but no test carries it: mark the test that holds it, or set it to "partly".'
        if tests & self.chosen and not tests & self.passed:
            return f"marked held, but none of its tests passed: {', '.join(sorted(tests & self.chosen))}"
        return ""

    def _judges(self) -> bool:
        return self.config.getoption("clauses") and not self.config.getoption("collectonly")

    def _unknown(self) -> list[str]:
        wrong = [(test, id) for test, ids in self.carried.items() for id in ids if id not in self.known]
        nameless = [f"{test}: the clause mark names no clause." for test, ids in self.carried.items() if not ids]
        return nameless + [f"{test}: {UnknownClause(id, self.known)}" for test, id in wrong]


def _ids(item: pytest.Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for mark in item.iter_markers("clause") for id in mark.args))


def _add_passed(path: Path, passed: set[str], carried: dict[str, tuple[str, ...]]) -> None:
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    tests = defaultdict(set, {id: set(earlier) for id, earlier in known.items()})
    for test in passed:
        for id in carried[test]:
            tests[id].add(test)
    _write(path, {id: sorted(tests[id]) for id in sorted(tests)})


def _write(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
