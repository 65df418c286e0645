"""What the files were built from, kept beside them in `manifest.json`: for each partition, the newest entry in it."""

from __future__ import annotations

import json
from pathlib import Path

from allpresent.warehouse.layout import LAYOUT, Partition

NAME = "manifest.json"

Seen = dict[Partition, int]
"""Every entry up to this number is in the partition."""


def is_warehouse(folder: Path) -> bool:
    return (folder / NAME).exists()


def read_manifest(folder: Path) -> Seen:
    """What stands in a folder; nothing where it was laid out otherwise than now."""
    held = json.loads((folder / NAME).read_text(encoding="utf-8")) if is_warehouse(folder) else {}
    if held.get("layout") != LAYOUT:
        return {}
    return {Partition(*key.split("/")): entry for key, entry in held["seen"].items()}


def save_manifest(folder: Path, seen: Seen) -> None:
    held = {"layout": LAYOUT, "seen": {"/".join(partition): entry for partition, entry in sorted(seen.items())}}
    put(folder / NAME, json.dumps(held, indent=1).encode())


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name, which readers pass over, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def stands(path: Path, content: bytes) -> bool:
    """Whether the file holds this already."""
    return path.exists() and path.read_bytes() == content
