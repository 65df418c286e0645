"""Year groups as people write them: R, Year 7, 7 to 9."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import PlainValidator

YEAR_GROUPS = ("N1", "N2", "R", *(str(number) for number in range(1, 15)))
_YEAR_GROUP = re.compile(r"(?:year |yr |y)?(\d{1,2})", re.IGNORECASE)
_YEAR_RANGE = re.compile(r"(?:years? )?(\w+) ?(?:to|-|–) ?(?:year )?(\w+)", re.IGNORECASE)


def parse_year_groups(value: object) -> tuple[str, ...]:
    """Year groups in order from 'R', 'Year 7' or a stretch such as '7 to 9', or a list of such.

    Raises ValueError for a year group that no school has.
    """
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(group for item in value for group in parse_year_groups(item)))
    if value is None:
        return ()
    stretch = _YEAR_RANGE.fullmatch(str(value).strip())
    if not stretch:
        return (_year_group(value),)
    first, last = (YEAR_GROUPS.index(_year_group(end)) for end in stretch.groups())
    if last < first:
        raise ValueError(f"'{value}' runs backwards; write the younger year first")
    return YEAR_GROUPS[first : last + 1]


def _year_group(value: object) -> str:
    text = str(value).strip()
    number = _YEAR_GROUP.fullmatch(text)
    name = str(int(number[1])) if number else "R" if text.lower() == "reception" else text.upper()
    if name not in YEAR_GROUPS:
        raise ValueError(f"'{value}' is not a year group; write N1, N2, R, 1 to 14, or a stretch such as 7 to 9")
    return name


YearGroups = Annotated[tuple[str, ...], PlainValidator(parse_year_groups)]
