"""A chance is said on its own page, and read by nothing that writes, lists or sends (docs/adr/0014)."""

from pathlib import Path

import allpresent

SOURCE = Path(allpresent.__file__).parent
PAGE = {
    f"figures/{name}.py" for name in ("chances", "chances_before", "chances_known", "chances_pages", "chances_views")
}
ADDRESSES = "figures/urls.py"


def readers_of(*words: str) -> set[str]:
    """The files outside `core/chances` that have one of these words."""
    found = (path for path in SOURCE.rglob("*.py") if any(word in path.read_text(encoding="utf-8") for word in words))
    return {path.relative_to(SOURCE).as_posix() for path in found if path.parent.name != "chances"}


def test_nothing_reads_a_chance_but_its_own_page():
    assert readers_of("allpresent.core.chances", "core import chances") == PAGE


def test_nothing_reads_that_page_but_its_address():
    words = [f"allpresent.{name.removesuffix('.py').replace('/', '.')} import" for name in PAGE]
    assert readers_of(*words, "import chances_views") <= PAGE | {ADDRESSES}
