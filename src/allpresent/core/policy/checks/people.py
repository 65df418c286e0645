"""Checks on posts and products: one role by two names, roles nobody has, two systems for one job."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.explain import did_you_mean
from allpresent.core.policy.findings import Finding, Path, Severity
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.model.words import Party

ACTORS = {
    "who", "to", "contact", "decided-by", "prepared-by", "consulted", "asked-by", "requested-by",
    "signatory", "reviewed-by", "approved-by", "length-set-by", "owner", "agreed-with",
}  # fmt: skip


def role_labels(subject: Subject) -> Iterable[Finding]:
    """One role that the document calls by two names."""
    for key, role in subject.says.roles.items():
        if len(set(role.names)) > 1:
            yield subject.warn(
                "role-labels",
                ("roles", key, "labels"),
                f"one role goes by {len(role.names)} names: {', '.join(role.names)}.",
                f"It is one role here, shown as {role.names[0]}.",
                also=[("roles", key, "labels", n) for n in range(len(role.labels))],
            )


def role_unknown(subject: Subject) -> Iterable[Finding]:
    """Somebody is given work who is neither one of the setting's roles nor a known body outside it."""
    roles = subject.whole.content.roles
    known = [*roles, *(party.value for party in Party)]
    in_trust = subject.layers[-1].file.layer is Layer.TRUST  # its schools may yet name the role
    labels = {label.lower(): key for key, role in roles.items() for label in role.names}
    for place, text in subject.texts():
        if _names_actor(place.path) and text not in known:
            near = f"; did you mean '{labels[text.lower()]}'?" if text.lower() in labels else did_you_mean(text, known)
            yield place.finding(
                Severity.NOTE if in_trust else Severity.WARNING,
                "role-unknown",
                f"'{text}' is neither a key under `roles` nor a party outside the setting{near or '.'}",
                "Nobody is given this work until it is one of them.",
            )


def _names_actor(path: Path) -> bool:
    """Whether the text at `path` names somebody."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return key in ACTORS and path[0] not in {"training", "in-force"} and "clauses" not in path


def two_systems(subject: Subject) -> Iterable[Finding]:
    """Two products named for one job."""
    seen: dict[str, int] = {}
    for number, system in enumerate(subject.says.systems):
        first = seen.setdefault(system.job, number)
        other = subject.says.systems[first].name
        if other != system.name:
            yield subject.warn(
                "two-systems",
                ("systems", number),
                f"{other} and {system.name} are both named for {system.job}.",
                "Files are exchanged with either; say which one holds the register.",
                also=[("systems", first)],
            )
