"""Lays the layers over one another: nation below trust below school.

Rules of merging, in the words of docs/reference/policy-format.md:
a block over a block is merged setting by setting; a list over a list replaces it whole, unless the list has
a key (model.content.KEYS), when each group of items with one key replaces the lower layer's group; where the
lower block or group is locked, what it says stays, and the upper one may only add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allpresent.core.policy.agreement import agrees
from allpresent.core.policy.document import Document
from allpresent.core.policy.findings import Finding, Path, Severity, show_path
from allpresent.core.policy.model.base import ABOUT
from allpresent.core.policy.model.content import HEADER, KEYS, Content
from allpresent.core.policy.tree import Data
from allpresent.core.policy.values import parse_yes_no


@dataclass(frozen=True, slots=True)
class Place:
    """Where a setting was said: which document and at which path of it."""

    document: Document
    path: Path

    def finding(self, severity: Severity, rule: str, says: str, then: str = "") -> Finding:
        """A finding about what stands here."""
        tree = self.document.tree
        setting = show_path(self.path)
        return Finding(severity, rule, tree.name, self.line, setting, says, then, self.reasons)

    @property
    def data(self) -> Data:
        """What the document says here, as text."""
        return _at(self.document.tree.data, self.path)

    @property
    def line(self) -> int:
        """The line in the document's file, counted from 1."""
        return self.document.tree.line(self.path)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The clauses, or else the sources, of the nearest enclosing block that names any; or none."""
        for end in range(len(self.path), -1, -1):
            block = _at(self.document.tree.data, self.path[:end])
            setting = str(self.path[end]) if end < len(self.path) else ""
            ids = _ids(block, setting) if isinstance(block, dict) else None
            if ids:
                return (ids,) if isinstance(ids, str) else tuple(str(item) for item in ids)
        return ()


def _ids(block: dict[str, Data], setting: str) -> Data:
    """What a block gives as the reason of one of its settings: the setting's own clause, or the block's."""
    own = block.get("clauses")
    found = own.get(setting) if isinstance(own, dict) else None
    return found or block.get("clause") or block.get("source")


def _at(data: Data, path: Path) -> Data:
    """What stands at `path`; the path is one that the document has."""
    for part in path:
        data = data[str(part)] if isinstance(data, dict) else data[int(part)]  # type: ignore[index]
    return data


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of merged data and where it came from. `value` is text, nothing, or a list or dict of nodes."""

    value: str | list[Node] | dict[str, Node] | None
    place: Place

    @property
    def locked(self) -> bool:
        """Whether this block locks what it says."""
        if not isinstance(self.value, dict):
            return False
        lock = self.value.get("locked")
        return lock is not None and parse_yes_no(lock.value)


@dataclass(frozen=True, slots=True)
class Merged:
    """The sections of some layers laid over one another, and where each setting came from."""

    content: Content
    places: dict[Path, Place] = field(repr=False)
    breaches: tuple[tuple[Place, Place], ...] = ()
    """Where an upper layer speaks of what a lower one locked: (the lock, what was said over it)."""

    def place(self, path: Path) -> Place | None:
        """Where the setting at `path`, or the nearest thing that encloses it, was said."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path)

    def error(self, rule: str, path: Path, says: str) -> Finding:
        """An error about what stands at `path`, which somebody said."""
        place = self.place(path)
        assert place is not None, f"a section that is there has a place: {path}"
        return place.finding(Severity.ERROR, rule, says)

    def reasons(self, path: Path) -> tuple[str, ...] | None:
        """The reasons of the setting at `path`: of all its items, for a list of blocks. None: nobody says it."""
        place = self.place(path)
        if place is None:
            return None
        if place.reasons:
            return place.reasons
        items = (inner for at, inner in self.places.items() if at[:-1] == path)
        return tuple(dict.fromkeys(reason for inner in items for reason in inner.reasons))


def merge(documents: Iterable[Document]) -> Merged:
    """The sections of `documents`, lowest layer first, laid over one another.

    Raises pydantic's ValidationError if the layers, each valid, make an impossible block together.
    """
    breaches: list[tuple[Place, Place]] = []
    merged: dict[str, Node] = {}
    for document in documents:
        for section, data in document.tree.data.items():
            if section in HEADER:
                continue
            node = _node(data, Place(document, (section,)))
            merged[section] = _over(merged[section], node, section, breaches) if section in merged else node
    content = Content.model_validate({key: _plain(node) for key, node in merged.items()})
    places = {path: place for key, node in merged.items() for path, place in _places(node, (key,))}
    return Merged(content, places, tuple(breaches))


def _node(data: Data, place: Place) -> Node:
    def inner(key: str | int, value: Data) -> Node:
        return _node(value, Place(place.document, (*place.path, key)))

    if isinstance(data, dict):
        return Node({key: inner(key, value) for key, value in data.items()}, place)
    if isinstance(data, list):
        return Node([inner(number, value) for number, value in enumerate(data)], place)
    return Node(data, place)


def _over(lower: Node, upper: Node, name: str, breaches: list[tuple[Place, Place]]) -> Node:
    """`upper` laid over `lower`, both the value of a setting called `name`."""
    if name not in KEYS and isinstance(lower.value, dict) and isinstance(upper.value, dict):
        return _block_over(lower, upper, breaches)
    if name in KEYS:
        return Node(_groups_over(_items(lower), _items(upper), KEYS[name], breaches), upper.place)
    return upper


def _items(node: Node) -> list[Node]:
    """The items of a list, or the one item that stands alone."""
    if isinstance(node.value, list):
        return node.value
    return [] if node.value is None else [node]


def _block_over(lower: Node, upper: Node, breaches: list[tuple[Place, Place]]) -> Node:
    """A block over a block: setting by setting; a locked block's own settings stay."""
    assert isinstance(lower.value, dict)
    assert isinstance(upper.value, dict)
    found = dict(lower.value)
    for key, node in upper.value.items():
        if key not in found or key in {"clause", "clauses"}:
            found[key] = node
        elif not lower.locked:
            found[key] = _over(found[key], node, key, breaches)
        elif key not in ABOUT and not agrees(_plain(found[key]), _plain(node)):
            breaches.append((found[key].place, node.place))
    return Node(found, upper.place)


def _groups_over(lower: list[Node], upper: list[Node], key: str, breaches: list[tuple[Place, Place]]) -> list[Node]:
    """A keyed list over a keyed list: group by group; a locked group stays."""
    locks = {_key(node, key): node for node in lower if node.locked}
    spoken = {_key(node, key) for node in upper}
    kept = [node for node in lower if _key(node, key) not in spoken or _key(node, key) in locks]
    for node in upper:
        lock = locks.get(_key(node, key))
        if lock is None:
            kept.append(node)
        elif not agrees(_plain(lock), _plain(node)):
            breaches.append((lock.place, node.place))
    return kept


def _key(node: Node, key: str) -> str:
    """The value by which a list's items are grouped."""
    return str(node.value[key].value) if isinstance(node.value, dict) and key in node.value else ""


def _plain(node: Node) -> Data:
    if isinstance(node.value, dict):
        return {key: _plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(inner) for inner in node.value]
    return node.value


def _places(node: Node, path: Path) -> Iterator[tuple[Path, Place]]:
    yield path, node.place
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(node.value, list):
        for number, inner in enumerate(node.value):
            yield from _places(inner, (*path, number))
