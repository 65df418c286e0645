"""The policy files that come with the program, and how a file finds the layers it follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from allpresent.core.policy.document import Document, read_policy
from allpresent.core.policy.findings import PolicyProblem

Find = Callable[[str], tuple[Document, ...]]


@cache
def packaged() -> tuple[Document, ...]:
    """Every policy file in the package: the nation's and the first two settings', in order of file name."""
    folder = files("allpresent.core.policy.files")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(read_policy(file.read_text("utf-8"), file.name) for file in found)


def packaged_versions(body: str) -> tuple[Document, ...]:
    """Every packaged version of the body whose id is `body`; empty when there is none."""
    return tuple(document for document in packaged() if document.file.id == body)


def with_followed(document: Document, find: Find = packaged_versions) -> tuple[Document, ...]:
    """`document` and every version of the bodies it follows, directly or through others, as `find` finds them.

    Raises PolicyProblem when a followed body is not found.
    """
    found = [document]
    sought: set[str] = {document.file.id}
    for follower in found:
        for body in follower.file.follows:
            if body not in sought:
                sought.add(body)
                found += find(body) or _unknown(follower, body)
    return tuple(found)


def _unknown(document: Document, body: str) -> tuple[Document, ...]:
    line = document.tree.line(("follows",))
    bodies = ", ".join(sorted({other.file.id for other in packaged()}))
    raise PolicyProblem.single(
        document.tree.name,
        line,
        "follows",
        f"no policy file with the id '{body}' was found beside this one or in the package, which has {bodies}",
    )
