"""Every kind of event is explained, in the order of the program."""

from __future__ import annotations

import re

from allpresent.shared.events import Kind
from tests.server import REPOSITORY

PAGE = REPOSITORY / "docs/reference/events.md"


def test_each_kind_is_explained_once_in_its_order():
    explained = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == [kind.value for kind in Kind]


def test_each_kind_is_recorded_somewhere():
    sources = [file.read_text(encoding="utf-8") for file in (REPOSITORY / "src/allpresent").rglob("*.py")]
    recorded = {name for text in sources for name in re.findall(r"Kind\.([A-Z_]+)", text)}
    assert {kind.name for kind in Kind} - recorded == set()
