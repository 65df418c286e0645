"""What is installed is pinned by its hash, and no file says where to fetch it from."""

from __future__ import annotations

import json
import re

import pytest

from tests.server import REPOSITORY

LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
PACKAGES = REPOSITORY / "package-lock.json"
ADDRESS = re.compile(r"https?:|//|--(extra-)?index-url|--find-links|@ file")


def requirements(text: str) -> list[str]:
    """The lock file's requirements, each on one line, without comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def test_there_are_locks():
    assert [lock.name for lock in LOCKS] == ["base.txt", "dev.txt", "node.txt", "spark.txt", "warehouse.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_by_hash_and_names_no_address(lock):
    pinned = requirements(lock.read_text(encoding="utf-8"))
    assert pinned
    assert [line for line in pinned if not re.match(r"[\w.\-\[\]]+==\S+ .*--hash=sha256:", line)] == []
    assert ADDRESS.findall(lock.read_text(encoding="utf-8")) == []


def test_assets_are_pinned_by_hash_and_name_no_address():
    text = PACKAGES.read_text(encoding="utf-8")
    installed = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert installed
    assert [name for name, package in installed.items() if not package.get("integrity")] == []
    assert '"resolved"' not in text
    assert not ADDRESS.search(text)
