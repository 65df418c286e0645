"""The text of a file that somebody says is a policy; other kinds of file are refused in plain words."""

from __future__ import annotations

from pathlib import Path

from allpresent.commands.errors import CommandError

LARGEST = 1_000_000
"""Bytes. No policy file comes near it."""

_PACKED = {b"PK": "a Word, Excel or zip file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Word file"}


def policy_file_text(file: Path) -> str:
    """The text of `file`, without a byte-order mark. Raises CommandError where it cannot be a policy file."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 1_000_000} MB; a policy file is a few pages of text")
        raw = file.read_bytes()
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}; give the path of a policy file") from None
    return _decoded(raw, file)


def _decoded(raw: bytes, file: Path) -> str:
    for start, kind in _PACKED.items():
        if raw.startswith(start):
            raise CommandError(
                f"{file} is {kind}, not text; a policy file is plain text in YAML (docs/reference/policy-format.md)"
            )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise CommandError(
            f"{file}:{line}: {_seen(raw, problem)} is not UTF-8 text; in your editor choose 'save as', encoding UTF-8"
        ) from None


def _seen(raw: bytes, problem: UnicodeDecodeError) -> str:
    """The character that Windows would show for the byte that is not UTF-8, and what stands before it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this (UTF-16, which Windows calls Unicode)"
    before = raw[: problem.start].decode("utf-8").splitlines() or [""]
    character = raw[problem.start : problem.start + 1].decode("cp1252", "replace")
    return f"'{before[-1][-20:]}{character}' (saved as Windows-1252)"
