"""A chance is said on its own page, and read by nothing that writes, lists or sends (docs/adr/0014)."""

from pathlib import Path

import allpresent

SOURCE = Path(allpresent.__file__).parent
MAY_READ = {"figures/chances.py", "figures/chances_pages.py", "figures/chances_views.py"}


def test_nothing_reads_a_chance_but_its_own_page():
    readers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "allpresent.core.chances" in path.read_text(encoding="utf-8") and "core/chances" not in path.as_posix()
    }
    assert readers == MAY_READ


def test_what_works_chances_out_is_read_by_that_page_alone():
    names = ("from allpresent.figures.chances ", "from allpresent.figures.chances_pages ")
    readers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if any(name in path.read_text(encoding="utf-8") for name in names)
    }
    assert readers == MAY_READ - {"figures/chances.py"}
