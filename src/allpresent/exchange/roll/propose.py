"""From rows and the roll as it is held to a proposal: who is new, who changes and how, what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from allpresent.exchange.roll.adults import Adults
from allpresent.exchange.roll.groups import Groups
from allpresent.exchange.roll.matching import Choice, Conflict, Matcher
from allpresent.exchange.roll.proposal import Context, Line, Proposal, Section
from allpresent.exchange.roll.pupil_plan import Planned, Target, plan_pupil, resolve_contacts
from allpresent.exchange.roll.rows import Problem, Reading, RollRow
from allpresent.exchange.roll.words import folded
from allpresent.people.bulk_plan import RollPlan
from allpresent.people.bulk_queries import HeldPupil, HeldRoll


class _Sorted(NamedTuple):
    """Rows with the pupil each speaks of, and lines about those that could not be sorted."""

    targets: list[Target]
    lines: list[Line]
    mentioned: set[int]


def propose(reading: Reading, held: HeldRoll, context: Context) -> Proposal:
    """What the file would change. Writing it again after it was written proposes nothing."""
    rows = _sort(reading.rows, held, context)
    adults, groups = Adults(held.adults), Groups(held.groups)
    around = {target.row.number: resolve_contacts(target, adults) for target in rows.targets}
    planned = [plan_pupil(target, around[target.row.number], adults, groups, context) for target in rows.targets]
    problems = [
        *reading.problems,
        *_twice(rows.targets),
        *adults.problems,
        *groups.problems,
        *_clashes(rows.targets, held),
    ]
    lines = [
        *(_error(problem) for problem in sorted({*problems, *_of(planned, "problems")})),
        *rows.lines,
        *_of(planned, "lines"),
        *groups.lines(),
        *_missing(held, rows.mentioned),
    ]
    plan = RollPlan(
        day=context.day,
        source=context.source,
        new_groups=groups.new(),
        new_adults=adults.new(),
        adult_changes=adults.changes(),
        pupils=tuple(done.plan for done in planned if done.plan),
    )
    return Proposal(plan, tuple(lines), sum(done.plan is None and not done.problems for done in planned))


def _of(planned: Iterable[Planned], what: str) -> Iterator:
    return (item for done in planned for item in getattr(done, what))


def _error(problem: Problem) -> Line:
    return Line(Section.ERRORS, problem.row, problem.field, problem.message)


def _sort(rows: Iterable[RollRow], held: HeldRoll, context: Context) -> _Sorted:
    matcher = Matcher(held.pupils)
    by_id = {pupil.id: pupil for pupil in held.pupils}
    found = _Sorted([], [], set())
    for row in rows:
        match = matcher.match(row)
        if isinstance(match, Conflict):
            _decide(match, context.decisions.get(row.number), found)
        else:
            found.targets.append(Target(row, by_id[match.pupil.id] if match.pupil else None))
    found.mentioned.update(target.pupil.id for target in found.targets if target.pupil)
    return found


def _decide(conflict: Conflict, choice: Choice | None, found: _Sorted) -> None:
    """A conflict stays on the page with what was decided of it; until then nothing can be imported."""
    chosen = choice if choice in conflict.choices else None
    if chosen is Choice.SAME:
        found.targets.append(Target(conflict.row, conflict.pupil))
    elif chosen is Choice.NEW:
        found.targets.append(Target(conflict.row, None))
    found.mentioned.add(conflict.pupil.id)
    found.lines.append(
        Line(
            Section.CONFLICTS,
            conflict.row.number,
            conflict.row.name,
            conflict.message,
            choices=tuple(choice.value for choice in conflict.choices),
            chosen=chosen.value if chosen else "",
        )
    )


def _twice(targets: Iterable[Target]) -> Iterator[Problem]:
    """Two rows for one pupil: both are shown, each with the other's number."""
    seen: dict[Hashable, list[RollRow]] = defaultdict(list)
    for target in targets:
        row = target.row
        key = (
            target.pupil.id
            if target.pupil
            else (folded(row.surname), folded(row.forename), row.born, row.texts.get("upn"))
        )
        seen[key].append(row)
    for rows in seen.values():
        for row in rows if len(rows) > 1 else ():
            others = " and ".join(str(other.number) for other in rows if other is not row)
            yield Problem(row.number, "Pupil", f"{row.name} is in row {others} too. Keep one row for each pupil.")


def _clashes(targets: Iterable[Target], held: HeldRoll) -> Iterator[Problem]:
    """A pupil number or admission number that two pupils would have once all is written."""
    targets = tuple(targets)
    said = {target.pupil.id for target in targets if target.pupil}
    others = [pupil for pupil in held.pupils if pupil.id not in said]
    for key, label in (("upn", "UPN"), ("admission_number", "Admission number")):
        yield from _shared(targets, others, label, lambda texts, key=key: folded(texts.get(key, "")), key)


def _shared(
    targets: Iterable[Target], others: Iterable[HeldPupil], label: str, token: Callable, key: str
) -> Iterator[Problem]:
    holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pupil in others:
        holders[token(pupil.texts)].append((0, f"{pupil.name}, who is not in the file"))
    for target in targets:
        kept = target.pupil.texts if target.pupil and key not in target.row.texts else target.row.texts
        holders[token(kept)].append((target.row.number, f"{target.row.name} in row {target.row.number}"))
    for value, who in holders.items():
        for row, _ in who if value and len(who) > 1 else ():
            if row:
                other = next(name for number, name in who if number != row)
                yield Problem(row, label, f"{other} has the same. Correct one of the two.")


def _missing(held: HeldRoll, mentioned: set[int]) -> Iterator[Line]:
    for pupil in sorted(held.pupils, key=lambda pupil: pupil.name):
        if pupil.begins and pupil.id not in mentioned:
            yield Line(Section.MISSING, 0, pupil.name, pupil.group)
