"""The checks: they see the real mistakes of two policies, they can fail, and they leave a clean policy alone."""

import pytest

from allpresent.core.policy import Severity, check, read_policy
from allpresent.core.policy.checks import RULES
from tests.core.case_data import cases
from tests.core.policy.policy_files import CLEAN, changed, packaged_file


@pytest.mark.parametrize("case", cases("policy_mistakes.toml", "mistake"))
def test_a_real_mistake_is_seen(case):
    said = [finding for finding in check(packaged_file(case["file"])) if finding.rule == case["rule"]]
    told = [finding for finding in said if case["says"] in finding.says]
    assert told, [finding.says for finding in said]
    assert "clause" not in case or any(case["clause"] in finding.clauses for finding in told)


@pytest.mark.parametrize("body", ["magnum-opus", "ogbourne", "excalibur"])
def test_a_real_policy_has_no_errors_and_every_finding_says_what_the_system_does(body):
    findings = check(packaged_file(body))
    assert findings
    assert all(finding.severity is not Severity.ERROR for finding in findings)
    assert all(finding.then and finding.line >= 1 and finding.file.endswith(".yaml") for finding in findings)


def test_a_clean_policy_raises_nothing():
    assert check(read_policy(CLEAN, "clean.yaml")) == ()


def said_of(case):
    """The rules that speak of the clean policy with the change, or both changes, of a case."""
    text, _ = changed(case["find"], case["put"])
    if "then_find" in case:
        text, _ = changed(case["then_find"], case["then_put"], text)
    return {finding.rule for finding in check(read_policy(text, "changed.yaml"))}


@pytest.mark.parametrize("case", cases("policy_rules.toml", "rule"))
def test_one_change_to_the_clean_policy_raises_one_rule(case):
    said = said_of(case)
    assert case["name"] in said
    assert said <= {case["name"], *case.get("also", [])}


@pytest.mark.parametrize("case", cases("policy_rules.toml", "clean"))
def test_what_a_lawful_policy_may_say_raises_nothing(case):
    assert said_of(case) == set()


def test_every_rule_has_a_change_that_raises_it():
    named = {case.values[0]["name"] for case in cases("policy_rules.toml", "rule")}
    assert {rule.__name__.replace("_", "-") for rule in RULES} == named
