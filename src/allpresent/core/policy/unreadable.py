"""What to say of text that is not YAML: which line, and what people usually did there."""

from __future__ import annotations

import yaml  # type: ignore[import-untyped]

from allpresent.core.policy.findings import PolicyProblem


def unreadable(problem: Exception, text: str, name: str) -> PolicyProblem:
    """The problem of a file whose `text` YAML's reader refused with `problem`."""
    if isinstance(problem, yaml.reader.ReaderError):
        return _bad_character(problem, text, name)
    mark, reason = _where(problem), str(getattr(problem, "problem", None) or "it cannot be parsed")
    return PolicyProblem.single(name, mark + 1, "", f"this is not readable YAML: {_help(reason, text, mark)}")


def _where(problem: Exception) -> int:
    """The line, from 0, of a slip: where the bracket or quote began, if one was left open."""
    place, began = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    if str(getattr(problem, "context", "")).startswith(("while parsing a flow", "while scanning a quoted")):
        place = began or place
    return int(place.line) if place else 0


def _bad_character(problem: yaml.reader.ReaderError, text: str, name: str) -> PolicyProblem:
    """For a character that no text should hold."""
    line = text.count("\n", 0, problem.position) + 1
    windows = 0x80 <= problem.character < 0xA0
    says = (
        "a quotation mark or dash was saved in the Windows-1252 encoding; save the file as UTF-8"
        if windows
        else f"a character here (hexadecimal {problem.character:x}) cannot be shown; delete it and save as plain text"
    )
    return PolicyProblem.single(name, line, "", says)


_SLIPS = {
    "another document": "a second `---` starts another document; keep one policy in one file",
    "mapping values are not allowed": "a second colon on this line, or it is indented too far; text with a colon in "
    "it needs quotes",
    "expected ',' or": "the bracket that opens here is not closed, or a comma is missing in it; text with a colon or "
    'a quote in it needs quotes, and so does the code "#"',
    "expected <block end>": "this does not fit what stands above it: the lines of one block, and the dashes of one "
    "list, start in one column; a quote inside quoted text is written by the other kind of quote",
    "expected the node content": "a bracket here or a few lines above is not closed; the code # goes in quotes: YAML "
    "takes the rest of the line for a comment",
    "escape character": "a backslash stands in double quotes; use single quotes: '\\'",
    "end of stream": "the quotation mark that opens here is not closed",
    "cannot start any token": "this value starts with a sign that YAML keeps for itself; put it in quotes",
}


def _help(reason: str, text: str, number: int) -> str:
    """The reason in plain words where the slip is an ordinary one, or else as the reader gave it."""
    lines = text.splitlines()
    if any("\t" in line for line in lines[max(0, number - 1) : number + 1]):
        return "there is a tab on this line or the one above; indent with spaces"
    known = next((words for slip, words in _SLIPS.items() if slip in reason), None)
    return known or f"{reason}; look for a missing colon or quote, or uneven indentation, here or a line above"
