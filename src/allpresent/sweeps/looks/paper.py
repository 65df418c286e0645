"""What waits on a desk past its day: marks, requests, reviews, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from allpresent.core.leave.part_time import Standing
from allpresent.core.watch import SOON, is_soon
from allpresent.leave.lines import WAITING, PartTimeLine, span_words
from allpresent.leave.queries import part_times_since, requests_since
from allpresent.people.queries import RollPupil
from allpresent.settling.queries import Kind as OpenKind
from allpresent.settling.queries import evidence_owed, open_absences
from allpresent.shared.words import plain_day, short_day
from allpresent.sweeps.found import Found
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.looks.facts import Facts, begins

_DAY = timedelta(days=1)


def _of(facts: Facts, kind: Kind, key: str, says: str, day, clauses, page: str, where, pupil: RollPupil) -> Found:
    """Something of a pupil that is so since a day began."""
    return Found(
        kind, f"{page}:{key}", says, begins(day), clauses, page, where, pupil=pupil, group=facts.group_of(pupil)
    )


def unsettled(facts: Facts) -> Iterator[Found]:
    """Marks that nobody explained, past the last day for it: once a pupil. (M-4.5c, O-B-14.1; reg 10(7) to (9))

    What the policy settles by itself is on its way; what was brought in from another system is settled at leisure.
    """
    told: set[int] = set()
    for absence in open_absences(facts.school, now=facts.now):
        over, last, pupil = absence.kind is OpenKind.OVER, absence.clock.last_day, absence.pupil
        if over and last and not absence.by_itself and not absence.imported and pupil.id not in told:
            told.add(pupil.id)
            says = (
                f"Nobody has said why they were away on {short_day(absence.first)}. The last day was {short_day(last)}."
            )
            yield _of(
                facts, Kind.UNSETTLED, f"{pupil.id}:{absence.first}", says, last + _DAY, absence.clock_clauses,
                "settle", {"pupil": pupil.id}, pupil,
            )  # fmt: skip


def leave(facts: Facts) -> Iterator[Found]:
    """Leave that begins soon, or has begun, and is not decided: three queries. (O-B-6.4.4, M-5.1b)"""
    for line in requests_since(facts.school, facts.today):
        pupil, day = facts.roll.get(line.pupil_id), line.span.first.day
        if pupil and line.state == WAITING and is_soon(day, facts.today, SOON):
            verb = "was to begin" if day < facts.today else "begins"
            says = f"Leave for {span_words(line.span)} was asked for and {verb} on {short_day(day)}."
            asked = max(begins(day - SOON), line.asked_at)
            yield Found(
                Kind.LEAVE, f"leave:{line.id}", says, asked, facts.why("leave"), "leave_request", {"leave": line.id},
                pupil=pupil, group=facts.group_of(pupil),
            )  # fmt: skip


def part_time(facts: Facts) -> Iterator[Found]:
    """Part-time timetables whose review is due or overdue, or whose end is near: two queries. (O-A-6.5, O-B-6.3)"""
    for line in part_times_since(facts.school, facts.today):
        pupil = facts.roll.get(line.pupil_id)
        if pupil and (said := _near(line, facts)):
            says, day = said
            yield _of(
                facts, Kind.PART_TIME, f"{line.id}:{day}", says, min(day - SOON, facts.today), facts.why("part-time"),
                "part_time", {"part_time": line.id}, pupil,
            )  # fmt: skip


def _near(line: PartTimeLine, facts: Facts):
    """What is near, in words, and its day; None while nothing is."""
    state = line.state_on(facts.today)
    match state.standing:
        case Standing.OVERDUE | Standing.DUE if state.next_review:
            verb = "was due on" if state.standing is Standing.OVERDUE else "is due on"
            return f"The review of the timetable {verb} {plain_day(state.next_review)}.", state.next_review
        case Standing.ENDING:
            return f"The timetable ends on {plain_day(state.last_day)}.", state.last_day
    return None


def evidence(facts: Facts) -> Iterator[Found]:
    """Evidence that was asked for and did not come by its day. (O-B-12.3, M-4.2c)"""
    for owed in evidence_owed(facts.school, now=facts.now):
        if owed.request:
            says = f"Asked for by {owed.request.by_name}, to come by {short_day(owed.request.until)}."
            yield _of(
                facts, Kind.EVIDENCE, str(owed.request.id), says, owed.request.until + _DAY, facts.why("evidence"),
                "evidence_of_pupil", {"pupil": owed.pupil.id}, owed.pupil,
            )  # fmt: skip
