"""Reading a code as people and other systems write it."""

from __future__ import annotations

from datetime import date

from allpresent.core.codes.code import Code
from allpresent.core.codes.table import all_codes, code_set_on
from allpresent.core.codes.unknown import UnknownCode


def read_code(text: str, day: date) -> Code:
    """The code written as `text`, with the meaning it has on `day`. Outer spaces and lower case are forgiven.

    Raises UnknownCode, whose words explain: a blank, a retired or future code, a school's own mark, or none.
    """
    letter = text.strip().upper()
    code = code_set_on(day).get(letter)
    if code is None:
        raise UnknownCode(letter, day, all_codes())
    return code
