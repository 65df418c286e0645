"""One policy file, read and validated: its typed sections, its text and the line of every setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import ValidationError

from allpresent.core.policy.explain import explain
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.model.content import PolicyFile
from allpresent.core.policy.tree import Tree, read_tree


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One version of one layer: what the file says (`file`) and where it says it (`tree`). Equal only to itself."""

    file: PolicyFile
    tree: Tree

    def in_force(self, day: date) -> bool:
        """Whether this version holds on `day`; both ends of its dates are included."""
        dates = self.file.in_force
        return dates.from_ <= day and (dates.to is None or day <= dates.to)


@lru_cache(maxsize=128)
def read_policy(text: str, name: str) -> Document:
    """The policy file whose text is `text`; `name` is the file's name, for messages. The same text is read once.

    Raises PolicyProblem with every fault of form, each naming file, line and setting.
    """
    tree = read_tree(text, name)
    try:
        file = PolicyFile.model_validate(tree.data, context={"layer": str(tree.data.get("layer"))})
    except ValidationError as problem:
        raise PolicyProblem(explain(error, tree) for error in problem.errors()) from None
    return Document(file, tree)
