"""Every register of a day: its state, who took it, what is still blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from allpresent.core.calendar.sessions import Session
from allpresent.core.register.state import RegisterState, RegisterStatus, register_state
from allpresent.core.register.window import Window
from allpresent.people.models import GroupMembership
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.models import CurrentMark, Submission
from allpresent.registers.queries.groups import groups_and_taken
from allpresent.registers.queries.sheets import Line, Mark, Taken, held_on, in_force, sheet_row
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of


@dataclass(frozen=True)
class RegisterOfDay:
    """One group's register of one session. `taken` is its first sending; the lines say nothing of earlier days."""

    group: Group
    session: Session
    window: Window
    status: RegisterStatus
    taken: Taken | None
    lines: tuple[Line, ...]

    @property
    def expected(self) -> int:
        return sum(line.row.expected for line in self.lines)

    @property
    def blanks(self) -> int:
        return sum(line.row.wants_a_mark for line in self.lines)

    @property
    def is_owed(self) -> bool:
        return self.taken is None and self.status.state is not RegisterState.BEFORE

    def leaves_open(self, line: Line) -> bool:
        """Whether nobody yet knows why a pupil is not here: N, or blank in a register that was taken."""
        return line.row.code == "N" or (self.taken is not None and line.row.wants_a_mark)


def registers_of_day(
    school: School, day: date, *, now: datetime, only: frozenset[int] | None = None
) -> tuple[RegisterOfDay, ...]:
    """The registers of a day, by group, then session: three queries. `only` these groups, or every one with a pupil.

    A group that has closed since is there on the days when it had pupils.
    """
    sessions = setting_of(school).calendar.sessions_on(day)
    if not sessions:
        return ()
    members, marks = _members(school, day), held_on(school, day)
    return tuple(
        _register(school, group, session, members[group.id], marks.get(session.half.value, {}), taken, now)
        for group, taken in groups_and_taken(school, day, now)
        if group.id in members and (only is None or group.id in only)
        for session in sessions
    )


def _members(school: School, day: date) -> dict[int | None, list[RollPupil]]:
    members: dict[int | None, list[RollPupil]] = {}
    for pupil in pupils_on_roll(school, day):
        members.setdefault(pupil.group_id, []).append(pupil)
    return members


def _register(school, group, session, pupils, marks, taken, now) -> RegisterOfDay:
    window = setting_of(school).window(session, group.year_group)
    sent = taken.get(session.half.value)
    return RegisterOfDay(
        group=group,
        session=session,
        window=window,
        status=register_state(window, session.day, now=now, submitted_at=sent.at if sent else None),
        taken=sent,
        lines=tuple(_line(pupil, session, marks.get(pupil.id)) for pupil in pupils),
    )


def _line(pupil: RollPupil, session: Session, mark: Mark | None) -> Line:
    return Line(pupil, sheet_row(pupil, session, mark), in_force(mark))


def days_with_blanks(school: School, first: date, last: date) -> tuple[date, ...]:
    """The days between on which a register was sent in and somebody of its group may still be unmarked: one query.

    Pupils who were not expected are not told apart here, so a day may be named in vain; none is left out.
    """
    sent, then = OuterRef(OuterRef("day")), OuterRef("day")
    marked = CurrentMark.objects.filter(pupil=OuterRef("pupil"), day=sent, half=OuterRef(OuterRef("half")))
    in_force = Q(begins__lte=then) & (Q(ends__isnull=True) | Q(ends__gte=then))
    unmarked = GroupMembership.objects.filter(in_force, ~Exists(marked.exclude(code="")), group=OuterRef("group"))
    rows = Submission.objects.filter(Exists(unmarked), school=school, day__gte=first, day__lte=last)
    return tuple(rows.order_by("day").values_list("day", flat=True).distinct())
