"""Checks on what leads nowhere: thresholds nobody waits for, names of nothing, bands that stop short."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.explain import did_you_mean
from allpresent.core.policy.findings import Finding
from allpresent.core.policy.model.content import Content, Layer
from allpresent.core.policy.model.response import Scale
from allpresent.core.policy.model.words import Action
from allpresent.core.policy.values import Amount, Measure


def threshold_unused(subject: Subject) -> Iterable[Finding]:
    """A threshold of a school's own that no step, duty or evidence waits for."""
    top = subject.layers[-1]
    if top.file.layer is not Layer.SCHOOL:
        return  # what a trust defines, its schools may wait for
    waited = _waited_for(subject.whole.content) | {threshold.id for threshold in subject.law.thresholds}
    for number, threshold in enumerate(subject.says.thresholds):
        if threshold.id not in waited and subject.place(("thresholds", number)).document is top:
            yield subject.remark(
                "threshold-unused",
                ("thresholds", number),
                f"nothing waits for '{threshold.id}'.",
                "Pupils who meet it are shown in lists, and nothing else happens. Name it in a step or a duty.",
            )


def _waited_for(content: Content) -> set[str]:
    """Every threshold that something names."""
    lists = [step.threshold for ladder in content.ladders for step in ladder.steps]
    lists += [evidence.threshold for evidence in content.evidence]
    lists += [threshold.and_ for threshold in content.thresholds]
    lists += [duty.threshold for duty in content.duties]
    if content.penalty and content.penalty.threshold:
        lists.append((content.penalty.threshold,))
    return {name for names in lists for name in names}


def authority_unknown(subject: Subject) -> Iterable[Finding]:
    """An authority whose own rules are nowhere."""
    setting, known = subject.says.setting, [authority.id for authority in subject.whole.content.authorities]
    if setting and setting.authority and setting.authority not in known:
        yield subject.warn(
            "authority-unknown",
            ("setting", "authority"),
            f"no authority has the id '{setting.authority}'{did_you_mean(setting.authority, known)}; known are "
            f"{', '.join(known)}.",
            "National rules alone are followed; add the authority, with its code of conduct, under `authorities`.",
        )


def contact_unknown(subject: Subject) -> Iterable[Finding]:
    """Requests for leave sent to a contact that is not listed."""
    leave, known = subject.says.leave, [contact.id for contact in subject.whole.content.contacts]
    if leave and leave.asked_at and leave.asked_at not in known:
        yield subject.warn(
            "contact-unknown",
            ("leave", "asked-at"),
            f"no contact has the id '{leave.asked_at}'{did_you_mean(leave.asked_at, known)}.",
            "No address is shown for requests until it is listed under `contacts`.",
        )


def warning_unknown(subject: Subject) -> Iterable[Finding]:
    """A warning before a penalty notice that is neither a step nor a kind of step."""
    penalty = subject.says.penalty
    known = [step.id for ladder in subject.whole.content.ladders for step in ladder.steps]
    known += [action.value for action in Action]
    if penalty and penalty.warned_by and penalty.warned_by not in known:
        yield subject.warn(
            "warning-unknown",
            ("penalty", "warned-by"),
            f"'{penalty.warned_by}' is neither a step of a ladder nor what a step can consist of"
            f"{did_you_mean(penalty.warned_by, known)}.",
            "No warning is looked for before a penalty notice.",
        )


def bands_stop_short(subject: Subject) -> Iterable[Finding]:
    """A scale in percent that has no band for some pupils at its ends."""
    for number, scale in enumerate(subject.says.scales):
        bare = [f"{end}%" for end in (0, 100) if _in_percent(scale) and not _has_band(scale, end)]
        if bare:
            yield subject.remark(
                "bands-stop-short",
                ("scales", number),
                f"no band of '{scale.id}' takes in {' or '.join(bare)} {scale.of.value}.",
                "A pupil at such a figure is in no band.",
            )


def _in_percent(scale: Scale) -> bool:
    return any(end[0].measure is Measure.PERCENT for band in scale.bands for end in (band.floor, band.ceiling) if end)


def _has_band(scale: Scale, percent: int) -> bool:
    return any(band.holds(Amount(Decimal(percent), Measure.PERCENT)) for band in scale.bands)
