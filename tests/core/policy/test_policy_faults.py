"""What is refused: each fault names file, line and setting, and says how to mend it."""

from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from allpresent.core.policy import PolicyProblem, Severity, check, packaged, read_policy
from tests.core.case_data import cases
from tests.core.policy.policy_files import CLEAN, changed


def refusals(text):
    """Every error of a policy file's text."""
    try:
        return [finding for finding in check(read_policy(text, "school.yaml")) if finding.severity is Severity.ERROR]
    except PolicyProblem as problem:
        return list(problem.findings)


@pytest.mark.parametrize("case", cases("policy_faults.toml", "fault"))
def test_a_fault_is_named_with_its_line_and_setting(case):
    base = CLEAN.replace("\nsetting:", "\n" + case.get("insert", "") + "setting:", 1)
    text, line = changed(case["find"], case["put"], base)
    line = case.get("line", line + case.get("lines_down", 0) - case.get("lines_up", 0))
    found = refusals(text)
    assert [(f.file, f.line, f.setting) for f in found if case["says"] in f.says] == [
        ("school.yaml", line, case["setting"])
    ], "\n".join(str(finding) for finding in found)


@pytest.mark.parametrize("opens", ["[", "{a: ", "- ", "? "], ids=ascii)
def test_what_nests_too_deep_is_refused(opens):
    [finding] = refusals("role: " * opens.startswith(("[", "{")) + opens * 100_000)
    assert "nested too deep" in finding.says


def key_marks(node, path=()):
    """Every key under a YAML node that the format fixes: its path, and the mark where it stands."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, key.value)
            if path[-1:] not in {("roles",), ("clauses",)}:
                yield here, key.start_mark
            yield from key_marks(value, here)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from key_marks(item, (*path, number))


FOLDER = files("allpresent.core.policy.files")
TEXTS = {document.tree.name: (FOLDER / document.tree.name).read_text("utf-8") for document in packaged()}
KEYS = [(name, path, mark) for name, text in TEXTS.items() for path, mark in key_marks(yaml.compose(text))]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KEYS))
def test_any_one_key_misspelt_is_named_with_its_line(key):
    name, path, mark = key
    text, end = TEXTS[name], mark.index + len(path[-1])
    with pytest.raises(PolicyProblem) as caught:
        read_policy(f"{text[:end]}q{text[end:]}", name)
    named = [(f.file, f.line) for f in caught.value.findings if f.setting.endswith(f"{path[-1]}q")]
    assert named == [(name, mark.line + 1)]


@pytest.mark.parametrize("document", packaged(), ids=lambda document: document.file.id)
def test_a_file_written_out_and_read_again_says_the_same(document):
    written = yaml.safe_dump(document.tree.data, allow_unicode=True, sort_keys=False)
    assert read_policy(written, "again.yaml").file == document.file


LINES = CLEAN.splitlines(keepends=True)


def lines_spoken_of(text):
    """The lines of what is said about the text, read or refused. Any other exception is a fault of ours."""
    try:
        found = check(read_policy(text, "any.yaml"))
    except PolicyProblem as problem:
        found = problem.findings
    return [finding.line for finding in found if finding.file == "any.yaml"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-[]{}#'\"&*!|>%@`,? \n\t\x07\u2028", max_size=40))
def test_any_text_is_read_or_refused_in_words(text):
    for whole in (text, "format: 1\nlayer: [a]\nid: a\nfollows: {b: c}\nwindows: " + text):
        assert all(1 <= line <= len(whole.splitlines()) + 1 for line in lines_spoken_of(whole))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["", "- a\n", "x: [y]\n", "  clause: {a: b}\n", "null\n"]))
def test_any_line_lost_or_replaced_is_read_or_refused_in_words(number, other):
    text = "".join([*LINES[:number], other, *LINES[number + 1 :]])
    assert all(1 <= line <= len(LINES) + 1 for line in lines_spoken_of(text))
