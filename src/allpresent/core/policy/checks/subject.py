"""What a check looks at: what a body says of itself, and the law beneath it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from allpresent.core.policy.document import Document
from allpresent.core.policy.findings import Finding, Path, Severity
from allpresent.core.policy.layers import lay
from allpresent.core.policy.merge import Merged, Place
from allpresent.core.policy.model.content import Content


@dataclass(frozen=True, slots=True)
class Subject:
    """A body's policy under examination.

    `own` is what its layers above the nation say together, `whole` is that over the national layer, `law` is
    the national layer alone, and `layers` are the files, nation first. `day` is the first day in force.
    """

    own: Merged
    whole: Merged
    law: Content
    layers: tuple[Document, ...]
    day: date

    @property
    def says(self) -> Content:
        """The sections that the body's own layers give."""
        return self.own.content

    def place(self, path: Path) -> Place:
        """Where the body says what stands at `path` of its own sections."""
        place = self.own.place(path)
        assert place is not None, f"a check spoke of something that is not there: {path}"
        return place

    def warn(self, rule: str, path: Path, says: str, then: str, also: Iterable[Path] = ()) -> Finding:
        """A warning about what stands at `path`; `also` are other places that share in it."""
        return self._finding(Severity.WARNING, rule, path, says, then, also)

    def remark(self, rule: str, path: Path, says: str, then: str, also: Iterable[Path] = ()) -> Finding:
        """A note: nothing to mend, but worth knowing."""
        return self._finding(Severity.NOTE, rule, path, says, then, also)

    def _finding(
        self, severity: Severity, rule: str, path: Path, says: str, then: str, also: Iterable[Path]
    ) -> Finding:
        place = self.place(path)
        found = place.finding(severity, rule, says, then)
        reasons = [*found.clauses, *(reason for other in also for reason in self.place(other).reasons)]
        return Finding(severity, rule, found.file, found.line, found.setting, says, then, tuple(dict.fromkeys(reasons)))

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Every scalar in the body's own files, with its place."""
        for document in self.layers[1:]:
            for path, text in document.tree.texts():
                yield Place(document, path), text


Rule = Callable[[Subject], Iterable[Finding]]


def subject_of(layers: tuple[Document, ...]) -> Subject:
    """The subject made of `layers`, nation first. Raises PolicyProblem where they cannot be merged."""
    top = layers[-1].file
    return Subject(lay(layers[1:]), lay(layers), layers[0].file, layers, top.in_force.from_)
