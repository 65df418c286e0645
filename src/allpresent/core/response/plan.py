"""The one order with its words and times: the same for all pupils of whom the same is true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from allpresent.core.policy.policy import Policy
from allpresent.core.response import words
from allpresent.core.response.facts import Missing, Person
from allpresent.core.response.moments import due_by, starts_at
from allpresent.core.response.order import Laid, is_home, one_order


@dataclass(frozen=True, slots=True)
class Planned:
    """A rung with what it is called, the roles that decide it, whom the policy itself names, and its times (UTC)."""

    laid: Laid
    label: str
    who: tuple[str, ...]
    bodies: tuple[Person, ...]
    starts: datetime | None
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Planner:
    """Lays a policy's order once for all pupils for whom it is the same. Made for one board and thrown away."""

    policy: Policy
    _plans: dict[tuple[object, ...], tuple[Planned, ...]] = field(default_factory=dict)

    def plan(self, missing: Missing) -> tuple[Planned, ...]:
        """Every rung for a missing pupil, in order. Nobody is told of an absence before the family may be called."""
        key = (
            missing.day, missing.halves[0], missing.day_number, missing.year_group, missing.circumstances,
            missing.not_back,
        )  # fmt: skip
        if key not in self._plans:
            self._plans[key] = tuple(_planned(self.policy, missing))
        return self._plans[key]


def _planned(policy: Policy, missing: Missing) -> Iterable[Planned]:
    order = one_order(policy, missing)
    times = [starts_at(laid.rung, policy, missing) for laid in order]
    opening = min((at for laid, at in zip(order, times, strict=True) if at and is_home(laid.rung)), default=None)
    for laid, starts in zip(order, times, strict=True):
        yield Planned(
            laid=laid,
            label=words.label(laid.rung, policy),
            who=tuple(words.role(one, policy) for one in laid.rung.who),
            bodies=tuple(words.of_the_policy(policy, laid.rung.parties)),
            starts=max(starts, opening) if starts and opening else starts,
            by=due_by(laid.rung, policy, missing),
        )
