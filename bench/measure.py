"""One measurement: one database with so many years behind it. Run as a process of its own, prints JSON.

`python -m bench.measure YEARS`, with ALLPRESENT_DATA and ALLPRESENT_DATABASE naming an empty place.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from bench import NOW

REPOSITORY = Path(__file__).resolve().parents[1]


class Sizes(NamedTuple):
    """How many sessions (of 42 registers each) every part takes."""

    warm: int
    bare: int
    rush: int
    together: int
    stages: int


FULL, QUICK = Sizes(1, 4, 10, 10, 6), Sizes(1, 2, 4, 4, 3)


def main(years: int, sizes: Sizes) -> dict:
    """Build, warm up, measure. Every part takes sessions that no other part has touched."""
    import django

    django.setup()

    from allpresent.commands.prepare import collect_static_files, make_tables
    from bench import bare, leaders, load, mornings, stages, world

    make_tables()
    collect_static_files()
    began = time.perf_counter()
    built = world.build(years)
    took = time.perf_counter() - began
    parts = dict(zip(Sizes._fields, _dealt(built.sessions, sizes), strict=True))
    of_mornings = mornings.measured(built)
    of_leaders = leaders.measured(built)
    driver = bare.write(built, parts["bare"])
    with _serving() as server:
        load.rush(server.port, load.registers(built, parts["warm"]), load.open_and_save)
        figures = _rush(server, load.registers(built, parts["rush"]), driver.cpu)
        waits = load.all_at_once(server.port, built, parts["together"])
    return {
        "years": years,
        "marks": world.marks_held(),
        "built_s": took,
        "bare_cpu_ms": driver.cpu * 1000,
        "bare_wall_ms": driver.wall * 1000,
        **figures,
        **of_mornings,
        **of_leaders,
        "save_p50_ms": median(waits) * 1000,
        "save_p99_ms": quantiles(waits, n=100)[-1] * 1000,
        "stages": stages.stages(load.registers(built, parts["stages"])),
    }


def _dealt(sessions, sizes: Sizes):
    left = iter(sessions)
    return [[next(left) for _ in range(size)] for size in sizes]


def _rush(server, wanted, bare_cpu: float) -> dict[str, float]:
    from bench import load
    from bench.cpu import Meter

    meter = Meter(server.process.pid)
    seconds = load.rush(server.port, wanted, load.open_and_save)
    both = meter.spent() / len(wanted)
    meter = Meter(server.process.pid)
    load.rush(server.port, wanted, load.open_register)
    opening = meter.spent() / len(wanted)
    return {
        "open_cpu_ms": opening * 1000,
        "save_cpu_ms": (both - opening) * 1000,
        "register_cpu_ms": both * 1000,
        "times_bare": both / bare_cpu,
        "registers_a_second": len(wanted) / seconds,
        "registers_a_second_two_cores": 2 / both,
    }


def _serving():
    from contextlib import contextmanager

    from allpresent.commands.run import server_command
    from tests.databases import Place
    from tests.server import Server

    class Production(Server):
        """The server as `allpresent run` starts it."""

        @property
        def command(self) -> list[str]:
            return server_command(self.port)

    @contextmanager
    def serving():
        place = Place(Path(os.environ["ALLPRESENT_DATA"]), os.environ["ALLPRESENT_DATABASE"])
        server = Production(place, now=NOW).start()
        try:
            yield server
        finally:
            server.stop()

    return serving()


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), QUICK if "--quick" in sys.argv else FULL)))
