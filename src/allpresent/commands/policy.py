"""`allpresent policy check FILE` and `allpresent policy show FILE`: a policy file, examined or read aloud."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.commands.policy_file import policy_file_text
from allpresent.commands.policy_text import policy_text
from allpresent.core.policy import Document, Finding, PolicyProblem, Severity, check, policy_on, read_policy
from allpresent.core.policy.library import packaged_versions, with_followed
from allpresent.core.policy.tree import read_tree


def add_parser(subparsers: Any) -> None:
    """Add `policy` to the command line."""
    parser = subparsers.add_parser("policy", description="Examine a policy file, or read it as people would.")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    checking = actions.add_parser("check", help="say where a policy is wrong, or disagrees with itself or the law")
    checking.add_argument("file", type=Path, metavar="FILE")
    checking.add_argument("--json", action="store_true", help="findings as JSON")
    showing = actions.add_parser("show", help="print the policy that holds on a day, every layer laid together")
    showing.add_argument("file", type=Path, metavar="FILE")
    showing.add_argument("--on", type=_day, metavar="DATE", help="the day (default: the first day in force)")


def run(args: argparse.Namespace) -> int:
    """Check or show the file. Returns 0, or 2 where the policy has errors; warnings do not stop it."""
    try:
        document = _read(args.file)
        if args.action == "show":
            print(_shown(document, args.file, args.on))
            return 0
        findings = check(document, lambda body: _versions(body, args.file))
    except PolicyProblem as problem:
        findings = problem.findings
    refused = any(finding.severity is Severity.ERROR for finding in findings)
    if getattr(args, "json", False):
        print(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        print(_report(findings), file=sys.stderr if refused else sys.stdout)
    return 2 if refused else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write year-month-day: 2025-09-01") from None


def _shown(document: Document, file: Path, day: date | None) -> str:
    layers = with_followed(document, lambda body: _versions(body, file))
    return policy_text(policy_on(day or document.file.in_force.from_, layers))


def _read(file: Path) -> Document:
    return read_policy(policy_file_text(file), str(file))


def _versions(body: str, file: Path) -> tuple[Document, ...]:
    """Every version of a body: those in files beside `file`, or else those of the package."""
    neighbours = sorted(other for other in file.parent.iterdir() if other.suffix in {".yaml", ".yml"})
    beside = tuple(_read(other) for other in neighbours if _id(other) == body)
    return beside or packaged_versions(body)


def _id(file: Path) -> object:
    """The id in a file, or None where it cannot be read: a neighbour's faults are not this file's."""
    try:
        return read_tree(policy_file_text(file), str(file)).data.get("id")
    except (PolicyProblem, CommandError):
        return None


_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Worth knowing"}


def _report(findings: Sequence[Finding]) -> str:
    """The findings by file and kind, and their number."""
    lines = []
    for (severity, file), group in groupby(sorted(findings, key=_place), key=_group):
        lines += [f"{_HEADINGS[severity]} in {file}", *(_entry(finding) for finding in group), ""]
    return "\n".join([*lines, _counts(findings)])


def _group(finding: Finding) -> tuple[Severity, str]:
    return finding.severity, finding.file


def _place(finding: Finding) -> tuple[int, str, int]:
    return list(Severity).index(finding.severity), finding.file, finding.line


def _entry(finding: Finding) -> str:
    setting = f"{finding.setting}: " if finding.setting else ""
    clauses = f" [{', '.join(finding.clauses)}]" if finding.clauses else ""
    then = f"\n    {finding.then}" if finding.then else ""
    return f"{finding.file}:{finding.line}: {setting}{finding.says}{clauses}{then}"


def _counts(findings: Sequence[Finding]) -> str:
    counted = Counter(finding.severity for finding in findings)
    words = (_number(counted[severity], severity.value) for severity in Severity)
    return ", ".join(words)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
