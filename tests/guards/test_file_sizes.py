"""Small files: past 400 lines a file becomes a folder."""

from __future__ import annotations

from tests.guards.rooms import python_files
from tests.server import REPOSITORY

LONGEST = 400


def test_no_python_file_is_too_long():
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()}
    assert len(lengths) > 100
    too_long = {str(file.relative_to(REPOSITORY)): length for file, length in lengths.items() if length > LONGEST}
    assert too_long == {}
