"""What a step is called and why it stands there, in the school's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.policy.model.words import Event, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response.facts import Missing, Person
from allpresent.core.response.rungs import Kind, Rung
from allpresent.core.response.states import State

_FROM_THE_POLICY = frozenset({Party.MISSING_EDUCATION, Party.INCLUSION, Party.HEALTH})
_OTHER_WORDS = {
    Party.EACH_PARENT: "each {parent}",
    Party.LIVES_WITH: "the {parent} they live with",
    Party.PARENT: "{parent}",
    Party.COMMISSIONER: "commissioning school or authority",
    Party.AUTHORITY: "local authority",
    Party.VIRTUAL_SCHOOL: "Virtual School",
}


def of_the_policy(policy: Policy, parties: Iterable[str]) -> Iterator[Person]:
    """The bodies and roles that the policy itself says how to reach: its missing-education team, its own posts."""
    for party in parties:
        if party in policy.roles:
            post = policy.roles[party]
            numbers = (post.phone,) if post.phone else ()
            yield Person(f"role:{party}", party, role(party, policy), numbers, post.email or "")
        for contact in policy.content.contacts if party in _FROM_THE_POLICY else ():
            if contact.who == party:
                numbers = (contact.phone,) if contact.phone else ()
                yield Person(f"policy:{contact.id}", party, contact.label or contact.id, numbers, contact.email or "")


def role(key: str, policy: Policy) -> str:
    """A role by the name that the policy gives it."""
    held = policy.roles.get(key)
    return held.names[0] if held and held.names else key.replace("-", " ").capitalize()


def party(one: str, policy: Policy) -> str:
    """A party in words: 'parent/carer', 'social worker', 'Virtual School'."""
    if one in policy.roles:
        return role(one, policy)
    said = _OTHER_WORDS.get(Party(one)) if one in set(Party) else None
    return (said or one.replace("-", " ")).format(parent=policy.vocabulary.parent)


def label(rung: Rung, policy: Policy) -> str:
    """What a step is called: 'Stage 1: parent', 'Emergency contact', 'Tell the social worker'."""
    whom = _whom(rung, policy)
    if rung.kind is Kind.TELL:
        return f"Tell the {whom}"
    if rung.kind is Kind.DECIDE and Party.POLICE not in rung.parties:
        whom = "welfare check at home"
    elif rung.kind is Kind.DECIDE:
        whom = "police or a welfare check"
    return f"{rung.label}: {whom}" if rung.label else whom[0].upper() + whom[1:]


def _whom(rung: Rung, policy: Policy) -> str:
    if {Party.COMMISSIONER, Party.AUTHORITY} <= set(rung.parties):
        return party(Party.COMMISSIONER, policy)
    return " or ".join(party(one, policy) for one in rung.parties)


def why(
    rung: Rung, state: State, starts: datetime | None, waits: tuple[str, ...], missing: Missing, policy: Policy
) -> str:
    """One plain sentence: why this step stands there, or why it does not."""
    earlier = " and ".join(waits)
    time = _time(starts)
    match state:
        case State.ENDED:
            return missing.ended
        case State.NOT_FOR:
            return f"This {policy.vocabulary.pupil} has no {_whom(rung, policy)} on record."
        case State.NOBODY:
            return (
                f"No {_whom(rung, policy)} may be called: none is on record with a number, or each has a restriction."
            )
        case State.LATER:
            return f"It begins at {time}."
        case State.WAITING:
            return f"{earlier} come first." if len(waits) > 1 else f"{earlier} comes first."
        case State.DONE:
            return "It was done."
        case State.TRIED:
            return "Everybody named here was tried, and nobody answered."
        case State.SKIPPED:
            return "It was left out, for the reason given."
    return _reason(rung, time, earlier)


def _reason(rung: Rung, time: str, earlier: str) -> str:
    if rung.starts is Event.NOT_RETURNED or Party.MISSING_EDUCATION in rung.parties:
        return "The day on which they were expected back has passed, and they have not come."
    condition = f" Only if {rung.condition}." if rung.condition else ""
    if earlier:
        return f"It comes after {earlier[0].lower() + earlier[1:]}; the absence is still unexplained.{condition}"
    when = f"At {time} nobody" if time else "Nobody"
    if rung.kind is Kind.TELL:
        return f"This is told of every such absence. {when} had said why they were not here.{condition}"
    return f"{when} had said why they were not here.{condition}"


def _time(instant: datetime | None) -> str:
    if instant is None:
        return ""
    wall = wall_clock(instant)[1]
    return f"{wall.hour}:{wall:%M}"
