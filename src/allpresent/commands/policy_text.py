"""The policy of one day as people would read it."""

from __future__ import annotations

from collections.abc import Iterator

from allpresent.core.policy import Policy
from allpresent.core.policy.in_words import Line, sections


def policy_text(policy: Policy) -> str:
    """Every section in force on the policy's day, each statement with its clause or source; then the codes."""
    names = ", over ".join(f"{layer.file.name} ({layer.tree.name})" for layer in reversed(policy.layers))
    head = [
        f"{policy.name}: the policy on {policy.day:%A} {policy.day.day} {policy.day:%B %Y}",
        f"Made of {names}.",
        "",
    ]
    return "\n".join([*head, *_sections(policy), *_codes(policy)])


def _sections(policy: Policy) -> Iterator[str]:
    for section in sections(policy):
        yield section.title
        yield from (_line(line) for line in section.lines if line.words)
        yield ""


def _line(line: Line) -> str:
    clauses = f" [{', '.join(line.clauses)}]" if line.clauses else ""
    doubt = f" (not yet confirmed: {line.unconfirmed})" if line.unconfirmed else ""
    return f"{'  ' * (line.depth + 1)}{line.words}{clauses}{doubt}"


def _codes(policy: Policy) -> Iterator[str]:
    yield "Codes"
    heading = None
    for listed in policy.code_list.values():
        if listed.heading != heading:
            heading = listed.heading
            yield f"  {heading} [{', '.join(listed.clauses)}]"
        yield f"    {listed.code:<3}{listed.words}"
