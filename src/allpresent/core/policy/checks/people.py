"""Checks on posts and products: one role by two names, roles nobody has, two systems for one job."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.policy.checks.subject import Subject
from allpresent.core.policy.explain import did_you_mean
from allpresent.core.policy.findings import Finding, Path, Severity
from allpresent.core.policy.model.words import Party

ACTORS = {
    "who", "to", "contact", "decided-by", "prepared-by", "consulted", "asked-by", "requested-by",
    "signatory", "reviewed-by", "approved-by", "length-set-by", "owner",
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
    known = [*subject.whole.content.roles, *(party.value for party in Party)]
    for place, text in subject.texts():
        if _names_actor(place.path) and text not in known:
            yield place.finding(
                Severity.WARNING,
                "role-unknown",
                f"'{text}' is not among the setting's roles{did_you_mean(text, known)}",
                "Nobody is given this work until the role is named under `roles`.",
            )


def _names_actor(path: Path) -> bool:
    """Whether the text at `path` names somebody."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    return key in ACTORS and path[0] not in {"training", "in-force"}


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
