"""What the files were built from, kept beside them in `manifest.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allpresent.warehouse.layout import LAYOUT, Partition

NAME = "manifest.json"


class Read(NamedTuple):
    """A partition as it was last read: of which school (its id), and up to which entry."""

    school: int
    entry: int


@dataclass
class Manifest:
    """Every partition there is. `entry` and `seal`: the newest entry of the last build, by which the registers are
    known again; another database, or one put back as it was before, has another seal there."""

    read: dict[Partition, Read] = field(default_factory=dict)
    entry: int = 0
    seal: str = ""


def is_warehouse(folder: Path) -> bool:
    return (folder / NAME).exists()


def read_manifest(folder: Path) -> Manifest:
    """What stands in a folder; nothing where it was laid out otherwise than now."""
    held = json.loads((folder / NAME).read_text(encoding="utf-8")) if is_warehouse(folder) else {}
    if held.get("layout") != LAYOUT:
        return Manifest()
    read = {Partition(*key.split("/")): Read(*value) for key, value in held["read"].items()}
    return Manifest(read, held["entry"], held["seal"])


def save_manifest(folder: Path, manifest: Manifest) -> None:
    read = {"/".join(partition): value for partition, value in sorted(manifest.read.items())}
    held = {"layout": LAYOUT, "entry": manifest.entry, "seal": manifest.seal, "read": read}
    put(folder / NAME, json.dumps(held).encode())


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name, which readers pass over, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def stands(path: Path, content: bytes) -> bool:
    """Whether the file holds this already."""
    return path.exists() and path.read_bytes() == content
