"""The page that describes the format knows every section, setting, word and rule."""

import re
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import BaseModel

from allpresent.core.policy import check, read_policy
from allpresent.core.policy.checks import RULES
from allpresent.core.policy.model.content import PolicyFile

PAGE = (Path(__file__).parents[3] / "docs/reference/policy-format.md").read_text("utf-8")
SAID = set(re.findall(r"`([^`\n]+)`", PAGE))


def types_in(annotation):
    """Every class that an annotation speaks of."""
    yield annotation
    for inner in get_args(annotation):
        yield from types_in(inner)


def parts(model, seen):
    """Every model and list of words that a policy file is made of."""
    for field in model.model_fields.values():
        for kind in types_in(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel | StrEnum) and kind not in seen:
                seen.add(kind)
                if issubclass(kind, BaseModel):
                    parts(kind, seen)
    return seen


ALL = parts(PolicyFile, {PolicyFile})


@pytest.mark.parametrize("model", sorted((p for p in ALL if issubclass(p, BaseModel)), key=lambda p: p.__name__))
def test_every_setting_is_on_the_page(model):
    assert {field.alias for field in model.model_fields.values()} <= SAID


@pytest.mark.parametrize("words", sorted((p for p in ALL if issubclass(p, StrEnum)), key=lambda p: p.__name__))
def test_every_word_is_on_the_page(words):
    assert {word.value for word in words} <= SAID


def test_every_rule_is_on_the_page():
    assert {rule.__name__.replace("_", "-") for rule in RULES} <= SAID


def test_the_small_example_is_a_policy():
    (example,) = [text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if text.startswith("format")]
    assert yaml.safe_load(example)["name"] == "Elm Lane School"
    assert {finding.rule for finding in check(read_policy(example, "example.yaml"))} == {"law-not-stated"}


EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WHOLE = next(text for text in EXAMPLES if text.startswith("format"))


@pytest.mark.parametrize("example", [text for text in EXAMPLES if text.split(":")[0] in {"windows", "thresholds"}])
def test_every_section_shown_can_stand_in_a_policy(example):
    text = WHOLE[: WHOLE.index("windows:")] + example if example.startswith("windows") else WHOLE + example
    said = {finding.rule for finding in check(read_policy(text, "example.yaml"))}
    assert said <= {"law-not-stated", "threshold-unused"}
