"""Who was rung about whom: on the days before, and this morning so far."""

from __future__ import annotations

from datetime import datetime, timedelta

from allpresent.accounts.staff import Staff, staff_on
from allpresent.calls.actions import log_try
from allpresent.calls.queries import Row, board
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.response import Kind, Person, Result, Step
from allpresent.demo.reading import chance
from allpresent.demo.stories.stage import Stage, clock, days_of

DAYS = 4
"""Of how many days before the calls are kept."""

RESULTS = ((Result.NO_ANSWER, ""), (Result.LEFT_MESSAGE, "asked to ring back"), (Result.NO_ANSWER, "rang out"))


def rung_before(stage: Stage) -> None:
    """Of each day before, the first two steps about whoever is still unexplained."""
    for day in days_of(stage, DAYS):
        for row in _rows(stage, clock(day, 11)):
            for number, step in enumerate(_calls(row)[:2]):
                _log(stage, row, step, number, clock(day, 9, 40 + 7 * number))


def rung_today(stage: Stage) -> None:
    """Of this morning, one call to every second pupil for whom one is owed: the rest is for whoever opens the page."""
    for place, row in enumerate(_rows(stage, stage.now)):
        owed = [step for step in _calls(row) if step.is_open]
        if owed and place % 2 == 0:
            _log(stage, row, owed[0], place % 3, stage.now - timedelta(minutes=2))


def _rows(stage: Stage, now: datetime) -> tuple[Row, ...]:
    try:
        return board(stage.school, _caller(stage), now=now).all
    except PolicyProblem:
        return ()


def _caller(stage: Stage) -> Staff:
    office = stage.signers.office
    return staff_on(office.user_id, office.name, stage.day)


def _calls(row: Row) -> list[Step]:
    return [step for step in row.steps if step.kind is Kind.CALL and step.next_person]


def _log(stage: Stage, row: Row, step: Step, number: int, now: datetime) -> None:
    person = step.next_person
    result, says = RESULTS[(number + chance(row.pupil.id, now.date(), "call").randrange(3)) % len(RESULTS)]
    log_try(
        school=stage.school, pupil=row.pupil, day=row.missing.day, half=row.halves[0], step=step.key,
        party=person.party, name=person.name, number=next(iter(person.numbers), ""), channel="phone", result=result,
        says=says, tried_at=now, key=stage.key("call", row.pupil.id, row.missing.day, number), by=stage.signers.office,
        now=now, contact_id=_link(person),
    )  # fmt: skip


def _link(person: Person) -> int | None:
    """How the person stands to the pupil, where they are one of the pupil's contacts."""
    kind, _, number = person.ref.partition(":")
    return int(number) if kind == "contact" else None
