"""Who answers for something, and what may not be said in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.schools.models import School
from allpresent.shared.problems import Problem

NAMED = "Somebody on the roll is named here. Governors read this: say it without the name."


class Owner(NamedTuple):
    """A member of staff, with the name and the position of the moment."""

    user_id: int
    name: str
    position: str

    def columns(self) -> dict[str, object]:
        return {"owner_id": self.user_id, "owner_name": self.name, "owner_position": self.position}


def naming_a_pupil(school: School, day: date, **said: str) -> tuple[Problem, ...]:
    """A problem for each field whose words name somebody on the roll by forename and surname."""
    names = {name for pupil in pupils_on_roll(school, day) for name in _written(pupil)}
    return tuple(
        Problem(field, NAMED) for field, words in said.items() if any(name in words.casefold() for name in names)
    )


def _written(pupil: RollPupil) -> Iterator[str]:
    for name in (f"{pupil.called} {pupil.surname}", pupil.name):
        yield name.casefold()
