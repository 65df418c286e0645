"""Children of whom nobody knows where they are, and nobody has asked: safety comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from allpresent.calls.queries import Row, board_of, facts_of
from allpresent.core.onsite.ladder import steps_after_leaving
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.response import Kind as StepKind
from allpresent.core.response import Result, State, Step
from allpresent.core.watch import tried_by
from allpresent.elsewhere.queries import Away, unconfirmed
from allpresent.shared.words import clock_time, count_of
from allpresent.site.lines import CrossingLine
from allpresent.site.queries import not_back as crossings_not_back
from allpresent.site.queries import open_incidents
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.looks.facts import Facts


def left(facts: Facts) -> Iterator[Found]:
    """Left without permission, and neither found nor back: one query. (M-4.7d)"""
    clauses = _clauses_of_leaving(facts)
    for line in open_incidents(facts.school):
        says = f"Left at {clock_time(line.crossed_at)}; noticed by {line.noticed_by}."
        yield _gone(facts, Kind.LEFT, line.id, line.pupil_id, says, line.crossed_at, clauses)


def _clauses_of_leaving(facts: Facts) -> tuple[str, ...]:
    """None where no policy can be used: the child is missing all the same."""
    try:
        steps = steps_after_leaving(facts.policy)
    except PolicyProblem:
        return ()
    return tuple(dict.fromkeys(clause for step in steps for clause in step.clauses))


def not_back(facts: Facts) -> Iterator[Found]:
    """Signed out today and not back by the time that was said: one query. (O-B-6.2.2)"""
    rows = crossings_not_back(facts.school, facts.today, facts.now)
    for line in map(CrossingLine._make, rows.values_list(*CrossingLine._fields)):
        back = line.expected_back_at or line.crossed_at
        says = f"Out since {clock_time(line.crossed_at)}, expected back at {clock_time(back)}."
        yield _gone(facts, Kind.NOT_BACK, line.id, line.pupil_id, says, back, ("O-B-6.2.2",))


def _gone(
    facts: Facts, kind: Kind, crossing: int, pupil_id: int, says: str, since: datetime, clauses: tuple[str, ...]
) -> Found:
    pupil = facts.roll.get(pupil_id)
    page, where = ("incident", {"incident": crossing}) if kind is Kind.LEFT else ("on_site", {})
    says = says if pupil else f"{says} No longer on the roll."
    name = kind.name.lower().replace("_", "-")
    return Found(
        kind, f"{name}:{crossing}", says, since, clauses, page, where, pupil=pupil, group=facts.group_of(pupil)
    )


def untried(facts: Facts) -> Iterator[Found]:
    """Missing without a reason, and nobody tried by the policy's time: five queries. (M-4.7b, O-B-14.1)"""
    if not facts.registers:
        return
    board = board_of(facts_of(facts.school, facts.today, facts.registers), now=facts.now)
    for row in board.all:
        step = _first_call(row)
        by = tried_by(step.due_at, step.by) if step else None
        if step and by and by < facts.now and not _was_tried(row):
            halves = "-".join(half.value for half in row.halves[:1])
            says = f"Missing this {row.when}. {_was_due(step, by)}"
            yield Found(
                Kind.UNTRIED, f"untried:{row.pupil.id}:{facts.today}:{halves}", says, by, step.clauses, "call",
                {"pupil": row.pupil.id}, pupil=row.pupil, group=row.group.name,
            )  # fmt: skip


def _was_tried(row: Row) -> bool:
    """Whether somebody was asked after the child today: a step left out is no try."""
    return any(made.result != Result.SKIPPED for made in row.tries)


def _was_due(step: Step, by: datetime) -> str:
    """By the policy's own deadline, or since it was due where the policy gives none."""
    if step.by or step.due_at is None:
        return f"{step.label} was to be tried by {clock_time(by)}."
    return f"{step.label} has been due since {clock_time(step.due_at)}."


def _first_call(row: Row) -> Step | None:
    """The first step that is owed, or that nobody can be called at: of those that ask where the pupil is."""
    wanted = (State.DUE, State.OVERDUE, State.NOBODY)
    calls = (step for step in row.steps if step.kind is not StepKind.TELL and step.state in wanted)
    return None if row.missing.ended else next(calls, None)


def unheard(facts: Facts) -> Iterator[Found]:
    """Providers that owe their word on a session of today: at most seven queries. (O-B-5.4)"""
    owed = unconfirmed(facts.school, now=facts.now)
    for (session, provider), away in groupby(owed, key=lambda one: (one.session, one.provider)):
        yield _unheard(facts, session.half.word, provider.id, provider.name, tuple(away))


def _unheard(facts: Facts, when: str, provider_id: int, name: str, away: tuple[Away, ...]) -> Found:
    words = facts.policy.vocabulary
    first = min(one.owed.at for one in away)
    clauses = tuple(dict.fromkeys(clause for one in away for clause in one.owed.clauses))
    says = (
        f"{name} has not said where {count_of(len(away), words.pupil, words.pupils)} "
        f"{'is' if len(away) == 1 else 'are'} this {when}; it was to say by {clock_time(first)}."
    )
    key = f"unheard:{provider_id}:{facts.today}:{away[0].session.half}"
    return Found(Kind.UNHEARD, key, says, first, clauses, "elsewhere")
