"""Who owes which training: statements of the policy against the records, for everyone on the staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from allpresent.accounts.roles import Role
from allpresent.core.improvement import Held, State, TrainingNeed, training_needs, training_stands
from allpresent.core.policy.policy import Policy
from allpresent.improvement.permissions import audience_roles
from allpresent.improvement.queries import Member, TrainingLine, staff_to_train, trainings_of
from allpresent.schools.models import School


class MemberLine(NamedTuple):
    """One member of staff: how they stand with each statement; None where it is not about them."""

    member: Member
    stands: tuple[Held | None, ...]

    def owes(self, *states: State) -> bool:
        return any(held and held.state in states for held in self.stands)


class RoleLine(NamedTuple):
    """One role: of each statement, how many are up to date, how many are bound by it, and how many owe it."""

    role: Role
    counts: tuple[tuple[int, int, int], ...]


class Trained(NamedTuple):
    """Training as a page shows it."""

    needs: tuple[TrainingNeed, ...]
    members: tuple[MemberLine, ...]
    roles: tuple[RoleLine, ...]
    records: tuple[TrainingLine, ...]

    def count(self, state: State) -> int:
        """Members of staff with at least one statement in a state."""
        return sum(line.owes(state) for line in self.members)


def trained(school: School, policy: Policy | None, today: date) -> Trained:
    """Everyone on the staff today against what the policy asks for (M-3.1g, O-A-7, O-B-22.2)."""
    needs = training_needs(policy) if policy else ()
    records = trainings_of(school)
    members = tuple(_member(member, needs, records, today) for member in staff_to_train(school, today))
    return Trained(needs, members, tuple(_roles(members, len(needs))), records)


def _member(member: Member, needs: Sequence[TrainingNeed], records: Iterable[TrainingLine], today: date) -> MemberLine:
    had = _had(member.user_id, records)
    return MemberLine(
        member,
        tuple(
            training_stands(need, had, member.since, today) if member.roles & audience_roles(need.audience) else None
            for need in needs
        ),
    )


def _had(user_id: int, records: Iterable[TrainingLine]) -> dict[str, date]:
    """The last day on which somebody had each topic."""
    found: dict[str, date] = {}
    for record in records:
        if not record.struck and any(user_id == each[0] for each in record.staff):
            for topic in record.topics:
                found[topic] = max(found.get(topic, record.on_day), record.on_day)
    return found


def _roles(members: Sequence[MemberLine], needs: int) -> Iterable[RoleLine]:
    for role in Role:
        held = [line for line in members if role in line.member.roles]
        if held:
            yield RoleLine(role, tuple(_counts([line.stands[place] for line in held]) for place in range(needs)))


def _counts(stands: Iterable[Held | None]) -> tuple[int, int, int]:
    states = [held.state for held in stands if held]
    return states.count(State.HAD), len(states), states.count(State.DUE) + states.count(State.OVERDUE)
