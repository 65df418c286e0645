"""What a cell of each kind may hold, and what it means. Every reader raises BadValue, saying how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from allpresent.core.roll.expected import halves_text, parse_halves
from allpresent.core.roll.upn import UpnProblem, check_upn
from allpresent.exchange.roll.words import BadValue, fitting

_SEX = {"f": "F", "female": "F", "girl": "F", "m": "M", "male": "M", "boy": "M"}
_YES = frozenset({"y", "yes", "t", "true", "1", "on"})
_NO = frozenset({"n", "no", "f", "false", "0", "off", "none"})
_SEN = {
    "e": "ehc_plan",
    "ehcp": "ehc_plan",
    "ehc plan": "ehc_plan",
    "education, health and care plan": "ehc_plan",
    "k": "sen_support",
    "sen support": "sen_support",
    "support": "sen_support",
    "n": "",
    "no": "",
    "none": "",
    "no sen": "",
    "no special educational need": "",
}
_YEARS = {
    "r": "R",
    "reception": "R",
    "rec": "R",
    "yr": "R",
    "n1": "N1",
    "n2": "N2",
    "nursery 1": "N1",
    "nursery 2": "N2",
    "x": "X",
}
_YEAR_NUMBER = re.compile(r"(?:year|yr|y)?\s*0*(\d{1,2})", re.ASCII)
_PHONE = re.compile(r"[+0-9()\-./ ]+")
_EVERY_SESSION = 10


def text_of(longest: int) -> Callable[[str], str]:
    return lambda text: fitting(text, longest)


def upn(text: str) -> str:
    checked = check_upn(text)
    if isinstance(checked, UpnProblem):
        raise BadValue(checked.message)
    return checked.text


def sex(text: str) -> str:
    return _one_of(text, _SEX, "Write F or M, or leave it empty.")


def year_group(text: str) -> str:
    plain = text.casefold()
    found = _YEAR_NUMBER.fullmatch(plain)
    if found and 1 <= int(found[1]) <= 14:
        return str(int(found[1]))
    return _one_of(text, _YEARS, "Write N1, N2, R, or a number from 1 to 14.")


def yes_no(text: str) -> bool:
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise BadValue(f"“{text}” is neither yes nor no. Write yes or no.")


def sen(text: str) -> dict[str, bool]:
    """What a SEN status says of the two characteristics it covers."""
    held = _one_of(text, _SEN, "Write E (plan), K (support) or N (none).")
    return {kind: kind == held for kind in ("sen_support", "ehc_plan")}


def sessions(text: str) -> str:
    """The week's halves, in order; '' when they are all ten, which is every session."""
    try:
        halves = parse_halves(text.replace(";", ","))
    except ValueError as error:
        raise BadValue(str(error)) from error
    if not halves:
        raise BadValue(f"“{text}” names no session. Leave it empty when the pupil comes to every one.")
    return "" if len(halves) == _EVERY_SESSION else halves_text(halves)


def phone(text: str) -> str:
    """A telephone number as written; the 0 that a spreadsheet drops from the front is put back."""
    digits = sum(character.isdigit() for character in text)
    if not _PHONE.fullmatch(text) or not 6 <= digits <= 15:
        raise BadValue(f"“{text}” is not a telephone number. Write only its digits; put names elsewhere.")
    return fitting("0" + text if re.fullmatch(r"[1-37]\d{9}", text) else text, 30)


def email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadValue(f"“{text[:60]}” is not an e-mail address. Correct it, or leave it empty.") from error
    return fitting(text, 254)


def calling_order(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 99:
        return int(text)
    raise BadValue(f"“{text}” is not a place in the calling order. Write 1 for whoever is rung first.")


def commissioner_kind(text: str) -> str:
    words = {"school": "school", "authority": "authority", "local authority": "authority", "la": "authority"}
    return _one_of(text, words, "Write school or authority.")


def _one_of(text: str, words: dict[str, str], how: str) -> str:
    if text.casefold() not in words:
        raise BadValue(f"“{text}” is not known here. {how}")
    return words[text.casefold()]
