"""The policy files that come with the program, and how a file finds the layers it follows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from allpresent.core.policy.document import Document, read_policy
from allpresent.core.policy.findings import PolicyProblem


@cache
def packaged() -> tuple[Document, ...]:
    """Every policy file in the package: the nation's and the first two settings', in order of file name."""
    folder = files("allpresent.core.policy") / "files"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(read_policy(file.read_text("utf-8"), file.name) for file in found)


def with_followed(document: Document, known: Iterable[Document] = ()) -> tuple[Document, ...]:
    """`document` and every version of the bodies it follows, from `known` and the package.

    Raises PolicyProblem when a followed body is in neither.
    """
    library = (*known, *packaged())
    found = [document]
    waiting = list(document.file.follows)
    while waiting:
        body = waiting.pop()
        versions = [other for other in library if other.file.id == body]
        if not versions:
            raise _unknown(document, body, [other.file.id for other in library])
        found += [other for other in versions if other not in found]
        waiting += [below for below in versions[0].file.follows if below != body]
    return tuple(found)


def _unknown(document: Document, body: str, known: list[str]) -> PolicyProblem:
    line = document.tree.line(("follows",))
    bodies = ", ".join(sorted(set(known)))
    return PolicyProblem.single(
        document.tree.name, line, "follows", f"no policy file has the id '{body}'; known ids: {bodies}"
    )
