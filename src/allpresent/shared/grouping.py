"""Rows by the pupil whom they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class AboutPupil(Protocol):
    """Anything that names its pupil."""

    @property
    def pupil_id(self) -> int: ...


L = TypeVar("L", bound=AboutPupil)


def by_pupil(lines: Iterable[L]) -> dict[int, tuple[L, ...]]:
    """Lines by pupil, in the order given."""
    found: dict[int, list[L]] = {}
    for line in lines:
        found.setdefault(line.pupil_id, []).append(line)
    return {pupil_id: tuple(of) for pupil_id, of in found.items()}
