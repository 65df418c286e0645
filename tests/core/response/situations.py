"""Reads the situations in tests/core/cases/response.toml: a policy, a missing child, what was tried, and the clock."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy import packaged_versions, policy_on, read_policy, with_followed
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.policy import Policy
from allpresent.core.response import Missing, Person, Result, TryMade

OTHERS = Path(__file__).parents[1] / "policy" / "other_schools"
SCHOOLS = ("ogbourne", "magnum-opus", *sorted(path.stem for path in OTHERS.glob("*.yaml")))
PEOPLE = {
    "mother": Person("contact:1", "parent", "Grace Adeyemi", ("07700 900123",), relation="Mother", lives_with=True),
    "father": Person("contact:2", "parent", "Tayo Adeyemi", ("07700 900124",), relation="Father"),
    "aunt": Person("contact:3", "emergency-contact", "Rose Ola", ("07700 900200",), relation="Aunt"),
    "restricted father": Person("contact:4", "parent", "Paul", ("07700 900125",), restriction="no contact"),
    "restricted aunt": Person("contact:5", "emergency-contact", "Ann", ("07700 900126",), restriction="no contact"),
    "mother without a number": Person("contact:6", "parent", "Eve Bright", relation="Mother"),
    "commissioner": Person("placement:1", "commissioner", "Hill School", ("01632 960101",)),
    "placing authority": Person("placement:2", "authority", "Norfolk", ("01632 960102",)),
    "social worker": Person("professional:1", "social-worker", "Ines Faro", ("01632 960100",)),
}


@cache
def policy_of(name: str, day: date) -> Policy:
    """A policy in force on a day; those of the invented schools stand for any year."""
    if name in ("ogbourne", "magnum-opus"):
        return policy_on(day, with_followed(packaged_versions(name)[-1]))
    document = read_policy((OTHERS / f"{name}.yaml").read_text("utf-8"), name)
    return policy_on(date(2025, 9, 15), with_followed(document, _bodies))


def _bodies(body: str):
    path = OTHERS / f"{body}.yaml"
    return (read_policy(path.read_text("utf-8"), body),) if path.exists() else packaged_versions(body)


def missing_of(case: dict) -> Missing:
    """The missing child of a case."""
    tries = tuple(_try(case, one) for one in case.get("tried", ()))
    day = case.get("day", date(2026, 9, 15))
    return Missing(
        day=day,
        halves=tuple(Half(half) for half in case.get("halves", ["AM"])),
        day_number=case.get("day_number", 1),
        year_group=case.get("year_group", "9"),
        circumstances=frozenset(Circumstance(one) for one in case.get("circumstances", ())),
        people=tuple(PEOPLE[one] for one in case.get("people", ("mother", "aunt"))),
        tries=tuple(made for made in tries if made.day == day),
        earlier=tuple(made for made in tries if made.day < day),
        explained=case.get("explained", ""),
        here=case.get("here", False),
        not_back=case.get("not_back", False),
    )


def _try(case: dict, one: dict) -> TryMade:
    day = one.get("day", case.get("day", date(2026, 9, 15)))
    person = PEOPLE.get(one.get("who", ""))
    return TryMade(
        day, Half(one.get("half", "AM")), one["step"], Result(one["result"]), moment(day, one["at"]),
        person.ref if person else "", person.name if person else "", one.get("says", ""),
    )  # fmt: skip


def moment(day: date, wall: time) -> datetime:
    """An instant by London's clocks."""
    return london_instant(day, wall)
