"""Leave asked for by the day shown: waiting, granted, refused, and a family away longer than was granted."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Answer, Outcome, Span
from allpresent.core.leave.grounds import ground_rule
from allpresent.core.leave.needs import still_owed
from allpresent.demo.reading import read
from allpresent.demo.stories.stage import Stage, clock, parent_of, whole
from allpresent.leave.actions import Asked, ask_leave, consult, decide_leave, record_check
from allpresent.leave.lines import RequestLine
from allpresent.leave.models import Request
from allpresent.leave.queries import request_of
from allpresent.leave.weighing import needs_of
from allpresent.people.queries import RollPupil


class Wish(NamedTuple):
    """A request of `stories.toml`. `outcome`: '' where nobody has decided; `given`: the last day, if shorter."""

    school: str
    name: str
    ground: str
    asked: int
    first: int
    last: int
    why: str
    channel: str = "form"
    outcome: str = ""
    decided: int = 0
    given: int = 0
    reasons: str = ""


def ask(stage: Stage) -> None:
    """Act each request, and what was done about it, at its own moment. Those outside the year are left out."""
    for wish in (Wish(**row) for row in read("stories")["leave"] if row["school"] == stage.school.slug):
        days = [stage.day_at(offset) for offset in (wish.asked, wish.first, wish.last)]
        if None not in days and (pupil := stage.pupil(wish.name, days[0])):
            _ask(stage, wish, pupil, *days)


def _ask(stage: Stage, wish: Wish, pupil: RollPupil, asked_on: date, first: date, last: date) -> None:
    parent = parent_of(pupil)
    moment = clock(asked_on, 8, 20)
    asked = Asked(
        wish.ground,
        *whole(first, last),
        wish.why,
        parent.contact.name,
        parent.relation,
        parent.id,
        wish.channel,
        moment,
    )
    kept = ask_leave(
        school=stage.school, pupil=pupil, asked=asked, key=stage.key("leave", pupil.id), by=stage.signers.office,
        now=moment,
    )  # fmt: skip
    decided_on = stage.day_at(wish.decided)
    if isinstance(kept, Request) and wish.outcome and decided_on:
        _decide(stage, wish, pupil, kept.id, clock(decided_on, 12, 40))


def _decide(stage: Stage, wish: Wish, pupil: RollPupil, request_id: int, now: datetime) -> None:
    """What has to be asked before is asked the same morning; then the head decides."""
    line = request_of(stage.school, request_id)
    for number, need in enumerate(still_owed(needs_of(stage.school, pupil, line, now))):
        _meet(stage, line, need.party, number, now)
    line = request_of(stage.school, request_id)
    questions = {question.key: wish.reasons for question in ground_rule(wish.ground).questions}
    answer = Answer(Outcome(wish.outcome), _given(stage, wish, line), wish.reasons, questions)
    key = stage.key("leave decided", pupil.id)
    decide_leave(
        school=stage.school, pupil=pupil, line=line, answer=answer, key=key, by=stage.signers.head, now=now
    )  # fmt: skip


def _given(stage: Stage, wish: Wish, line: RequestLine) -> Span | None:
    if wish.outcome == Outcome.REFUSED:
        return None
    last = stage.day_at(wish.given) if wish.given else None
    return Span(line.span.first, whole(last, last)[1]) if last else line.span


def _meet(stage: Stage, line: RequestLine, party: str, number: int, now: datetime) -> None:
    key, by = stage.key("leave asked", line.id, number), stage.signers.head
    if not party:
        record_check(line=line, finding=Finding.CLEAR, says="", key=key, by=by, now=now)
        return
    consult(
        line=line, party=party, whom="Asked in person", on_day=now.date(), says="Nothing stands against it.", key=key,
        by=by, now=now,
    )  # fmt: skip
