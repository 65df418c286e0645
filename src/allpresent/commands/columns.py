"""Lines of cells as a table to read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def in_columns(lines: Sequence[Sequence[str]], words: int) -> str:
    """The lines, headings first, with every column as wide as it needs: the first so many columns are words, and the
    others numbers, which stand to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths, words).rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], words: int) -> str:
    left = (cell.ljust(width) for cell, width in zip(cells[:words], widths, strict=False))
    right = (cell.rjust(width) for cell, width in zip(cells[words:], widths[words:], strict=True))
    return "  ".join((*left, *right))
