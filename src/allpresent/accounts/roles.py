"""Roles of the two policies, and what each may do. Reviewed like code, because it is.

A right not given to a role here is held by nobody.
"""

from __future__ import annotations

from enum import StrEnum

from allpresent.accounts.rights import Right
from allpresent.core.codes import EnteredBy


class Role(StrEnum):
    """A role named in the policies (O-B-22 to O-B-28, M-3.1 to M-3.3)."""

    TEACHER = "teacher"
    OFFICE = "office"
    ATTENDANCE_OFFICER = "attendance_officer"
    ATTENDANCE_LEAD = "attendance_lead"
    DSL = "dsl"
    HEAD = "head"
    GOVERNOR = "governor"
    TRUST_LEADER = "trust_leader"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self]

    @property
    def level(self) -> EnteredBy | None:
        """Which codes the role may enter; None for a role that enters no marks."""
        return LEVELS.get(self)


LABELS = {
    Role.TEACHER: "Class teacher",
    Role.OFFICE: "Office",
    Role.ATTENDANCE_OFFICER: "Attendance officer",
    Role.ATTENDANCE_LEAD: "Senior attendance lead",
    Role.DSL: "Designated safeguarding lead",
    Role.HEAD: "Head",
    Role.GOVERNOR: "Governor",
    Role.TRUST_LEADER: "Trust leader",
}

_STAFF = frozenset({Right.SEE_SCHOOL, Right.SEE_POLICY})
_TEACHER = _STAFF | {Right.TAKE_REGISTER, Right.SEE_REGISTERS, Right.SEE_PUPIL, Right.SEE_SITE}
_OFFICE = _TEACHER | {
    Right.AMEND_REGISTER,
    Right.RECORD_LATE,
    Right.RECORD_NOTICE,
    Right.LOG_CALL,
    Right.SETTLE_ABSENCE,
    Right.ASK_LEAVE,
    Right.SIGN_OUT,
    Right.KEEP_PROVIDERS,
    Right.SEE_MESSAGES,
    Right.SEND_MESSAGE,
    Right.SEE_SHARING,
    Right.PLAN_ABSENCE,
    Right.SEE_CONTACTS,
    Right.KEEP_ROLL,
    Right.IMPORT_ROLL,
}
_OFFICER = _OFFICE | {
    Right.KEEP_CALENDAR,
    Right.CLOSE_SCHOOL,
    Right.KEEP_TEMPLATES,
    Right.SEE_PRACTICE,
    Right.SEE_FIGURES,
}
_LEAD = _OFFICER | {
    Right.SEE_RESTRICTED,
    Right.DECIDE_WELFARE,
    Right.CONSULTED_ON_LEAVE,
    Right.SET_GOALS,
    Right.KEEP_PLAN,
    Right.KEEP_POLICY,
    Right.KEEP_STAFF,
}
_SAFEGUARDING = _STAFF | {
    Right.SEE_REGISTERS,
    Right.SEE_PUPIL,
    Right.SEE_CONTACTS,
    Right.SEE_RESTRICTED,
    Right.SEE_SITE,
    Right.LOG_CALL,
    Right.DECIDE_WELFARE,
    Right.ASK_LEAVE,
    Right.CONSULTED_ON_LEAVE,
    Right.SEE_MESSAGES,
    Right.SEE_SHARING,
    Right.SEE_FIGURES,
}
_HEAD = _LEAD | {Right.DELETE_FROM_ROLL, Right.DECIDE_LEAVE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.TEACHER: _TEACHER,
    Role.OFFICE: _OFFICE,
    Role.ATTENDANCE_OFFICER: _OFFICER,
    Role.ATTENDANCE_LEAD: _LEAD,
    Role.DSL: _SAFEGUARDING,
    Role.HEAD: _HEAD,
    Role.GOVERNOR: _STAFF | {Right.SEE_PRACTICE, Right.SEE_FIGURES, Right.SET_GOALS},
    Role.TRUST_LEADER: _STAFF
    | {Right.SEE_REGISTERS, Right.SEE_PRACTICE, Right.SEE_FIGURES, Right.SEE_TRUST, Right.SET_GOALS},
}

LEVELS: dict[Role, EnteredBy] = {
    Role.TEACHER: EnteredBy.TEACHER,
    Role.OFFICE: EnteredBy.OFFICE,
    Role.ATTENDANCE_OFFICER: EnteredBy.OFFICE,
    Role.ATTENDANCE_LEAD: EnteredBy.HEAD,
    Role.HEAD: EnteredBy.HEAD,
}
