"""Policy files for tests: an invented school with nothing wrong, and ways to change one line of it."""

from pathlib import Path

from allpresent.core.policy import Document, packaged_versions, policy_on, read_policy, with_followed

CLEAN = Path(__file__).with_name("clean.yaml").read_text("utf-8")


def changed(find: str, put: str, text: str = CLEAN) -> tuple[str, int]:
    """The text with the one place that says `find` saying `put`, and the line of the change."""
    assert text.count(find) == 1, f"{find!r} stands {text.count(find)} times"
    return text.replace(find, put), text[: text.index(find)].count("\n") + 1


def packaged_file(body: str) -> Document:
    """The packaged policy file of a body."""
    (document,) = packaged_versions(body)
    return document


def policy_of(body: str):
    """The policy of a packaged body on its first day in force."""
    document = packaged_file(body)
    return policy_on(document.file.in_force.from_, with_followed(document))


def policy_from(text: str):
    """The policy of a file's text over the nation, on its first day in force."""
    document = read_policy(text, "test.yaml")
    return policy_on(document.file.in_force.from_, with_followed(document))
