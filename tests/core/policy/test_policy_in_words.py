"""The whole policy in words: nothing that a file says is left out, and each statement names who says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel

from allpresent.core.policy.in_words import NOT_SHOWN, sections
from allpresent.core.policy.layers import policy_on
from allpresent.core.policy.library import packaged_versions, with_followed
from allpresent.core.policy.model.base import Block

DAY = date(2026, 9, 15)


def policy(name: str):
    (document,) = packaged_versions(name)
    return policy_on(DAY, with_followed(document))


def blocks(value: object) -> Iterator[Block]:
    """Every block in a value, however deep."""
    if isinstance(value, Block):
        yield value
    if isinstance(value, BaseModel):
        value = tuple(item for _, item in value)
    if isinstance(value, dict):
        value = tuple(value.values())
    for item in value if isinstance(value, tuple) else ():
        yield from blocks(item)


@pytest.mark.parametrize("name", ["magnum-opus", "ogbourne"])
def test_every_statement_is_there_with_its_clause_or_source(name):
    held = policy(name)
    shown = {value for section in sections(held) for line in section.lines for value in line.clauses}
    said = {
        value
        for field, section in held.content
        if field not in NOT_SHOWN
        for block in blocks(section)
        for value in block.clause or block.source
    }

    assert said - shown == set()
    assert len(said) > 40


def test_what_is_unconfirmed_says_so():
    lines = [line for section in sections(policy("magnum-opus")) for line in section.lines]

    assert any("not" in line.unconfirmed for line in lines)


def test_times_days_and_lists_read_as_people_write_them():
    words = {section.title: [line.words for line in section.lines] for section in sections(policy("magnum-opus"))}

    assert words["Windows"][0] == "AM: opens 9:30; closes 10:00; on time until 9:30"
    assert "Next Review Data: on 1 September 2026" in words["Review"]
    assert any(line.startswith("contact parent; through phone") for line in words["Calling"])
