"""Registers that did not come in (M-3.3c, O-B-3.1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allpresent.core.policy.model.words import DutyKind
from allpresent.core.register.state import RegisterState
from allpresent.registers.queries import RegisterOfDay, registers_of_day
from allpresent.shared.words import clock_time, short_day
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.looks.facts import Facts


def not_in(facts: Facts) -> Iterator[Found]:
    """Registers of today past their deadline or their close, and those of the school day before: six queries."""
    days = facts.setting.calendar.previous_school_days(facts.today, 1)
    before = chain.from_iterable(registers_of_day(facts.school, day, now=facts.now) for day in days)
    for register in (*facts.registers, *before):
        overdue = register.taken is None and register.status.state is RegisterState.OVERDUE
        if overdue and register.expected:
            yield _found(facts, register)


def _found(facts: Facts, register: RegisterOfDay) -> Found:
    session, status, group = register.session, register.status, register.group
    kind = Kind.NOT_IN if status.close_passed else Kind.DUE
    if session.day < facts.today:
        kind = Kind.NEVER_IN
    since = status.closes_at if status.close_passed else status.due_at
    was = "it closed at" if status.close_passed else "it was due by"
    when = session.half.word if session.day == facts.today else f"{session.half.word} of {short_day(session.day)}"
    return Found(
        kind, f"{'due' if kind is Kind.DUE else 'register'}:{group.id}:{session.day}:{session.half}",
        f"The {when}: {was} {clock_time(since)}.", since, _clauses(facts, register), "register",
        {"group": group.slug, "day": session.day, "half": session.half}, group=group.name, group_id=group.id,
    )  # fmt: skip


def _clauses(facts: Facts, register: RegisterOfDay) -> tuple[str, ...]:
    duties = facts.policy.duties(DutyKind.COMPLETE_REGISTER)
    stated = (clause for duty in duties for clause in duty.clause or duty.source)
    return tuple(dict.fromkeys((*stated, *register.window.clauses)))
