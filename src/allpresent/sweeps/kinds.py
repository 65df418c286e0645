"""What can fail to happen: what it is called, whose it is, and whether a child's safety hangs on it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role


class Kind(StrEnum):
    """In the order in which they are shown."""

    LEFT = "left the site"
    UNTRIED = "nobody tried"
    UNHEARD = "provider not heard"
    NOT_BACK = "not back"
    NOT_IN = "register not in"
    DUE = "register overdue"
    NEVER_IN = "register never in"
    ASLEEP = "program asleep"
    NO_POLICY = "no policy"
    FAILED = "messages failed"
    STUCK = "messages stuck"
    MAILBOX = "mailbox silent"
    UNSETTLED = "not settled"
    LEAVE = "leave undecided"
    PART_TIME = "part-time timetable"
    EVIDENCE = "evidence not come"
    KEPT = "messages kept"
    REVIEW = "policy review"


class Rule(NamedTuple):
    """One kind. `first`: the roles that are to act; `then`: those told where it stays so. `right` opens its page.

    `teacher`: the teachers of the class are told first of all.
    """

    heading: str
    first: tuple[Role, ...]
    then: tuple[Role, ...]
    right: Right
    safety: bool = False
    teacher: bool = False

    @property
    def tells(self) -> bool:
        """Whether anybody is written to: of safety, and a teacher of the register that is waited for."""
        return self.safety or self.teacher


_OFFICE = (Role.OFFICE, Role.ATTENDANCE_OFFICER)
_LEADS = (Role.HEAD, Role.ATTENDANCE_LEAD)
_SAFE = (Role.HEAD, Role.DSL)

RULES = {
    Kind.LEFT: Rule("Left without permission and not found", (Role.ATTENDANCE_OFFICER, Role.DSL), (Role.HEAD,),
                    Right.LOG_CALL, safety=True),
    Kind.UNTRIED: Rule("Nobody has tried to find out where they are", (Role.ATTENDANCE_OFFICER,), _SAFE,
                       Right.LOG_CALL, safety=True),
    Kind.UNHEARD: Rule("A provider has not said who is there", _OFFICE, _SAFE, Right.KEEP_PROVIDERS, safety=True),
    Kind.NOT_BACK: Rule("Signed out and not back when they said", _OFFICE, _SAFE, Right.SEE_SITE, safety=True),
    Kind.NOT_IN: Rule("Register not in though its time is over", (Role.OFFICE,), _LEADS, Right.SEE_REGISTERS,
                      safety=True, teacher=True),
    Kind.DUE: Rule("Register overdue", (), (), Right.SEE_REGISTERS, teacher=True),
    Kind.NEVER_IN: Rule("Register of the school day before never came in", _OFFICE, (), Right.SEE_REGISTERS),
    Kind.ASLEEP: Rule("The program does not go round", _LEADS, (), Right.LOG_CALL),
    Kind.NO_POLICY: Rule("No policy holds today", _LEADS, (), Right.SEE_POLICY),
    Kind.FAILED: Rule("Messages that did not go", _OFFICE, (), Right.SEE_MESSAGES),
    Kind.STUCK: Rule("Messages that wait too long", _OFFICE, (), Right.SEE_MESSAGES),
    Kind.MAILBOX: Rule("The mailbox is not read", _OFFICE, (), Right.RECORD_NOTICE),
    Kind.UNSETTLED: Rule("Not settled within the time", (Role.ATTENDANCE_OFFICER,), (), Right.SETTLE_ABSENCE),
    Kind.LEAVE: Rule("Leave is about to begin and nobody has decided", (Role.HEAD,), (), Right.ASK_LEAVE),
    Kind.PART_TIME: Rule("Part-time timetables", (Role.ATTENDANCE_LEAD,), (), Right.ASK_LEAVE),
    Kind.EVIDENCE: Rule("Evidence asked for has not come", (Role.ATTENDANCE_OFFICER,), (), Right.SETTLE_ABSENCE),
    Kind.KEPT: Rule("Messages kept to be passed on by hand", _OFFICE, (), Right.SEE_MESSAGES),
    Kind.REVIEW: Rule("The policy is to be reviewed", _LEADS, (), Right.SEE_POLICY),
}  # fmt: skip
"""Posts as the policies share them out (O-B-22 to O-B-28, M-3.1 to M-3.3); the staff list says who holds them."""
