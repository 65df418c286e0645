"""One round of every pass, and of what waits to be sent. A failure is told and stops nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Event
from typing import Any

from allpresent.commands.passes import OF_EACH_SCHOOL, OF_THE_INSTALLATION, Pass

HERE = "installation"
"""What stands for a school's name where something is no school's."""


class Teller:
    """Says what was done, and what failed: a failure once, until it is another or is over."""

    def __init__(self) -> None:
        self.failing: dict[tuple[str, str], str] = {}

    def done(self, place: str, words: str) -> None:
        print(f"{place}: {words}", flush=True)

    def failed(self, place: str, what: str, error: Exception) -> None:
        words = f"{type(error).__name__}: {error}"
        if self.failing.get((place, what)) != words:
            print(f"{place}: {what}: {words}", file=sys.stderr, flush=True)
        self.failing[place, what] = words

    def over(self, place: str, what: str) -> None:
        self.failing.pop((place, what), None)


def go_round(tell: Teller) -> int:
    """Every pass once, at every school, and the heartbeat. Gives how many failed."""
    from django.db import close_old_connections

    from allpresent.messages.actions import beat
    from allpresent.schools.models import School
    from allpresent.shared import clock

    close_old_connections()
    failed = sum(_go(tell, one, HERE) for one in OF_THE_INSTALLATION)
    for school in School.objects.order_by("id").iterator():
        failed += sum(_go(tell, one, school.slug, school) for one in OF_EACH_SCHOOL)
    beat(failed=failed, now=clock.now())
    return failed


def _go(tell: Teller, one: Pass, place: str, *school: Any) -> bool:
    """Whether the pass failed."""
    from allpresent.shared import clock

    def dealt_with() -> None:
        if number := _function(one)(*school, now=clock.now()):
            tell.done(place, one.done.format(number))

    return not _safely(tell, place, one.failed, dealt_with)


def _function(one: Pass) -> Callable[..., int]:
    module, _, name = one.function.partition(":")
    found: Callable[..., int] = getattr(import_module(module), name)
    return found


def send_due(tell: Teller, stop: Event) -> int:
    """Send what is due everywhere, until there is none or until told to stop. Gives how many schools failed."""
    from allpresent.messages.queries import schools_due
    from allpresent.shared import clock

    due = schools_due(now=clock.now())
    return sum(not _send(tell, stop, school) for school in due if not stop.is_set())


def _send(tell: Teller, stop: Event, school: Any) -> bool:
    from allpresent.messages.outbox import Outbox
    from allpresent.shared import clock

    def send() -> None:
        with Outbox(school) as outbox:
            while not stop.is_set() and outbox.send_next(now=clock.now()):
                continue

    return _safely(tell, school.slug if school else HERE, "messages not sent", send)


def _safely(tell: Teller, place: str, what: str, do: Callable[[], None]) -> bool:
    """Do it, and tell where it failed. Whether it went well."""
    try:
        do()
    except Exception as error:
        tell.failed(place, what, error)
        return False
    tell.over(place, what)
    return True
