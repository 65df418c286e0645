"""What the pages of messages show, made of facts already loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from allpresent.absences.forms import NoticeForm
from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import MailLine, Notices
from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.findings import PolicyProblem
from allpresent.people.models import Pupil
from allpresent.people.queries import Found, RollPupil, Sibling, Tie
from allpresent.people.queries.record import Adult
from allpresent.schools.queries import Setting


class Deadline(NamedTuple):
    """The time of day by which parents report an absence, and the clauses that give it. None: no time is given."""

    by: time | None = None
    clauses: tuple[str, ...] = ()


NO_DEADLINE = Deadline()


def deadline_on(setting: Setting, day: date) -> Deadline:
    try:
        policy = setting.policy_on(day)
    except PolicyProblem:
        return NO_DEADLINE
    return Deadline(policy.parents_report_by, policy.parents_report_clauses)


class NoticeRow(NamedTuple):
    """One message of a list, with whom it is about. `late`: told after the policy's time."""

    pupil: RollPupil
    line: NoticeLine
    late: bool = False


@dataclass(frozen=True)
class NoticesPage:
    """The messages that hold today, newest first; whose return day has come; and what is told of later days."""

    day: date
    deadline: Deadline
    back: tuple[NoticeRow, ...]
    today: tuple[NoticeRow, ...]
    ahead: tuple[NoticeRow, ...]


def notices_page(
    day: date,
    setting: Setting,
    pupils: Iterable[RollPupil],
    *,
    back: Iterable[NoticeLine],
    holding: Notices,
    ahead: Notices,
) -> NoticesPage:
    """The messages about the pupils given; others' are left out."""
    known = {pupil.id: pupil for pupil in pupils}
    due = (line for line in back if _is_first_day(setting, line.expected_back, day))
    return NoticesPage(
        day=day,
        deadline=deadline_on(setting, day),
        back=tuple(NoticeRow(known[line.pupil_id], line) for line in due if line.pupil_id in known),
        today=tuple(sorted(_rows(holding, known, setting), key=lambda row: row.line.told_at, reverse=True)),
        ahead=tuple(sorted(_rows(ahead, known, setting), key=lambda row: (row.line.day, row.line.half))),
    )


def _rows(notices: Notices, known: dict[int, RollPupil], setting: Setting) -> Iterator[NoticeRow]:
    for pupil_id, lines in notices.items():
        for line in lines if pupil_id in known else ():
            yield NoticeRow(known[pupil_id], line, line.is_late(deadline_on(setting, line.day).by))


def _is_first_day(setting: Setting, back: date | None, day: date) -> bool:
    """Whether a day is the first school day from the day of return on."""
    return back is not None and setting.calendar.school_days_between(back, day) == (day,)


def half_at(setting: Setting, now: datetime, year_group: str) -> Half:
    """The session that is on now: the afternoon from when its register opens, else the morning."""
    day, wall = wall_clock(now)
    try:
        return Half.PM if wall >= setting.policy_on(day).window(day, Half.PM, year_group or None).opens else Half.AM
    except PolicyProblem:
        return Half.AM


class Kept(NamedTuple):
    """A message just kept, and the brothers and sisters about whom the same may be said."""

    line: NoticeLine
    siblings: tuple[Sibling, ...]


@dataclass(frozen=True)
class NewNoticePage:
    """Finding the pupil, or the form about one.

    `older`: the message that this one corrects. `mail`: the e-mail it is made of, `known` the pupils whose contact
    wrote it. `twin`: what a colleague has just written down. `gone`: a pupil who is not on the roll, and `typed`, what
    was written about them.
    """

    day: date
    search: str = ""
    found: tuple[Found, ...] = ()
    pupil: RollPupil | None = None
    contacts: tuple[Adult, ...] = ()
    form: NoticeForm | None = None
    key: str = ""
    older: NoticeLine | None = None
    mail: MailLine | None = None
    known: tuple[tuple[RollPupil, Tie], ...] = ()
    twin: NoticeLine | None = None
    gone: Pupil | None = None
    typed: str = ""
    deadline: Deadline = NO_DEADLINE

    @property
    def carried(self) -> str:
        """What the addresses of this page carry on: '&replaces=3'."""
        older = f"&replaces={self.older.id}" if self.older else ""
        return older + (f"&mail={self.mail.id}" if self.mail else "")

    @property
    def wrong(self) -> bool:
        return self.form is not None and bool(self.form.errors)
