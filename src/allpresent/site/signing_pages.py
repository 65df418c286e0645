"""The pages of signing out and in, made of facts already loaded."""

from __future__ import annotations

from dataclasses import dataclass

from allpresent.core.onsite import Whereabouts
from allpresent.people.queries import RollPupil
from allpresent.people.queries.record import Adult
from allpresent.site.ahead import Ahead
from allpresent.site.forms import SignInForm, SignOutForm
from allpresent.site.lines import CrossingLine


@dataclass(frozen=True)
class SignOutPage:
    """The form about one pupil. `fetch`: who is fetched where somebody under a restriction asks for the child."""

    pupil: RollPupil
    form: SignOutForm
    key: str
    contacts: tuple[Adult, ...]
    fetch: tuple[str, ...]
    whereabouts: Whereabouts
    clauses: tuple[str, ...]
    ahead: tuple[Ahead, ...]

    @property
    def restricted(self) -> tuple[Adult, ...]:
        return tuple(adult for adult in self.contacts if adult.restriction)

    @property
    def needs_telling(self) -> bool:
        return any(one.needs_telling for one in self.ahead)

    @property
    def ahead_words(self) -> str:
        """'M, Medical or dental appointment; I, Illness'."""
        return "; ".join(f"{one.code}, {one.name.lower()}" for one in self.ahead)


@dataclass(frozen=True)
class SignInPage:
    """The form about one pupil. `out`: the crossing that took them out; None where they are not out."""

    pupil: RollPupil
    form: SignInForm
    key: str
    out: CrossingLine | None
