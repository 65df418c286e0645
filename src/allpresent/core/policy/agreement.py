"""Whether two layers say the same of one setting, in whatever words: order, commas and turned edges do not matter."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from allpresent.core.policy.model.base import ABOUT
from allpresent.core.policy.tree import Data

EDGES = {"at-least": "at-most", "at-most": "at-least", "more-than": "below", "below": "more-than"}
"""Each edge of a range and the one it becomes when attendance is read as absence."""

_SAME = {"true": "yes", "false": "no", "year to date": "school year"}


def agrees(lower: Data, upper: Data) -> bool:
    """Whether `upper` contradicts nothing of `lower`. What a block leaves out contradicts nothing."""
    if isinstance(lower, dict) and isinstance(upper, dict):
        lower, upper = as_absence(lower), as_absence(upper)
        return all(agrees(lower.get(key), said) for key, said in upper.items() if key not in ABOUT)
    if isinstance(lower, dict) or isinstance(upper, dict):
        return False
    return _texts(lower) == _texts(upper) or _takes_up(str(lower), str(upper))


def _texts(data: str | list[Data] | None) -> set[str]:
    """The words of a setting: those of each item, for a list."""
    items = data if isinstance(data, list) else [data]
    return {_plain(str(item)) for item in items}


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", " ".join(text.lower().split()))
    text = re.sub(r"^(?:any|last|rolling) (?=\d)", "", text)
    return _SAME.get(text, text)


def _takes_up(lower: str, upper: str) -> bool:
    """Whether a sentence holds the lower one's words, as 'the last Friday in June of Year 11' does."""
    return len(lower.split()) > 2 and not any(sign.isdigit() for sign in lower) and lower.lower() in upper.lower()


def as_absence(block: dict[str, Data]) -> dict[str, Data]:
    """A threshold on attendance in percent, as the same one on absence; any other block as it is."""
    if block.get("of") != "attendance":
        return block
    turned: dict[str, Data] = {
        EDGES.get(key, key): _rest(said) if key in EDGES else said for key, said in block.items()
    }
    return block if "" in turned.values() else {**turned, "of": "absence"}


def _rest(percent: Data) -> str:
    """What is left to a hundred percent; nothing for an edge that is not in percent."""
    number, sign, _ = str(percent).partition("%")
    try:
        return f"{(100 - Decimal(number.strip())).normalize():f}%" if sign else ""
    except InvalidOperation:
        return ""
