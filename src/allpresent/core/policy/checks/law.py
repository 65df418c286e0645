"""Checks of a policy against the national layer: what differs, what is left out, what goes beyond."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.policy.agreement import EDGES, agrees
from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.findings import Finding, Severity
from allpresent.core.policy.merge import Place
from allpresent.core.policy.model.base import ABOUT
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.tree import Data
from allpresent.core.policy.values import Span, Unit


def differs_from_law(subject: Subject) -> Iterable[Finding]:
    """A setting that the nation has locked, given another value."""
    for lock, said in subject.whole.breaches:
        if lock.document.file.layer is not Layer.NATION:
            continue
        law, own = _differing(lock.data, said.data)
        yield said.finding(
            Severity.WARNING,
            "differs-from-law",
            f"this says {own}; the law says {law} ({', '.join(lock.reasons)}).",
            "The law is followed.",
        )


def _differing(law: Data, own: Data) -> tuple[str, str]:
    """The parts in which two settings differ, in words: the law's and the policy's."""
    if isinstance(law, dict) and isinstance(own, dict):
        keys = [key for key in {**law, **own} if key not in ABOUT and (key in own or key in EDGES)]
        keys = [key for key in keys if not agrees(law.get(key), own.get(key))]
        return _in_words(law, keys), _in_words(own, keys)
    return _text(law), _text(own)


def _in_words(block: dict[str, Data], keys: list[str]) -> str:
    return ", ".join(f"{key} {_text(block[key])}" for key in keys if key in block) or "nothing of this"


def _text(data: Data) -> str:
    return ", ".join(_text(item) for item in data) if isinstance(data, list) else str(data)


def settles_into_nothing(subject: Subject) -> Iterable[Finding]:
    """An unknown reason with a time limit, but no code that follows it."""
    settle, law = subject.says.settle, subject.law.settle
    if settle and settle.becomes is None and law:
        yield subject.warn(
            "settles-into-nothing",
            ("settle",),
            "the document gives a limit for N but does not say what follows it.",
            f"N becomes {law.becomes} after {law.within} ({', '.join(law.source)}).",
        )


def compulsory_age_in_words(subject: Subject) -> Iterable[Finding]:
    """Compulsory age said to begin some other way than on a prescribed day."""
    age, law = subject.says.compulsory_age, subject.law.compulsory_age
    if age and age.begins and law:
        days = ", ".join(str(day) for day in law.begins_on)
        yield subject.warn(
            "compulsory-age-in-words",
            ("compulsory-age", "begins"),
            f"compulsory age is said to begin with {age.begins}; the law names days: {days}.",
            "The prescribed days are used; a birthday on one of them counts that day.",
        )


def grounds_beyond_law(subject: Subject) -> Iterable[Finding]:
    """Leave offered on a ground that the law does not know."""
    if not subject.says.leave or not subject.law.leave:
        return
    for number, ground in enumerate(subject.says.leave.grounds):
        if ground not in subject.law.leave.grounds:
            yield subject.warn(
                "grounds-beyond-law",
                ("leave", "grounds", number),
                f"'{ground.value}' is not a ground on which leave may be given "
                f"({', '.join(subject.law.leave.source)}).",
                "The request form does not offer it.",
            )


def leave_after_the_event(subject: Subject) -> Iterable[Finding]:
    """Leave that may be asked for afterwards."""
    leave = subject.says.leave
    if leave and leave.in_advance is False:
        yield subject.warn(
            "leave-after-the-event",
            ("leave", "in-advance"),
            "leave may be asked for after the absence; it cannot be given after the event.",
            "A late request is kept, and the absence stays unauthorised.",
        )


def return_later(subject: Subject) -> Iterable[Finding]:
    """A return to the authority promised later than the law asks for it."""
    law = {item.id: item for item in subject.law.returns}
    for number, own in enumerate(subject.says.returns):
        asked = law[own.id].at if own.id in law else None
        if own.at and asked and own.at.number > asked.number and _in_days(own.at) and _in_days(asked):
            yield subject.warn(
                "return-later",
                ("returns", number, "at"),
                f"'{own.id}' is told after {own.at}; the law asks for it at {asked} ({', '.join(law[own.id].source)}).",
                f"It is listed at {asked}.",
            )


def _in_days(span: Span) -> bool:
    return span.unit in {Unit.DAYS, Unit.SCHOOL_DAYS, Unit.WORKING_DAYS}


def improvement_out_of_range(subject: Subject) -> Iterable[Finding]:
    """A notice to improve that gives a family less, or more, time than the national framework."""
    own, law = subject.says.improvement_notice, subject.law.improvement_notice
    if not own or not law or not law.at_least or not law.at_most:
        return
    for key, span in (("at-least", own.at_least), ("at-most", own.at_most)):
        weeks = span and span.unit in {Unit.WEEKS, Unit.SCHOOL_WEEKS}
        if span and weeks and not law.at_least.number <= span.number <= law.at_most.number:
            yield subject.warn(
                "improvement-out-of-range",
                ("improvement-notice", key),
                f"a notice to improve runs for {span} here; the framework says {law.at_least} to {law.at_most} "
                f"({', '.join(law.source)}).",
                "The period stays as written, unless the authority's own code has another.",
            )


def law_not_stated(subject: Subject) -> Iterable[Finding]:
    """A national threshold that the document never mentions."""
    stated = {threshold.id for threshold in subject.says.thresholds}
    used = {threshold for ladder in subject.says.ladders for step in ladder.steps for threshold in step.threshold}
    top = Place(subject.layers[-1], ())
    for threshold in subject.law.thresholds:
        if threshold.id not in stated:
            edge = threshold.floor[0] if threshold.floor else ""
            where = "is used but not stated" if threshold.id in used else "is neither stated nor used"
            yield top.finding(
                Severity.NOTE,
                "law-not-stated",
                f"the national threshold '{threshold.id}' ({edge} in {threshold.over}) {where}.",
                f"The national figure holds ({', '.join(threshold.source)}).",
            )


def status_unknown(subject: Subject) -> Iterable[Finding]:
    """Dual registration offered by a setting that may not be a registered school."""
    setting, codes = subject.says.setting, subject.says.codes
    if not setting or setting.registered_school or not codes:
        return
    if any(listed.code == "D" for group in codes.groups for listed in group.codes):
        said = "is not" if setting.registered_school is False else "does not say that it is"
        yield subject.warn(
            "status-unknown",
            ("setting",),
            f"code D is offered, but the setting {said} a registered school; only a school can share a pupil "
            "by dual registration.",
            "Say registered-school: yes or no; until then the commissioner's register is the statutory one.",
        )
