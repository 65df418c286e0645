"""A policy file as plain data in which every setting knows its line.

YAML's own guesses are switched off: every scalar is read as the text it is, so an unquoted `9:30` is not a
number in base sixty, `no` is not a truth value and `2025-09-01` is not a date object. The models interpret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml  # type: ignore[import-untyped]

from allpresent.core.policy.findings import Path, PolicyProblem, show_path
from allpresent.core.policy.unreadable import unreadable

LONGEST = 500_000
"""The most characters that a policy file may have: some twenty times a long one."""
DEEPEST = 50
"""The most settings that may stand one within the other: some ten times what a policy needs."""

_TOO_LONG = (
    f"this file has more than {LONGEST:,} characters; no policy is so long. A policy file is the settings, written "
    "in YAML, not the document itself"
)
_NO_SETTINGS = (
    "this file holds no settings; a policy file is YAML, one `key: value` on a line, and starts with `format: 1`"
)
_TOO_DEEP = "this is not readable YAML: brackets are nested too deep"
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGINS = (
    yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken,
)  # fmt: skip
_ENDS = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)

Data = str | None | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's data and the 1-based line of each path in it. `name` is the file's name, for messages."""

    name: str
    data: dict[str, Data]
    lines: Mapping[Path, int] = field(repr=False)

    def line(self, path: Path) -> int:
        """The line of the setting at `path`, or of the nearest thing that encloses it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every scalar in the file, with its path, in file order."""
        yield from texts_in(self.data)


def texts_in(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every scalar under `data`, with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts_in(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from texts_in(value, (*path, number))
    elif data is not None:
        yield path, data


def read_tree(text: str, name: str) -> Tree:
    """The data of one policy file. `name` is used in messages only.

    Raises PolicyProblem for text that is not YAML, a repeated key, an alias, a file too long to be a policy,
    or one that is not a mapping of settings.
    """
    if len(text) > LONGEST:
        raise PolicyProblem.single(name, 1, "", _TOO_LONG)
    root = _root(text, name)
    lines: dict[Path, int] = {(): 1}
    data = _plain(root, (), name, lines) if root is not None else None
    if not isinstance(data, dict):
        raise PolicyProblem.single(name, 1, "", _NO_SETTINGS)
    return Tree(name, data, lines)


def _root(text: str, name: str) -> yaml.Node | None:
    """What the text is made of. Where the quick reader refuses it, the plain one, whose reasons we know, says why."""
    try:
        return _read(text, name, _QUICK)
    except (yaml.YAMLError, UnicodeEncodeError):
        pass
    try:
        return _read(text, name, yaml.SafeLoader)
    except yaml.YAMLError as problem:
        raise unreadable(problem, text, name) from None


def _read(text: str, name: str, loader: type) -> yaml.Node | None:
    _look_through(text, name, loader)
    return yaml.compose(text, Loader=loader)


def _look_through(text: str, name: str, loader: type) -> None:
    """Raises PolicyProblem for an alias of YAML's, which would hide a line, and where more nests than can be read."""
    depth = 0
    for token in yaml.scan(text, Loader=loader):
        depth += isinstance(token, _BEGINS) - isinstance(token, _ENDS)
        if isinstance(token, yaml.AliasToken):
            says = f"the alias *{token.value} is not allowed; write the setting out, so that it has its own clause"
            raise PolicyProblem.single(name, token.start_mark.line + 1, "", says)
        if depth > DEEPEST:
            raise PolicyProblem.single(name, token.start_mark.line + 1, "", _TOO_DEEP)


def _plain(node: yaml.Node, path: Path, name: str, lines: dict[Path, int]) -> Data:
    """The node as plain data; notes the line of every path under it."""
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, name, lines)
    if isinstance(node, yaml.SequenceNode):
        found: list[Data] = []
        for number, item in enumerate(node.value):
            lines[(*path, number)] = item.start_mark.line + 1
            found.append(_plain(item, (*path, number), name, lines))
        return found
    text = str(node.value)
    return None if node.style is None and text in {"", "~", "null"} else text


def _mapping(node: yaml.MappingNode, path: Path, name: str, lines: dict[Path, int]) -> dict[str, Data]:
    """A mapping node as a dict of text keys. Raises PolicyProblem for a key written twice."""
    found: dict[str, Data] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise PolicyProblem.single(name, line, show_path(path), "a key is plain text, as in `key: value`")
        key = str(key_node.value)
        here = (*path, key)
        if key in found:
            raise PolicyProblem.single(
                name,
                line,
                show_path(here),
                f"'{key}' is written twice, first on line {lines[here]}; keep one, or make it a list",
            )
        lines[here] = line
        found[key] = _plain(value_node, here, name, lines)
        if found[key] in (None, ""):
            raise PolicyProblem.single(
                name, line, show_path(here), f"nothing stands after '{key}:'; give it a value, or take the key out"
            )
    return found
