"""What every part of a policy file shares: no unknown keys, and a clause or a source on every block."""

from __future__ import annotations

from typing import Any, Self, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from allpresent.core.policy.values import Words, YesNo, as_list

# The settings of a block that say who says it, not what it says.
ABOUT = frozenset({"clause", "clauses", "elsewhere", "source", "unconfirmed", "locked", "note"})


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """A piece of a block. Keys are written with hyphens; a key the format does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_kebab)

    @model_validator(mode="before")
    @classmethod
    def _items_alone(cls, data: object) -> object:
        """Where a list is wanted, one item may stand alone."""
        if not isinstance(data, dict):
            return data
        lists = {field.alias for field in cls.model_fields.values() if get_origin(field.annotation) is tuple}
        return {key: as_list(value) if key in lists else value for key, value in data.items()}


class Block(Part):
    """A statement that stands on its own: it names the clause that says it, or for the nation its source.

    `clauses` gives single settings of the block clauses of their own; `elsewhere` holds what other paragraphs
    of the document say differently, each with its clause; `unconfirmed` says why a fact is not yet certain;
    `locked` stops the layers above from changing it.
    """

    clause: Words = ()
    clauses: dict[str, Words] = Field(default_factory=dict)
    elsewhere: tuple[dict[str, Any], ...] = ()
    source: Words = ()
    unconfirmed: str | None = None
    locked: YesNo = False
    note: str | None = None

    @model_validator(mode="after")
    def _says_where(self, info: ValidationInfo) -> Self:
        layer = (info.context or {}).get("layer")
        if layer == "nation" and not self.source:
            raise ValueError("this needs a source: the regulation or paragraph that says it")
        if layer in {"trust", "school"} and not self.clause:
            raise ValueError("this needs a clause: the number of the policy's paragraph that says it")
        return self

    @model_validator(mode="after")
    def _speaks_of_itself(self) -> Self:
        known = {field.alias for field in type(self).model_fields.values()}
        for key in (*self.clauses, *(key for other in self.elsewhere for key in other)):
            if key not in known:
                raise ValueError(f"clauses or elsewhere speaks of '{key}', which is not a setting of this block")
        if any("clause" not in other for other in self.elsewhere):
            raise ValueError("each statement under `elsewhere` needs its own clause")
        return self
