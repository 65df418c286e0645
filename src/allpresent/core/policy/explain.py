"""Turns a validation error into a plain sentence with file, line and setting."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from allpresent.core.policy.findings import Finding, Path, Severity, show_path
from allpresent.core.policy.model.content import PolicyFile
from allpresent.core.policy.tree import Data, Tree


def explain(error: ErrorDetails, tree: Tree) -> Finding:
    """The finding that says what `error` means in the file `tree`, and how to mend it."""
    path = _within(tree.data, error["loc"])
    return Finding(
        Severity.ERROR, "format", tree.name, tree.line(path), show_path(path), _sentence(error, path),
    )  # fmt: skip


def _within(data: Data, loc: Path) -> Path:
    """The part of `loc` that the file really has: a single item read as a list has no number in the file."""
    path: Path = ()
    for part in loc:
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            continue
        path = (*path, part)
    return path


def _sentence(error: ErrorDetails, path: Path) -> str:
    """What is wrong, what was expected, and how to mend it."""
    kind, given = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "missing":
        return f"`{error['loc'][-1]}` is missing; add it"
    if kind in {"enum", "literal_error"}:
        return _not_a_choice(str(given), str(error["ctx"]["expected"]))
    if kind == "value_error":
        return str(error["ctx"]["error"])
    return _wrong_kind(kind, given)


_KINDS = {
    "int": "a whole number",
    "bool": "yes or no",
    "tuple": "a list, each item on a line that starts with a dash",
    "string": "text",
    "model": "a block of settings, each as `key: value`",
    "dict": "a block of settings, each as `key: value`",
}


def _wrong_kind(kind: str, given: object) -> str:
    """For a value of the wrong kind: what was expected."""
    expected = _KINDS.get(kind.partition("_")[0], "something else")
    shown = f"'{given}'" if isinstance(given, str) else "nothing" if given is None else "a block or a list"
    return f"{shown} stands here; expected {expected}"


def _unknown_key(path: Path) -> str:
    """For a key that the format does not know, with the nearest that it does."""
    known = known_keys(path[:-1])
    near = did_you_mean(str(path[-1]), known)
    return f"'{path[-1]}' is not a setting of this block{near or '; it knows ' + ', '.join(known)}"


_USUAL = {
    "sms": "text", "call": "phone", "post": "letter", "postal": "letter", "home-visit": "visit",
    "morning": "AM", "afternoon": "PM", "academy": "school", "mat": "trust", "national": "nation",
    "every-day": "each-day", "daily": "each-day", "unauthorised": "unauthorised-absence", "ehcp": "ehc-plan",
    "lac": "child-in-care", "cla": "child-in-care", "pupil-premium": "disadvantaged", "fine": "penalty-notice",
}  # fmt: skip
"""What schools often say instead of the format's own words."""


def _not_a_choice(given: str, expected: str) -> str:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    usual = _USUAL.get(given.lower().replace(" ", "-"))
    near = f"; did you mean '{usual}'?" if usual in choices else did_you_mean(given, choices)
    return f"'{given}' is not one of: {', '.join(choices)}{near}"


def did_you_mean(word: str, known: list[str]) -> str:
    """'; did you mean ...?' with the nearest known word, or nothing."""
    near = get_close_matches(word.lower(), known, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def known_keys(path: Path) -> list[str]:
    """The keys that the block at `path` of a policy file may have."""
    model: type[BaseModel] = PolicyFile
    for part in path:
        for name, field in model.model_fields.items():
            if (field.alias or name) == part:
                model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The block model that a field's annotation speaks of, inside any list, mapping or option."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)
