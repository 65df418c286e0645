"""What a policy has passed on about one pupil's session, and to whom.

Of the marks (M-3.3b, M-3.3c), of a late arrival (M-3.3e) and of an absence (M-3.4b). What is owed about an absence that
nobody explains belongs to the first-day response.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.codes import Code
from allpresent.core.messages.addresses import plain_address
from allpresent.core.messages.channel import Channel as Way
from allpresent.core.policy.model.duties import Duty
from allpresent.core.policy.model.words import Channel, Circumstance, DutyKind, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response import Person

MONITOR = "monitor"
"""The role key of whoever monitors a pupil's attendance: the contact of the place, where the pupil has one (M-3.4b)."""
_PARENTS = frozenset({Party.PARENT, Party.EACH_PARENT, Party.LIVES_WITH})
_BODIES = frozenset({Party.INCLUSION, Party.MISSING_EDUCATION, Party.TRUST, Party.BOARD, Party.HEALTH})
"""Told of any pupil whom a duty is about; the others are somebody to this pupil or nobody."""
_PLACES = frozenset({Party.COMMISSIONER, Party.AUTHORITY})


class What(StrEnum):
    """What is passed on."""

    MARKS = "marks"
    LATE = "late arrival"
    ABSENCE = "absence"

    @property
    def duties(self) -> tuple[DutyKind, ...]:
        """The duties of a policy that have it passed on."""
        return _DUTIES[self]


_DUTIES = {
    What.MARKS: (DutyKind.COMPLETE_REGISTER, DutyKind.SUBMIT_MARKS),
    What.LATE: (DutyKind.PASS_ON_LATE,),
    What.ABSENCE: (DutyKind.PASS_ON_ABSENCE,),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One pupil's session as the register has it: the mark in force (None: not yet), the register sent in or not.

    `people` are those around the pupil, `others` the bodies that are told of any pupil (`bodies`). `passed` holds, by
    the ref of whoever was sent the marks of this session, the code they were sent (None: a blank).
    """

    code: Code | None
    register_in: bool
    year_group: str
    circumstances: frozenset[Circumstance]
    people: tuple[Person, ...]
    others: tuple[Person, ...]
    passed: Mapping[str, Code | None]


class Telling(NamedTuple):
    """One thing to pass on to one person. `by_phone`: the policy has it said on the telephone, not written.

    `ready`: it can be told now; marks wait for their register.
    """

    what: What
    person: Person
    by_phone: bool
    ready: bool
    clauses: tuple[str, ...]


def tellings(policy: Policy, told: Told) -> tuple[Telling, ...]:
    """What the policy has passed on about one session now, each person once for each thing, with every clause.

    Marks are owed from the beginning, and ready once the register is in. A late arrival and an absence are owed once
    the mark says so, and not apart from the marks where those say it. A person with a restriction is never told, and
    nothing is written to an address that is theirs too.
    (M-3.3b, M-3.3c, M-3.3e, M-3.4b)
    """
    found: dict[tuple[What, str], Telling] = {}
    told = replace(told, people=_writable(told.people))
    for what in What:
        if _is_so(what, told):
            for one in _of(policy, what, told):
                _merge(found, one)
    apart = tuple(key for key, one in found.items() if not _said_by_the_marks(one, told, found))
    return tuple(found[key] for key in apart if not (key[0] is What.MARKS and key[1] in told.passed))


def _writable(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people without any address that is a restricted person's too: they are told by telephone."""
    barred = {_plain(one.email) for one in people if one.restriction} - {""}
    return tuple(one._replace(email="") if _plain(one.email) in barred else one for one in people)


def _plain(email: str) -> str:
    return plain_address(Way.EMAIL, email)


def _said_by_the_marks(one: Telling, told: Told, found: dict[tuple[What, str], Telling]) -> bool:
    """Whether the marks that somebody gets, or has got, say that a pupil is late or away. Its clauses go with them."""
    marks = (What.MARKS, one.person.ref)
    if one.what is What.MARKS or marks not in found:
        return False
    if one.person.ref in told.passed:
        sent = told.passed[one.person.ref]
        return sent is not None and _says(one.what, sent)
    if not told.register_in:
        return False
    _merge(found, one._replace(what=What.MARKS))
    return True


def _says(what: What, code: Code) -> bool:
    return code.late if what is What.LATE else code.absence and not code.late


def _is_so(what: What, told: Told) -> bool:
    return what is What.MARKS or (told.code is not None and _says(what, told.code))


def _of(policy: Policy, what: What, told: Told) -> Iterator[Telling]:
    for kind in what.duties:
        for duty in policy.duties(kind):
            if _holds_for(duty, told):
                for party in duty.to:
                    for person in _people(party, what, told):
                        ready = what is not What.MARKS or told.register_in
                        yield Telling(what, person, _by_phone(duty), ready, duty.clause or duty.source)


def _holds_for(duty: Duty, told: Told) -> bool:
    """Whether a duty is about this pupil: every circumstance that it names is enough by itself."""
    years = not duty.year_groups or told.year_group in duty.year_groups
    return years and (not duty.for_ or bool(told.circumstances.intersection(duty.for_)))


def _people(party: str, what: What, told: Told) -> Iterator[Person]:
    """The people a party means for a pupil. Parents hear of marks in other ways."""
    if party in _PARENTS and what is What.MARKS:
        return
    wanted = _PARENTS if party in _PARENTS else _PLACES if party == MONITOR else frozenset({party})
    mine = [one for one in told.people if one.party in wanted and not one.restriction]
    if party == Party.LIVES_WITH:
        mine = [one for one in mine if one.lives_with]
    yield from mine or [one for one in told.others if one.party == party]


def _by_phone(duty: Duty) -> bool:
    return bool(duty.through) and Channel.EMAIL not in duty.through and Channel.PHONE in duty.through


def _merge(found: dict[tuple[What, str], Telling], one: Telling) -> None:
    key = (one.what, one.person.ref)
    before = found.get(key)
    if before is None:
        found[key] = one
        return
    clauses = tuple(dict.fromkeys((*before.clauses, *one.clauses)))
    found[key] = before._replace(clauses=clauses, by_phone=before.by_phone and one.by_phone)


def bodies(policy: Policy) -> tuple[Person, ...]:
    """The bodies that are told of any pupil, and how the policy says to reach them: its contacts by `who`, its roles.

    One that a duty names and nothing says how to reach is there without number and address: a person finds it.
    """
    known = (*_contacts(policy), *_roles(policy))
    named = {party for what in What for kind in what.duties for duty in policy.duties(kind) for party in duty.to}
    unknown = sorted(named.intersection(_BODIES) - {one.party for one in known})
    return (*known, *(_person(f"party:{party}", party, None, None, None) for party in unknown))


def _contacts(policy: Policy) -> Iterator[Person]:
    for contact in policy.content.contacts:
        if contact.who and (contact.phone or contact.email):
            yield _person(f"policy:{contact.id}", contact.who, contact.label, contact.phone, contact.email)


def _roles(policy: Policy) -> Iterator[Person]:
    for key, role in policy.roles.items():
        if role.phone or role.email:
            yield _person(f"role:{key}", key, next(iter(role.names), key), role.phone, role.email)


def _person(ref: str, party: str, name: str | None, phone: str | None, email: str | None) -> Person:
    return Person(ref, party, name or party.replace("-", " "), (phone,) if phone else (), email or "")
