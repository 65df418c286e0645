"""How parents reach a school, and where a family can turn for help: from the policy, by role and never by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple

from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.model.setting import Contact
from allpresent.core.policy.model.words import DutyKind
from allpresent.core.policy.policy import Policy
from allpresent.schools.queries import Setting

ABSENCE, EMERGENCY = "absence", "emergency"


class Line(NamedTuple):
    """Somewhere to turn: what it is, and its telephone number and address where the policy gives them."""

    label: str
    phone: str = ""
    email: str = ""

    @property
    def dialled(self) -> str:
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


class School(NamedTuple):
    """What a parent needs of a school when a child is away. `report_by`: the latest time of day to be told."""

    absence: Line | None = None
    report_by: time | None = None
    clauses: tuple[str, ...] = ()


def school_lines(setting: Setting, day: date) -> School:
    """The absence line and the time of a school's policy; nothing where no policy is in force."""
    try:
        policy = setting.policy_on(day)
    except PolicyProblem:
        return School()
    found = next((_line(one) for one in policy.content.contacts if one.id == ABSENCE), None)
    return School(found, policy.parents_report_by, policy.parents_report_clauses)


def reviews_contacts(setting: Setting, day: date) -> bool:
    """Whether the policy in force has contacts reviewed with parents (O-B-14.4)."""
    try:
        return bool(setting.policy_on(day).duties(DutyKind.REVIEW_CONTACTS))
    except PolicyProblem:
        return False


def help_lines(setting: Setting, day: date) -> tuple[Line, ...]:
    """Where a family can turn: whom the policy names for wellbeing, then emergencies (O-B-8)."""
    try:
        policy = setting.policy_on(day)
    except PolicyProblem:
        return ()
    return tuple(_help(policy))


def _help(policy: Policy) -> Iterator[Line]:
    named = policy.content.wellbeing.contact if policy.content.wellbeing else ()
    contacts = policy.content.contacts
    for key in named:
        of_key = [_line(one) for one in contacts if key in (one.id, one.who)]
        yield from of_key or _of_role(policy, key)
    yield from (_line(one) for one in contacts if one.id == EMERGENCY)


def _of_role(policy: Policy, key: str) -> Iterator[Line]:
    """A post of the school; one that the policy gives no details of is reached by the school's absence line."""
    role = policy.roles.get(key)
    label = role.names[0] if role and role.names else key.replace("-", " ").capitalize()
    own = (role.phone or "", role.email or "") if role else ("", "")
    absence = next((_line(one) for one in policy.content.contacts if one.id == ABSENCE), Line(""))
    yield Line(label, *own) if any(own) else Line(label, absence.phone, absence.email)


def _line(contact: Contact) -> Line:
    return Line(contact.label or contact.id.replace("-", " ").capitalize(), contact.phone or "", contact.email or "")
