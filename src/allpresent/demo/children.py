"""The invented children: those whose circumstances matter are written down, the rest are drawn by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.year_group import usual_year_group
from allpresent.core.roll.upn import check_letter
from allpresent.demo.families import Family, Telephone, draw_family, draw_shape
from allpresent.demo.places import GroupPlan, Place, places, terms
from allpresent.demo.reading import chance, read

BETWEEN_SIBLINGS = timedelta(days=300)
KINDS = {
    "primary": {"free_meals": 0.24, "sen_support": 0.13, "ehc_plan": 0.03, "service_family": 0.04, "medical": 0.03,
                "new_migrant": 0.02, "traveller": 0.01, "previously_looked_after": 0.01},
    "provision": {"free_meals": 0.6, "sen_support": 0.5, "ehc_plan": 0.3, "child_in_need": 0.15, "youth_justice": 0.1},
}  # fmt: skip
WEEKS = {
    "": 0.55,
    "Mon AM, Mon PM, Tue AM, Tue PM, Wed AM, Wed PM": 0.15,
    "Mon AM, Tue AM, Wed AM, Thu AM, Fri AM": 0.15,
    "Wed AM, Wed PM, Thu AM, Thu PM, Fri AM, Fri PM": 0.15,
}


@dataclass(frozen=True)
class Child:
    """A child as one place knows them. `rate` and `late`: per cent of sessions missed, and come to late."""

    place: str
    group: str
    forename: str
    surname: str
    sex: str
    born: date
    year_group: str
    upn: str
    family: Family
    rate: float
    late: float
    middle_names: str = ""
    known_as: str = ""
    kinds: tuple[str, ...] = ()
    professionals: tuple[dict[str, str], ...] = ()
    pattern: str = ""
    commissioner: str = ""
    joined: date | None = None
    left: dict[str, Any] | None = None
    last_school: str = ""
    settling_in: date | None = None
    elsewhere: str = ""

    @property
    def key(self) -> str:
        return f"{self.place}:{self.upn}"


@cache
def children() -> tuple[Child, ...]:
    """Everybody, by place and group; the same every time."""
    telephone = Telephone()
    found = [child for place in places() for child in _of_place(place, telephone)]
    return (*found, *_placed_elsewhere(found))


def _of_place(place: Place, telephone: Telephone) -> list[Child]:
    rng = chance(place.id, "children")
    made: list[Child] = []
    for group in place.groups:
        written = [
            row for row in read("children")["children"] if (row["school"], row["group"]) == (place.id, group.name)
        ]
        for row in written:
            made.append(_written(rng, place, row, telephone, len(made)))
        guests = sum(row.get("also_at", {}).get("group") == group.name for row in read("children")["children"])
        for _ in range(group.pupils - len(written) - guests * (place.id == "provision")):
            made.append(drawn(rng, place, group, made, telephone))
    return made


def _written(rng: Random, place: Place, row: dict[str, Any], telephone: Telephone, number: int) -> Child:
    family = draw_family(rng, row["surname"], row.get("parents", "together"), telephone)
    own = {key: row[key] for key in _CARRIED if key in row}
    own |= {key: tuple(row.get(key, ())) for key in ("kinds", "professionals")}
    elsewhere = row.get("also_at", {}).get("pattern", "")
    rate, late = row.get("rate", own_rate(rng, place)), row.get("late", lateness(rng, place))
    return _child(
        place, row["group"], number, family=family.restricted(row.get("restriction", "")), rate=rate, late=late,
        elsewhere=elsewhere, **own,
    )  # fmt: skip


_CARRIED = (
    "forename", "surname", "sex", "born", "middle_names", "known_as", "pattern", "commissioner", "joined", "left",
    "last_school", "settling_in",
)  # fmt: skip


def drawn(rng: Random, place: Place, group: GroupPlan, made: list[Child], telephone: Telephone, **facts: Any) -> Child:
    """A child of a group, drawn by chance; `made`: those drawn before, who may be brothers and sisters."""
    born = _birthday(rng, group.year_group or str(rng.choice((7, 8, 9, 9, 10, 10, 11))))
    family = _family(rng, born, made, telephone, place)
    sex = rng.choice("FM")
    placed = place.id == "provision"
    return _child(
        place, group.name, len(made), forename=_forename(rng, sex, family, made), surname=family.surname, sex=sex,
        born=born, family=family, rate=own_rate(rng, place), late=lateness(rng, place),
        kinds=tuple(kind for kind, share in KINDS[place.id].items() if rng.random() < share),
        pattern=rng.choices(list(WEEKS), list(WEEKS.values()))[0] if placed else "",
        commissioner=rng.choice(("secondary", "secondary", "authority")) if placed else "", **facts,
    )  # fmt: skip


def _child(place: Place, group: str, number: int, *, born: date, **facts: Any) -> Child:
    year = usual_year_group(born, AcademicYear(terms()[0].starts.year)) or ""
    return Child(place=place.id, group=group, born=born, year_group=year, upn=_upn(place, born, number), **facts)


def _upn(place: Place, born: date, number: int) -> str:
    """A number with a right check letter: the authority, the establishment, the year of reception, a serial."""
    tail = f"{place.la_code}{place.estab}{(born.year + 5 if born.month > 8 else born.year + 4) % 100:02}{number + 1:03}"
    return check_letter(tail) + tail


def _birthday(rng: Random, year_group: str) -> date:
    """A day of the school year in which children of this year group are born."""
    age = 4 if year_group == "R" else int(year_group) + 4
    return date(terms()[0].starts.year - age - 1, 9, 1) + timedelta(days=rng.randrange(365))


def _family(rng: Random, born: date, made: list[Child], telephone: Telephone, place: Place) -> Family:
    """A brother's or sister's family now and then, else a new one."""
    if made and rng.random() < 0.4:
        family = rng.choice(made).family
        siblings = [child for child in made if child.family is family]
        if len(siblings) < 3 and all(_may_be_sibling(child, born) for child in siblings):
            return family
    return draw_family(rng, rng.choice(read("names")["surnames"]), draw_shape(rng), telephone)


def _may_be_sibling(child: Child, born: date) -> bool:
    """Not of a child whose circumstances are written down, and not born too soon after."""
    private = child.professionals or any(adult.restriction for adult in child.family.adults)
    return not private and abs(child.born - born) > BETWEEN_SIBLINGS


def _forename(rng: Random, sex: str, family: Family, made: Iterable[Child]) -> str:
    taken = {child.forename for child in made if child.surname == family.surname}
    names = [name for name in read("names")["girls" if sex == "F" else "boys"] if name not in taken]
    return rng.choice(names)


def own_rate(rng: Random, place: Place) -> float:
    """A child's own share of sessions missed, per cent, drawn from the published bands of five points."""
    bands = read("proportions")[place.proportions]["own_rates"]
    band = rng.choices(range(len(bands)), bands)[0]
    return rng.uniform(5 * band, 5 * band + 5) * read("proportions")["since"]


def lateness(rng: Random, place: Place) -> float:
    """A child's own share of mornings come to late, per cent: most hardly ever, a few often."""
    return rng.expovariate(1 / (2 * read("proportions")[place.proportions]["late"]))


def _placed_elsewhere(found: Iterable[Child]) -> Iterator[Child]:
    """The second row of a child who has a place at the provision too: one child, one pupil number."""
    placed = {row["forename"]: row["also_at"] for row in read("children")["children"] if "also_at" in row}
    for child in found:
        if child.elsewhere and child.forename in placed:
            where = placed[child.forename]
            yield replace(
                child, place=where["school"], group=where["group"], pattern=where["pattern"], elsewhere="", rate=0.0,
                commissioner=where["commissioner"],
            )  # fmt: skip
