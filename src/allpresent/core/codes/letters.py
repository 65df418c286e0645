"""Every code that ever was as one byte, for tables of marks."""

from __future__ import annotations

from allpresent.core.codes.table import all_codes

LETTERS = ("", *sorted({code.letter for code in all_codes()}))
"""What a byte stands for; 0 is a session without a mark."""
BYTE = {letter: number for number, letter in enumerate(LETTERS)}
