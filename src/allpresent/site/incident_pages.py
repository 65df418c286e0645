"""The page of one pupil who left without permission: the story, the steps with their clauses, what is owed now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.calls.lines import TryLine
from allpresent.calls.models import Try
from allpresent.calls.queries import tries_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.onsite import HOME, Progress, Step, StepState, Tried, progress, steps_after_leaving
from allpresent.core.policy.model.words import Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response import Missing, Person
from allpresent.core.response.facts import PROFESSIONALS
from allpresent.core.response.words import of_the_policy, party
from allpresent.people.queries import RollPupil
from allpresent.people.queries.around import around
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.sending import key_of
from allpresent.shared.words import clock_time
from allpresent.site.forms import EndForm
from allpresent.site.incident_forms import CallForm
from allpresent.site.lines import CrossingLine
from allpresent.site.queries import Incident
from allpresent.site.who_decides import deciders

POLICE = Person("police", Party.POLICE, "Police", ("101", "999 where a child is in danger"))


class Made(NamedTuple):
    """A try as this reader may read it: when, in words, by whom."""

    at: datetime
    words: str
    by: str


class StepPart(NamedTuple):
    """One step of the page. `label` is whom to tell; `people` may be called, `names` what they are called here."""

    progress: Progress
    label: str
    people: tuple[Person, ...]
    names: dict[str, str]
    tries: tuple[Made, ...]
    form: CallForm
    key: str
    may_log: bool

    @property
    def is_due(self) -> bool:
        return self.progress.state is StepState.DUE

    @property
    def is_open(self) -> bool:
        return self.progress.state in (StepState.DUE, StepState.WAITS)


@dataclass(frozen=True)
class IncidentPage:
    """What happened, who was told, what is owed. `answered`: the step whose form was sent."""

    pupil: RollPupil
    incident: Incident
    parts: tuple[StepPart, ...]
    withheld: tuple[Person, ...]
    deciders: tuple[str, ...]
    form: EndForm
    key: str
    answered: StepPart | None

    @property
    def left(self) -> CrossingLine:
        return self.incident.left

    @property
    def is_open(self) -> bool:
        return self.incident.ended is None

    @property
    def owed(self) -> tuple[StepPart, ...]:
        return tuple(part for part in self.parts if part.is_due) if self.is_open else ()

    @property
    def story(self) -> tuple[tuple[datetime, str, str], ...]:
        """Everything in order of time: (when, what, recorded by whom)."""
        crossed = ((line.crossed_at, _told(line), _by(line)) for line in self.incident.story)
        tried = ((one.at, f"{part.label}: {one.words}", one.by) for part in self.parts for one in part.tries)
        return tuple(sorted((*crossed, *tried)))


def session_of(school: School, pupil: RollPupil, left: CrossingLine) -> Session:
    """The session during which a pupil left: the afternoon from the moment its register opens."""
    afternoon = Session(left.day, Half.PM)
    begun = left.crossed_at >= setting_of(school).window(afternoon, pupil.year_group).opens_at(left.day)
    return afternoon if begun else Session(left.day, Half.AM)


def incident_page(
    school: School, staff: Staff, incident: Incident, pupil: RollPupil, form: EndForm, *, now: datetime,
    sent: Mapping[str, str] | None = None,
) -> IncidentPage:  # fmt: skip
    """The page at a moment: four queries beside the story's. `sent`: a call's form, answered beside its step."""
    left = incident.left
    policy = setting_of(school).policy_on(left.day)
    known = Missing(left.day, (Half.AM,), people=tuple(around([pupil.id], left.day)[pupil.id].people))
    tries = _tries(pupil, incident)
    steps = steps_after_leaving(policy, pupil.year_group)
    home = {one.ref for step in steps if step.party in HOME for one in _people(step, policy, known)}
    standing = progress(steps, map(_as_tried, tries), at_home=home, left_at=left.crossed_at)
    see_names = staff.may(Right.SEE_RESTRICTED, school)
    decides = staff.may(Right.DECIDE_WELFARE, school)
    parts = tuple(
        _part(n, one, policy, _people(one.step, policy, known), tries, see_names, decides, sent, now)
        for n, one in enumerate(standing)
    )
    return IncidentPage(
        pupil, incident, parts,
        withheld=tuple(one for one in known.people if one.restriction),
        deciders=tuple(words.says for words in deciders(school, left.day).confirm),
        form=form, key=key_of(""),
        answered=next((part for part in parts if sent and sent.get("step") == part.progress.step.key), None),
    )  # fmt: skip


def _part(
    n: int, found: Progress, policy: Policy, people: tuple[Person, ...], tries: Iterable[TryLine], see_names: bool,
    decides: bool, sent: Mapping[str, str] | None, now: datetime,
) -> StepPart:  # fmt: skip
    step = found.step
    names = {person.ref: _named(person, policy, see_names) for person in people}
    ours = sent if sent and sent.get("step") == step.key else None
    form = CallForm(
        ours, day=now.astimezone(LONDON).date(), people=people, step=step, names=names, auto_id=f"id_{n}_%s",
        initial={"tried_time": clock_time(now)},
    )  # fmt: skip
    made = tuple(_made(one, see_names) for one in tries if one.step == step.key)
    return StepPart(
        found, party(step.party, policy), people, names, made, form, key_of(ours.get("key", "") if ours else ""),
        may_log=decides or not step.is_decision,
    )  # fmt: skip


def _people(step: Step, policy: Policy, known: Missing) -> tuple[Person, ...]:
    """Whom a step may reach, in calling order; never anybody under a restriction."""
    found = (*known.of((step.party,)), *of_the_policy(policy, (step.party,)))
    police = (POLICE,) if step.party == Party.POLICE else ()
    return (*(one for one in found if not one.restriction and one.numbers), *police)


def _named(person: Person, policy: Policy, see_names: bool) -> str:
    """A person as whoever calls needs them; a worker around the child by role alone for those who may not know."""
    hidden = person.party in PROFESSIONALS and not see_names
    who = party(person.party, policy).capitalize() if hidden else person.name
    relation = f" ({person.relation.lower()})" if person.relation else ""
    return f"{who}{relation}, {' or '.join(person.numbers)}"


def _tries(pupil: RollPupil, incident: Incident) -> tuple[TryLine, ...]:
    """The tries about this incident: those since the one before it ended, and before the next one began."""
    left = incident.left
    ours = tries_of([pupil.id], left.day, left.day).get(pupil.id, ())
    before = [line.crossed_at for line in incident.story if not line.is_out and line.crossed_at < left.crossed_at]
    after = [line.crossed_at for line in incident.story if line.is_incident and line.crossed_at > left.crossed_at]
    since, until = max(before, default=datetime.min.replace(tzinfo=UTC)), min(after, default=None)
    about = (one for one in ours if one.about == Try.About.LEFT_SITE)
    return tuple(one for one in about if since <= one.tried_at and (until is None or one.tried_at < until))


def _made(one: TryLine, see_names: bool) -> Made:
    return Made(one.tried_at, one.in_words(restricted=see_names), _by(one))


def _as_tried(one: TryLine) -> Tried:
    return Tried(one.step, one.made.ref or one.name, one.made.result)


def _told(line: CrossingLine) -> str:
    seen = f"; last seen here {clock_time(line.seen_at)}" if line.seen_at else ""
    noticed = f"; noticed by {line.noticed_by}" if line.noticed_by else ""
    corrected = f" (corrects an earlier entry: {line.reason})" if line.reason else ""
    return f"{line.in_words[:1].upper()}{line.in_words[1:]}{seen}{noticed}{corrected}"


def _by(line: CrossingLine | TryLine) -> str:
    return f"{line.by_name}, {line.by_position}" if line.by_position else line.by_name
