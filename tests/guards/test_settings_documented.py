"""Every variable of the environment is explained, and nothing is explained that is not there."""

from __future__ import annotations

import re

from tests.server import REPOSITORY

PAGE = REPOSITORY / "docs/reference/settings.md"
SETTINGS = REPOSITORY / "src/allpresent/config/settings.py"
VARIABLE = re.compile(r"ALLPRESENT_[A-Z_]+")


def explained() -> list[str]:
    return re.findall(r"^\| `(ALLPRESENT_[A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_each_variable_is_explained_once():
    assert sorted(explained()) == sorted(set(VARIABLE.findall(SETTINGS.read_text(encoding="utf-8"))))


def test_no_other_file_reads_the_environment_by_name():
    """Settings are read in one place; commands may set them for the server that they start."""
    reading = re.compile(r'(environ\.get\(|getenv\(|env\.\w+\()"ALLPRESENT_|environ\["ALLPRESENT_\w+"\](?!\s*=[^=])')
    files = (REPOSITORY / "src").rglob("*.py")
    readers = {file.relative_to(REPOSITORY) for file in files if reading.search(file.read_text(encoding="utf-8"))}
    assert readers == {SETTINGS.relative_to(REPOSITORY)}
