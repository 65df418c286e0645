"""Twenty-five past nine: Today's page where a tenth of 1,500 are missing, and what the clock asks of forty schools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain

from django.test import Client, override_settings

from allpresent.commands.rounds import Teller, go_round
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Pupil
from allpresent.schools.models import School
from allpresent.shared import clock
from bench.again import Asked, asker, cpu_of, listened
from bench.history import lay_down
from bench.world import World, settle

TIME = "09:25"
MISSING, ABSENT = 150, 5
"""Pupils missing at the large school when Today is opened; pupils absent at every school when the clock asks."""


def measured(world: World) -> dict[str, float]:
    """Each on a morning of its own: nobody missing, five at every school, a hundred and fifty at one."""
    nobody, few, many = world.mornings
    return {
        **_tick(world, nobody, [], "idle"),
        **_tick(world, few, list(chain.from_iterable(_pupils(school, ABSENT) for school in world.schools)), "absent"),
        **_today(world, many),
    }


def _today(world: World, day: date) -> dict[str, float]:
    _registers(day, _pupils(world.large, MISSING))
    client = Client(headers={"Host": "127.0.0.1"})
    client.cookies["allpresent_session"] = world.office

    def page() -> None:
        answer = client.get(f"/{world.large.slug}/")
        if answer.status_code != 200 or answer.content.count(b"Ashby") < MISSING:
            raise RuntimeError(f"Today answered {answer.status_code}: {answer.content[:400]!r}")

    with _at(day):
        page()
        ours, heard = _beside(page)
    return {"today_queries": len(heard), **_named("today", *ours)}


def _tick(world: World, day: date, absent: list[int], name: str) -> dict[str, float]:
    """A round of every pass, once what it found to do is done: in all, and at the large school alone."""
    _registers(day, absent)
    with _at(day):
        _round()
        (cpu, bare), heard = _beside(_round)
    schools = len(world.schools)
    return {
        **_named(f"tick_{name}", cpu, bare),
        f"tick_{name}_school_cpu_ms": cpu * 1000 / schools,
        f"tick_{name}_queries": len(heard) / schools,
    }


class _Quiet(Teller):
    """Says nothing of what was done."""

    def done(self, place: str, words: str) -> None:
        pass


def _round() -> None:
    if failed := go_round(_Quiet()):
        raise RuntimeError(f"{failed} passes failed")


def _beside(act: Callable[[], object]) -> tuple[tuple[float, float], list[Asked]]:
    """CPU seconds of doing it, and of the bare driver asking the same; with what was asked. It was done before."""
    with listened() as heard:
        act()
    return (cpu_of(act), cpu_of(asker(heard))), heard


def _named(name: str, cpu: float, bare: float) -> dict[str, float]:
    return {f"{name}_cpu_ms": cpu * 1000, f"{name}_bare_ms": bare * 1000, f"{name}_times_bare": cpu / bare}


def _registers(day: date, absent: list[int]) -> None:
    """The morning's registers of every school are in, and these pupils are N."""
    lay_down([(Session(day, Half.AM), None)], absent=absent or [0])
    settle()


def _pupils(school: School, number: int) -> list[int]:
    """Some pupils of a school, of every class."""
    ids = list(Pupil.objects.filter(school=school).order_by("forename", "id").values_list("id", flat=True))
    return ids[:: len(ids) // number][:number]


@contextmanager
def _at(day: date) -> Iterator[None]:
    """Twenty-five past nine of this day: the clock runs on from there."""
    with override_settings(CLOCK="", CLOCK_SET_AT=""):
        real: datetime = clock.now()
    with override_settings(CLOCK=f"{day} {TIME}", CLOCK_SET_AT=real.isoformat()):
        yield
