"""Copies of evidence: what they may be, and keeping them where no web address reaches.

A photograph is drawn anew: what is kept holds neither where nor when it was taken, nor anything hidden in the file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from allpresent.shared.problems import Refused, refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""More than any telephone's camera gives; a small file that unfolds to more is a trap."""
LONGEST_SIDE = 3000
"""Pixels of the longer side of the copy: a page of small print can be read."""
TAKEN = "application/pdf,image/jpeg,image/png"
NOT_KNOWN = "This is not a photograph (JPEG or PNG) or a PDF, whatever its name says. Send a photograph of it instead."
TOO_BIG = "This is larger than 10 MB. Send a photograph of it instead, or only the page that matters."
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class Copy(NamedTuple):
    """A file as it will be kept."""

    name: str
    type: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def folder() -> Path:
    """Where copies lie: beside the database, outside everything that is served."""
    return Path(settings.DATA) / "evidence"


def copy_of(sent: UploadedFile) -> Copy | Refused:
    """What is kept of a file that was sent, told by its content alone. Nothing is written."""
    if (sent.size or 0) > MOST_BYTES:
        return refused("file", TOO_BIG)
    content = sent.read(MOST_BYTES + 1)
    name = _plain_name(sent.name or "")
    if content.startswith(b"%PDF-"):
        whole = b"%%EOF" in content[-2048:] and b"startxref" in content
        return Copy(f"{name}.pdf", "application/pdf", content) if whole else refused("file", NOT_KNOWN)
    return _photograph(name, content)


def _photograph(name: str, content: bytes) -> Copy | Refused:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return refused("file", TOO_BIG)
            drawn = ImageOps.exif_transpose(opened).convert("RGB")
    except _BOMB:
        return refused("file", TOO_BIG)
    except _BROKEN:
        return refused("file", NOT_KNOWN)
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    written = BytesIO()
    bare.save(written, "JPEG", quality=85)
    return Copy(f"{name}.jpg", "image/jpeg", written.getvalue())


def _plain_name(name: str) -> str:
    """The name it came under, without its ending and without anything that a header or a folder could trip over."""
    stem = Path(name.replace("\\", "/")).stem
    kept = "".join(letter for letter in stem if letter.isalnum() or letter in " -_")
    return kept.strip()[:80] or "evidence"


def keep(copy: Copy) -> str:
    """Write a copy, whole or not at all, and return its name in the folder."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = uuid4().hex
    unfinished = place / f"{name}.part"
    try:
        _write(unfinished, copy.content)
        unfinished.rename(place / name)
    finally:
        unfinished.unlink(missing_ok=True)
    _settle(place)
    return name


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(place: Path) -> None:
    """The name itself reaches the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(name: str) -> None:
    (folder() / name).unlink(missing_ok=True)


def names_before(moment: datetime) -> Iterator[str]:
    """The copies, finished or not, that were written before a moment."""
    for path in folder().iterdir() if folder().is_dir() else ():
        if path.stat().st_mtime < moment.timestamp():
            yield path.name
