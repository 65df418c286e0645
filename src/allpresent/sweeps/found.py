"""One thing that did not happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from allpresent.people.queries import RollPupil
from allpresent.sweeps.kinds import RULES, Kind, Rule


@dataclass(frozen=True)
class Found:
    """What, since when (UTC), on which clauses, and the page that deals with it: its name and what its address names.

    `says` never names the child: `pupil` does, on a page. `group` and `group_id` are the class it is about, if any.
    """

    kind: Kind
    key: str
    says: str
    since: datetime
    clauses: tuple[str, ...] = ()
    page: str = ""
    where: Mapping[str, object] = field(default_factory=dict)
    pupil: RollPupil | None = None
    group: str = ""
    group_id: int | None = None

    @property
    def rule(self) -> Rule:
        return RULES[self.kind]

    @property
    def safety(self) -> bool:
        return self.rule.safety

    @property
    def in_short(self) -> str:
        """As it leaves the house: of a child the initials and the class, and no more."""
        pupil = self.pupil
        whom = f"{pupil.called[:1]}{pupil.surname[:1]}" if pupil else ""
        about = ", ".join(part for part in (whom, self.group) if part)
        return f"{about}: {self.rule.heading}" if about else self.rule.heading
