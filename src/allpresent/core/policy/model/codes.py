"""The setting's own list of attendance codes, in its order, headings and wording; and the law's limits."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from allpresent.core.policy.model.base import Block, Part
from allpresent.core.policy.model.words import CountsAs
from allpresent.core.policy.values import Words


class CodeWords(Part):
    """One code, and the setting's own words for it; without words it goes by its national name."""

    code: str
    words: str | None = None
    scenario: str | None = None


def _from_letter(value: object) -> object:
    """A bare letter is a code in national words."""
    return {"code": value} if isinstance(value, str) else value


Listed = Annotated[CodeWords, BeforeValidator(_from_letter)]


class CodeGroup(Block):
    """A heading of the setting's code list. `counts-as` where the document says so."""

    heading: str
    counts_as: CountsAs | None = None
    codes: tuple[Listed, ...]


class CodeClaim(Block):
    """What another paragraph says about some codes: how they count, or how one is worded."""

    codes: Words
    counts_as: CountsAs | None = None
    words: str | None = None


class CodeLimit(Block):
    """Words that would make a code wider than the law allows, as a pattern, and what the law says instead."""

    code: str
    wider: str
    law: str

    @model_validator(mode="after")
    def _is_pattern(self) -> Self:
        try:
            re.compile(self.wider)
        except re.error as problem:
            raise ValueError(f"`wider` is not a pattern that can be searched for: {problem}") from None
        return self


class Codes(Block):
    """The code list: `groups` in the setting's order, `claims` made elsewhere, and the nation's `limits`."""

    groups: tuple[CodeGroup, ...] = ()
    claims: tuple[CodeClaim, ...] = ()
    limits: tuple[CodeLimit, ...] = ()
