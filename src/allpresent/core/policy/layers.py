"""From policy files to the policy of one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from pydantic import ValidationError

from allpresent.core.policy.document import Document
from allpresent.core.policy.faults import faults
from allpresent.core.policy.findings import Finding, PolicyProblem, Severity
from allpresent.core.policy.merge import Merged, merge
from allpresent.core.policy.model.content import Layer
from allpresent.core.policy.policy import Policy


def policy_on(day: date, documents: Iterable[Document]) -> Policy:
    """The policy that holds on `day`, made of the versions in force that day, nation below trust below school.

    `documents` may hold any number of dated versions of one nation, one trust and one school, in any order.
    Raises PolicyProblem when no version of a needed layer is in force, when two of one layer are, when a
    school's file follows a body that is not there, or when there are faults (see allpresent.core.policy.faults).
    """
    layers = in_force(day, documents)
    return Policy(day, layers, _sound(layers))


@lru_cache(maxsize=128)
def _sound(layers: tuple[Document, ...]) -> Merged:
    """The layers merged, once for each choice of them. Raises PolicyProblem where there are faults."""
    merged = lay(layers)
    if found := tuple(faults(merged, layers)):
        raise PolicyProblem(found)
    return merged


def in_force(day: date, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The one version of each layer in force on `day`, nation first. Raises PolicyProblem as `policy_on`."""
    documents = tuple(documents)
    found: dict[Layer, Document] = {}
    for document in documents:
        if not document.in_force(day):
            continue
        layer = document.file.layer
        if layer in found:
            raise _two_at_once(day, found[layer], document)
        found[layer] = document
    if Layer.NATION not in found:
        raise _no_nation(day, documents)
    layers = tuple(sorted(found.values(), key=lambda document: document.file.layer.height))
    _check_follows(day, layers)
    return layers


def _no_nation(day: date, documents: tuple[Document, ...]) -> PolicyProblem:
    """The problem of a day before the law that is held here, told of the highest layer given."""
    begins = [document.file.in_force.from_ for document in documents if document.file.layer is Layer.NATION]
    earliest = f"; the earliest begins on {min(begins)}" if begins else "; give the nation's file too"
    says = f"no national layer is in force on {day}{earliest}"
    top = max(documents, key=lambda document: document.file.layer.height, default=None)
    if top is None:
        return PolicyProblem.single("policy", 1, "in-force", says)
    return PolicyProblem.single(top.tree.name, top.tree.line(("in-force",)), "in-force", says)


def _two_at_once(day: date, first: Document, second: Document) -> PolicyProblem:
    line = second.tree.line(("in-force",))
    return PolicyProblem.single(
        second.tree.name, line, "in-force",
        f"this and {first.tree.name} are both in force on {day} as the {second.file.layer} layer; "
        "end one before the other begins",
    )  # fmt: skip


def _check_follows(day: date, layers: tuple[Document, ...]) -> None:
    """Raises PolicyProblem where a layer follows a body that is not among the layers in force."""
    present = {document.file.id for document in layers}
    for document in layers:
        for followed in document.file.follows:
            if followed not in present:
                raise PolicyProblem.single(
                    document.tree.name, document.tree.line(("follows",)), "follows",
                    f"this follows '{followed}', of which no version in force on {day} was given",
                )  # fmt: skip


def lay(layers: Iterable[Document]) -> Merged:
    """The layers merged. Raises PolicyProblem where they make an impossible block together."""
    layers = tuple(layers)
    try:
        return merge(layers)
    except ValidationError as problem:
        top = layers[-1].tree
        raise PolicyProblem(
            Finding(
                Severity.ERROR, "layers", top.name, top.line(error["loc"]),
                ".".join(str(part) for part in error["loc"]),
                f"laid over the layers below, this does not hold together: {error['msg']}",
            )
            for error in problem.errors()
        ) from None  # fmt: skip
