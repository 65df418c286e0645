"""Finding a pupil by a few letters: of a name, a contact's name, a telephone number or a pupil number.

Names are compared in Python, so that Zoe finds Zoë on every database: a school's roll is small enough to read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from allpresent.core.roll.contacts import plain_number
from allpresent.people.models import PupilContact
from allpresent.people.queries.index import roll_index
from allpresent.people.queries.roll import RollPupil, pupils_on_roll
from allpresent.schools.models import School

FEWEST_DIGITS = 4
"""Fewer digits than this are not taken for part of a telephone number."""


class Found(NamedTuple):
    """A pupil found, and by what when not by their own name."""

    pupil: RollPupil
    by: str


def search_pupils(
    school: School,
    text: str,
    day: date,
    *,
    group_ids: Collection[int] | None = None,
    with_contacts: bool = False,
) -> tuple[Found, ...]:
    """Pupils on the roll on a day whom the text fits, by name. At most three queries.

    `group_ids`: only pupils of these groups. `with_contacts`: search contacts' names and numbers too.
    """
    pupils = [pupil for pupil in pupils_on_roll(school, day) if group_ids is None or pupil.group_id in group_ids]
    words = fold(text).split()
    if not words:
        return tuple(Found(pupil, "") for pupil in pupils)
    forenames = {line.pupil_id: f"{line.forename} {line.known_as}" for line in roll_index(school, day)}
    named = {
        pupil.id: ""
        for pupil in pupils
        if _fits(words, f"{pupil.surname} {pupil.called} {forenames.get(pupil.id, '')}")
    }
    others = _by_number_or_contact(school, text, words, with_contacts)
    reasons = others | named
    return tuple(Found(pupil, reasons[pupil.id]) for pupil in pupils if pupil.id in reasons)


def fold(text: str) -> str:
    """Text without accents, case or apostrophes, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’‘")


def _fits(words: list[str], text: str) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _by_number_or_contact(school: School, text: str, words: list[str], with_contacts: bool) -> dict[int, str]:
    upn = "".join(text.split()).upper()
    found = {}
    if len(upn) >= FEWEST_DIGITS and any(letter.isdigit() for letter in upn):
        numbers = school.pupils.filter(upn__startswith=upn).values_list("id", flat=True)
        found = dict.fromkeys(numbers, f"pupil number {upn}")
    return dict(_by_contact(school, text, words)) | found if with_contacts else found


def _by_contact(school: School, text: str, words: list[str]) -> Iterator[tuple[int, str]]:
    digits = plain_number(text).removeprefix("0")
    digits = digits if len(digits) >= FEWEST_DIGITS else ""
    links = PupilContact.objects.filter(pupil__school=school).select_related("contact")
    for link in links:
        adult = link.contact
        if _fits(words, adult.name):
            yield link.pupil_id, f"{adult.name}, {link.relation.lower()}"
        elif digits and any(digits in plain_number(number) for number in adult.numbers):
            yield link.pupil_id, f"number of {adult.name}, {link.relation.lower()}"
