"""Starting with the demonstration: the moment it shows, its registers made ready for it, and how to sign in."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from allpresent.demo.build import build, catch_up, is_demonstration, is_empty, last_act
from allpresent.demo.last_year import bring_in_last_year
from allpresent.demo.moment import Shown, moment_asked, moment_shown
from allpresent.demo.parents import demo_parents
from allpresent.demo.places import planned_year
from allpresent.demo.staff import log_ins, password
from allpresent.demo.stories.elsewhere import FARM, LINK, link_opens
from allpresent.shared import clock


def is_ours() -> bool:
    """Whether the database is the demonstration's to fill: empty, or filled by it before."""
    return is_empty() or is_demonstration()


def prepare(asked: str, *, say: Callable[[str], None]) -> Shown:
    """Choose the moment and make the registers ready for it. Raises BadMoment for one that cannot be shown."""
    shown = _shown(asked)
    if is_empty():
        say("Making the demonstration trust, once; it takes some seconds:")
        with transaction.atomic():
            build(shown.moment, say)
            bring_in_last_year(say)
    else:
        catch_up(shown.moment, lambda words: None)
    return shown


def _shown(asked: str) -> Shown:
    if asked:
        return moment_asked(clock.read_moment(asked), last_act())
    return moment_shown(clock.now(), planned_year().pupil_days, last_act())


def sign_in_words() -> str:
    """The log-ins as a table to read, place by place."""
    rows = log_ins()
    width = max(len(row.email) for row in rows)
    lines = [f"Every password is  {password()}"]
    place = ""
    for row in rows:
        if row.place != place:
            place = row.place
            lines.append(f"\n  {place}")
        lines.append(f"    {row.email:{width}}  {row.position}")
    lines.append("\n  Parents, at /family/, by a code that the page shows")
    lines += [f"    {parent.email:{width}}  {parent.school}" for parent in demo_parents()]
    lines += [f"\n  A provider, without signing in: {FARM}\n    /p/{LINK}/"] if link_opens(clock.now()) else []
    return "\n".join(lines)
