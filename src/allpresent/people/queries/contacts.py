"""Which pupils have fewer emergency contacts than the policy asks for (M-3.5c, O-B-14.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from allpresent.core.roll.contacts import Contact as CallablePerson
from allpresent.core.roll.contacts import ContactRule, Shortfall, contacts_shortfall
from allpresent.people.models import PupilContact
from allpresent.people.queries.roll import RollPupil, pupils_on_roll
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


class PupilShort(NamedTuple):
    """A pupil on the roll, and what is missing among their contacts."""

    pupil: RollPupil
    missing: tuple[Shortfall, ...]

    @property
    def needed(self) -> bool:
        """Whether any of it is more than a wish."""
        return any(shortfall.needed for shortfall in self.missing)


def contact_rule(school: School, day: date) -> ContactRule:
    """The rule of the school's policy on a day, as the check reads it."""
    rule = setting_of(school).policy_on(day).contacts_rule
    if rule.counting == "numbers":
        return ContactRule(numbers=rule.at_least)
    return ContactRule(people=rule.at_least, ideal_people=rule.ideally or 0)


def contacts_short(school: School, day: date) -> tuple[PupilShort, ...]:
    """The pupils with fewer contacts than asked for, those who lack what is needed first: two queries."""
    pupils = pupils_on_roll(school, day)
    rule = contact_rule(school, day)
    people = _people_of(pupils)
    found = (PupilShort(pupil, contacts_shortfall(people.get(pupil.id, []), rule)) for pupil in pupils)
    return tuple(sorted((short for short in found if short.missing), key=lambda short: not short.needed))


def _people_of(pupils: Iterable[RollPupil]) -> dict[int, list[CallablePerson]]:
    links = PupilContact.objects.filter(pupil__in=[pupil.id for pupil in pupils]).select_related("contact")
    people: dict[int, list[CallablePerson]] = {}
    for link in links:
        parent_lived_with = link.is_parent and link.lives_with
        person = CallablePerson(link.contact.name, link.contact.numbers, parent_lived_with)
        people.setdefault(link.pupil_id, []).append(person)
    return people
