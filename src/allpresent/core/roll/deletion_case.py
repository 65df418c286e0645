"""What is known of a deletion that someone proposes: the facts the checks are handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Session


class JointEnquiry(NamedTuple):
    """Two dated records of one enquiry: the school's and the authority's. None where there is none yet."""

    school_on: date | None
    authority_on: date | None


class Worker(NamedTuple):
    """A worker of the pupil's who must hear before the deletion, and the day they were told, if they were."""

    role: str
    told_on: date | None


Answer = bool | date | str | JointEnquiry


@dataclass(frozen=True)
class Deletion:
    """A deletion someone proposes.

    `on` is the day the name comes off, `entered_on` the day this is written into the register. `last_entry`
    is the day of the pupil's newest attendance mark, if any. `marks` are (session, code) of the pupil, in any
    order; only ground i reads them. `workers` are the social worker and youth justice worker, where there is
    one.
    """

    ground: str
    born: date
    on: date
    entered_on: date
    calendar: SchoolCalendar
    answers: Mapping[str, Answer] = field(default_factory=dict)
    workers: Sequence[Worker] = ()
    last_entry: date | None = None
    marks: Sequence[tuple[Session, str]] = ()
