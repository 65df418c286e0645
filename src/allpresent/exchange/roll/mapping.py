"""Which column holds which field: proposed from the headings, then chosen by a person and remembered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from allpresent.exchange.roll.fields import CONTACT_PARTS, CONTACTS, FIELDS, PUPIL_FIELDS, contact_key

_CONTACT = re.compile(r"(?:priority|emergency)?(?:contact|parent|carer|guardian|parentcarer)(\d?)(.*)", re.ASCII)
_PUPIL = {heading: field.key for field in PUPIL_FIELDS for heading in field.headings}
_PART = {heading: part for part, headings in CONTACT_PARTS.items() for heading in headings}


def plain_heading(heading: str) -> str:
    """Letters and digits alone, small: 'Date of Birth' and 'date_of_birth' are one."""
    return "".join(character for character in heading.casefold() if character.isalnum())


def propose_mapping(headings: Sequence[str], remembered: Mapping[str, str], offered: Iterable[str]) -> tuple[str, ...]:
    """A field's key for each column, '' where none fits. What the school chose before wins over spellings."""
    may = set(offered)
    taken: set[str] = set()
    return tuple(_claimed(_field_of(heading, remembered), may, taken) for heading in headings)


def _field_of(heading: str, remembered: Mapping[str, str]) -> str:
    plain = plain_heading(heading)
    if plain in remembered:
        return remembered[plain]
    return _PUPIL.get(plain) or _contact_field(plain)


def _contact_field(plain: str) -> str:
    found = _CONTACT.fullmatch(plain)
    if not found:
        return ""
    number, part = int(found[1] or 1), _PART.get(found[2], "")
    return contact_key(number, part) if part and 1 <= number <= CONTACTS else ""


def _claimed(key: str, may: set[str], taken: set[str]) -> str:
    if key not in may or (key in taken and not FIELDS[key].joins):
        return ""
    taken.add(key)
    return key


def mapping_problems(mapping: Sequence[str]) -> tuple[str, ...]:
    """Why a file cannot be read with this choice of columns; empty if it can."""
    chosen = Counter(key for key in mapping if key)
    twice = [FIELDS[key].label for key, count in chosen.items() if count > 1 and not FIELDS[key].joins]
    problems = [f"{label} is chosen for more than one column. Choose it once." for label in twice]
    if "full_name" not in chosen:
        problems += [
            f"No column is chosen for {FIELDS[key].label.lower()}."
            for key in ("surname", "forename")
            if key not in chosen
        ]
    if "born" not in chosen:
        problems.append("No column is chosen for date of birth: without it no pupil can be told from another.")
    return tuple(problems)
