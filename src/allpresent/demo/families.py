"""The adults around an invented child. Numbers are those that Ofcom keeps for drama: they ring nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from allpresent.demo.reading import one_of, read

SHAPES = {"together": 0.64, "apart": 0.22, "one": 0.14}


@dataclass(frozen=True)
class Adult:
    """One adult as they stand to the children of a family."""

    name: str
    relation: str
    mobile: str
    home_phone: str = ""
    email: str = ""
    address: str = ""
    is_parent: bool = True
    responsibility: bool = True
    lives_with: bool = True
    restriction: str = ""


@dataclass(frozen=True)
class Family:
    """Adults in calling order, and the address where the children live."""

    surname: str
    address: str
    adults: tuple[Adult, ...]

    def restricted(self, words: str) -> Family:
        """The same family with a restriction written beside the last parent in the order."""
        if not words:
            return self
        last = max(place for place, adult in enumerate(self.adults) if adult.is_parent)
        adults = list(self.adults)
        adults[last] = replace(adults[last], restriction=words.format(name=adults[last].name), responsibility=False)
        return replace(self, adults=tuple(adults))


class Telephone:
    """Numbers handed out once each: 07700 900xxx and 01632 960xxx."""

    def __init__(self, first: int = 0) -> None:
        self._mobiles, self._homes = count(first), count(first)

    def mobile(self) -> str:
        return f"07700 900{next(self._mobiles):03}"

    def home(self) -> str:
        return f"01632 960{next(self._homes):03}"


def draw_family(rng: Random, surname: str, shape: str, telephone: Telephone) -> Family:
    """A family of one of the SHAPES, or 'foster', with its adults in calling order."""
    address = _address(rng)
    parents = _fosterers(rng, surname, telephone) if shape == "foster" else _parents(rng, surname, shape, telephone)
    return Family(surname, address, (*parents, *_others(rng, surname, telephone)))


def draw_shape(rng: Random) -> str:
    return one_of(rng, SHAPES)


def _parents(rng: Random, surname: str, shape: str, telephone: Telephone) -> Iterator[Adult]:
    yield _adult(rng, "mothers", surname, "Mother", telephone)
    if shape == "one":
        return
    apart = shape == "apart"
    other = rng.choice(read("names")["surnames"]) if apart or rng.random() < 0.3 else surname
    father = _adult(rng, "fathers", other, "Father", telephone)
    yield replace(father, lives_with=False, address=_address(rng)) if apart else father


def _fosterers(rng: Random, surname: str, telephone: Telephone) -> Iterator[Adult]:
    carer = _adult(rng, "mothers", rng.choice(read("names")["surnames"]), "Foster carer", telephone)
    yield replace(carer, responsibility=False)
    mother = _adult(rng, "mothers", surname, "Mother", telephone)
    yield replace(mother, lives_with=False, address=_address(rng))


def _others(rng: Random, surname: str, telephone: Telephone) -> Iterator[Adult]:
    """Who else may be rung: most families name a grandparent, some a friend, a few nobody."""
    for share, relation, names in ((0.62, "Grandmother", "mothers"), (0.3, "Family friend", "fathers")):
        if rng.random() < share:
            name = f"{rng.choice(read('names')[names])} {rng.choice(read('names')['surnames'])}"
            home = telephone.home() if rng.random() < 0.4 else ""
            yield Adult(
                name, relation, telephone.mobile(), home, is_parent=False, responsibility=False, lives_with=False
            )


def _adult(rng: Random, names: str, surname: str, relation: str, telephone: Telephone) -> Adult:
    name = f"{rng.choice(read('names')[names])} {surname}"
    mobile = telephone.mobile()
    email = f"parent.{mobile[-3:]}@example.org" if rng.random() < 0.85 else ""
    return Adult(name, relation, mobile, telephone.home() if rng.random() < 0.2 else "", email)


def _address(rng: Random) -> str:
    return f"{rng.randint(1, 88)} {rng.choice(read('names')['streets'])}, Thornhedge"
