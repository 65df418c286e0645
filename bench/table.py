"""The figures as a person reads them: ratios first, what they were made of beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

LINES = (
    ("a register opened and saved, times the bare driver", "times_bare", "{:.1f}"),
    ("   CPU of one register, ms", "register_cpu_ms", "{:.1f}"),
    ("   of which opening, ms", "open_cpu_ms", "{:.1f}"),
    ("   of which saving, ms", "save_cpu_ms", "{:.1f}"),
    ("   the bare driver's CPU for the same rows, ms", "bare_cpu_ms", "{:.2f}"),
    ("   the bare driver on the clock, ms", "bare_wall_ms", "{:.2f}"),
    ("registers a second that two cores could serve (2 / CPU)", "registers_a_second_two_cores", "{:.0f}"),
    ("registers a second seen, the visitors on the same cores", "registers_a_second", "{:.0f}"),
    ("a save while 42 save at once, median ms", "save_p50_ms", "{:.0f}"),
    ("a save while 42 save at once, p99 ms", "save_p99_ms", "{:.0f}"),
    ("   p99, times 42 bare saves in a row", "p99_times_queue", "{:.1f}"),
    ("Today, 1,500 pupils, 150 missing: queries", "today_queries", "{:.0f}"),
    ("   CPU, times the bare driver asking the same", "today_times_bare", "{:.1f}"),
    ("   CPU, ms", "today_cpu_ms", "{:.0f}"),
    ("   the bare driver's, ms", "today_bare_ms", "{:.1f}"),
    ("a tick of 40 schools, nobody absent: times the bare driver", "tick_idle_times_bare", "{:.1f}"),
    ("   CPU of a school, ms", "tick_idle_school_cpu_ms", "{:.0f}"),
    ("   CPU in all, ms", "tick_idle_cpu_ms", "{:.0f}"),
    ("   the bare driver's in all, ms", "tick_idle_bare_ms", "{:.1f}"),
    ("   queries of a school", "tick_idle_queries", "{:.0f}"),
    ("the same, five absent at each: times the bare driver", "tick_absent_times_bare", "{:.1f}"),
    ("   CPU of a school, ms", "tick_absent_school_cpu_ms", "{:.0f}"),
    ("   CPU in all, ms", "tick_absent_cpu_ms", "{:.0f}"),
    ("   the bare driver's in all, ms", "tick_absent_bare_ms", "{:.1f}"),
    ("   queries of a school", "tick_absent_queries", "{:.0f}"),
    ("a year of 1,500 on the dashboard: queries", "dashboard_queries", "{:.0f}"),
    ("   CPU, ms", "dashboard_cpu_ms", "{:.0f}"),
    ("   the bare driver's, ms", "dashboard_bare_ms", "{:.1f}"),
    ("the lists of every threshold: queries", "lists_queries", "{:.0f}"),
    ("   CPU, ms", "lists_cpu_ms", "{:.0f}"),
    ("the patterns: queries", "patterns_queries", "{:.0f}"),
    ("   CPU, ms", "patterns_cpu_ms", "{:.0f}"),
    ("a question told apart by two things: queries", "ask_queries", "{:.0f}"),
    ("   CPU, ms", "ask_cpu_ms", "{:.0f}"),
    ("the same, pupil by pupil: queries", "pupils_queries", "{:.0f}"),
    ("   CPU, ms", "pupils_cpu_ms", "{:.0f}"),
    ("a trust of 40 schools: queries", "trust_queries", "{:.0f}"),
    ("   CPU, ms", "trust_cpu_ms", "{:.0f}"),
    ("marks behind it", "marks", "{:,.0f}"),
)
GROWTH = (
    ("CPU of a register", "register_cpu_ms"),
    ("the same beside the bare driver", "times_bare"),
    ("CPU of Today", "today_cpu_ms"),
    ("CPU of the dashboard", "dashboard_cpu_ms"),
    ("CPU of a tick, nobody absent", "tick_idle_cpu_ms"),
    ("CPU of a tick, five absent", "tick_absent_cpu_ms"),
)
TEACHERS = 42
WIDTH = 62


def drawn(results: Sequence[dict[str, Any]]) -> str:
    """Every result in a column, then how each grows with history, then where the time goes."""
    for result in results:
        result["p99_times_queue"] = result["save_p99_ms"] / (result["bare_wall_ms"] * TEACHERS)
    return "\n".join([*_figures(results), "", *_growth(results), "", *_stages(results[0])])


def _figures(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    heads = (f"{result['database']}, {result['years']}y" for result in results)
    yield " " * WIDTH + "".join(f"{head:>14}" for head in heads)
    for name, key, form in LINES:
        yield f"{name:<{WIDTH}}" + "".join(f"{form.format(result[key]):>14}" for result in results)


def _growth(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    for few, many in pairwise(results):
        if few["database"] == many["database"]:
            for name, key in GROWTH:
                title = f"{few['database']}, {few['years']} to {many['years']} years: {name}, times"
                yield f"{title:<{WIDTH}}{many[key] / few[key]:>14.2f}"


def _stages(result: dict[str, Any]) -> Iterator[str]:
    yield f"Where the CPU goes ({result['database']}, {result['years']}y, in one process, without a network):"
    for act, shares in result["stages"].items():
        for stage, share in shares.items():
            yield f"   {act:<6}{stage:<{WIDTH - 9}}{share:>14.0%}"
