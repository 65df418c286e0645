"""Imports run one way, with no exceptions."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

from tests.server import REPOSITORY

CONTRACT = REPOSITORY / ".importlinter"
MAP = REPOSITORY / "docs/map.md"


def test_imports_run_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_no_exception_is_listed():
    contract = ConfigParser()
    contract.read(CONTRACT)
    excused = {"ignore_imports", "unmatched_ignore_imports_alerting", "exhaustive_ignores"}
    assert [name for name in contract.sections() if excused & contract[name].keys()] == []
    assert contract["importlinter:contract:one-way"]["exhaustive"] == "True"


def test_the_map_tells_the_same_order():
    contract = ConfigParser()
    contract.read(CONTRACT)
    [told] = re.findall(r"^Imports run one way .*: (.*)\.$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    assert told.split(" → ") == contract["importlinter:contract:one-way"]["layers"].split()
