"""Builders of requests for leave and of part-time timetables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Answer, Outcome, Span
from allpresent.core.leave.part_time import Agreement
from allpresent.core.roll.expected import parse_halves
from allpresent.leave import queries
from allpresent.leave.actions import (
    Agreed,
    Asked,
    agree_part_time,
    ask_leave,
    consult,
    decide_leave,
    end_part_time,
    record_check,
    review_part_time,
    withdraw_leave,
)
from allpresent.leave.lines import RequestLine
from allpresent.people.models import Pupil, PupilContact
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.schools.models import School
from allpresent.shared.signer import Signer
from tests import world

NOW = datetime(2026, 9, 15, 9, 30, tzinfo=UTC)
HEAD = Signer(None, "Ruth Hale", "Principal")
OFFICE = Signer(None, "Sam Okafor", "Office manager")
TUESDAY = date(2026, 9, 15)
MORNINGS = "Mon AM, Tue AM, Wed AM, Thu AM, Fri AM"
_keys = count(1)


def key() -> str:
    return f"{next(_keys):032d}"


def span(first: str, last: str = "") -> Span:
    """Whole days: span("2026-10-12", "2026-10-14")."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return Span(Session(begin, Half.AM), Session(end, Half.PM))


def on_roll(pupil: Pupil, day: date = TUESDAY) -> RollPupil:
    found = pupil_on_roll(pupil.school, pupil.id, day)
    assert found is not None
    return found


def asked(
    days: Span, *, by: PupilContact | None = None, ground: str = "exceptional-circumstances",
    at: datetime = NOW, why: str = "Grandfather's funeral in Leeds", relation: str = "Mother",
) -> Asked:  # fmt: skip
    name, relation = (by.contact.name, by.relation) if by else ("Alex Brown", relation)
    return Asked(ground, days.first, days.last, why, name, relation, by.id if by else None, "email", at)


def a_request(
    pupil: Pupil, days: Span, *, by: PupilContact | None = None, now: datetime = NOW, **facts: object
) -> RequestLine:
    """A request kept, as it is read."""
    asked_for = asked(days, by=by, **{"at": now, **facts})
    kept = ask_leave(school=pupil.school, pupil=on_roll(pupil), asked=asked_for, key=key(), by=OFFICE, now=now)
    return read(pupil, kept.id)


def read(pupil: Pupil, request_id: int) -> RequestLine:
    line = queries.request_of(pupil.school, request_id)
    assert line is not None
    return line


def weighed(pupil: Pupil, line: RequestLine, *, now: datetime = NOW) -> RequestLine:
    """The safeguarding lead was asked, and the check was made."""
    told = {"by": HEAD, "now": now}
    consult(
        line=line, party="safeguarding-lead", whom="Ola West", on_day=now.date(), says="Nothing against it.",
        key=key(), **told,
    )  # fmt: skip
    record_check(line=line, finding=Finding.CLEAR, says="", key=key(), **told)
    return read(pupil, line.id)


def answer(outcome: Outcome, given: Span | None = None, *, reasons: str = "A close relative died.") -> Answer:
    return Answer(outcome, given, reasons, {"exceptional": "A funeral"})


def decide(pupil: Pupil, line: RequestLine, taken: Answer, *, now: datetime = NOW, sent: str = "", by: Signer = HEAD):
    return decide_leave(
        school=pupil.school, pupil=on_roll(pupil), line=line, answer=taken, key=sent or key(), by=by, now=now
    )


def agreed(parent: PupilContact, **facts: object) -> Agreed:
    """Mornings only, 28 September to 16 October 2026, reviewed on 7 October."""
    begins, ends = facts.pop("begins", date(2026, 9, 28)), facts.pop("ends", date(2026, 10, 16))
    attends = parse_halves(facts.pop("attends", MORNINGS))
    reviews = facts.pop("reviews", (date(2026, 10, 7),))
    return Agreed(
        Agreement(begins, ends, attends, reviews),
        **{
            "reason": "Coming back after an operation.", "agreed_by": parent.contact.name,
            "relation": parent.relation, "contact_id": parent.id, "agreed_on": TUESDAY, "worker_told_on": None,
            "return_plan": "Two afternoons from the review on.", **facts,
        },
    )  # fmt: skip


def a_part_time(pupil: Pupil, parent: PupilContact, *, now: datetime = NOW, sent: str = "", **facts: object):
    return agree_part_time(
        school=pupil.school, pupil=on_roll(pupil), agreed=agreed(parent, **facts), key=sent or key(), by=HEAD, now=now
    )


def one_of_each(pupil: Pupil) -> dict[str, object]:
    """A request and a part-time timetable, for whoever opens every address."""
    parent = pupil.contact_links.get()
    line = a_request(pupil, span("2026-11-16", "2026-11-17"), by=parent)
    return {"leave": line.id, "part_time": a_part_time(pupil, parent).part_time.id}


def in_every_table(school: School) -> None:
    """A row in every table of leave."""
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    parent = world.a_contact(of=pupil)
    line = weighed(pupil, a_request(pupil, span("2026-11-16", "2026-11-17"), by=parent))
    decide(pupil, line, answer(Outcome.REFUSED))
    signed = {"by": OFFICE, "now": NOW}
    withdraw_leave(
        school=school, pupil=on_roll(pupil), line=read(pupil, line.id), told_by="Parent", why="", key=key(), **signed
    )
    kept = a_part_time(pupil, parent, begins=TUESDAY, ends=date(2026, 9, 25), reviews=(date(2026, 9, 22),))
    timetable = queries.part_time_of(school, kept.part_time.id)
    assert timetable is not None
    review_part_time(line=timetable, on_day=TUESDAY, says="It goes well.", key=key(), **signed)
    end_part_time(
        school=school, pupil=on_roll(pupil), line=timetable, last_day=TUESDAY, why="Well", key=key(), **signed
    )
