"""What is said about a policy file: problems that stop it, and warnings that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """Errors stop a policy. Warnings and notes are for people to settle; the system goes on as it says."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one place of one file.

    `rule` names the check; `setting` is the dotted path; `says` is what is wrong or disagrees;
    `then` is what the system does meanwhile (or, for an error, how to mend it).
    """

    severity: Severity
    rule: str
    file: str
    line: int
    setting: str
    says: str
    then: str = ""
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        setting = f"{self.setting}: " if self.setting else ""
        clauses = f" [{', '.join(self.clauses)}]" if self.clauses else ""
        then = f" {self.then}" if self.then else ""
        return f"{self.file}:{self.line}: {setting}{self.says}{clauses}{then}"


class PolicyProblem(ValueError):
    """A policy file that cannot be used. `findings` holds every reason, each with file, line and setting."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    @classmethod
    def single(cls, file: str, line: int, setting: str, says: str, rule: str = "format") -> PolicyProblem:
        """A problem with one reason."""
        return cls((Finding(Severity.ERROR, rule, file, line, setting, says),))


def show_path(path: Path) -> str:
    """A path as people write it, items counted from one: windows[1].closes closes the first window."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
