"""`python -m bench.scale`: a year of marks summed by our measures, beside the engine's own scan and group of its files.

The marks are invented in England's proportions (`allpresent simulate`), in the files of the warehouse. What is asked:
the figure of every enrolment, and of those DfE's bands and the figure of every school. The engine alone counts the
sessions by school, pupil and code. One process a size, so that each has its own peak of memory. Then the smallest
size on Spark, on two workers, with what starting costs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).resolve().parents[1]
PUPILS = (100_000, 300_000, 1_000_000)
TIMES = 3
CLUSTER = "local-cluster[2,1,4096]"
FIRST, LAST = date(2024, 9, 1), date(2025, 7, 31)
BARE = """SELECT count(*), sum(sessions) FROM (SELECT school, pupil, code, count(*) AS sessions
FROM read_parquet('{files}', hive_partitioning = true, hive_types_autocast = false) GROUP BY ALL)"""
LINES = (
    ("marks", "marks", "{:,.0f}"),
    ("Parquet, MB", "megabytes", "{:,.0f}"),
    ("our measures, times the engine's own scan and group", "times_bare", "{:.2f}"),
    ("   the same by CPU", "times_bare_cpu", "{:.2f}"),
    ("   our measures, s", "ours_s", "{:.1f}"),
    ("   the engine alone, s", "bare_s", "{:.1f}"),
    ("   million marks a second, ours", "million_a_second", "{:.0f}"),
    ("   peak memory, GiB", "peak_gib", "{:.1f}"),
)
WIDTH = 56


def main() -> int:
    asked = _arguments()
    if asked.measure:
        print(json.dumps(measured(asked.measure) if asked.engine == "duckdb" else on_spark(asked.measure)))
        return 0
    results = list(_results(asked.pupils, asked.spark))
    print(drawn(results))
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--pupils", nargs="+", type=int, default=PUPILS, metavar="N")
    parser.add_argument("--no-spark", dest="spark", action="store_false", help="DuckDB alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--engine", default="duckdb", help=argparse.SUPPRESS)
    return parser.parse_args()


def _results(sizes: Sequence[int], spark: bool) -> Iterator[dict[str, Any]]:
    """Each size in a folder that is thrown away; the first on Spark too."""
    for number, pupils in enumerate(sizes):
        folder = Path(tempfile.mkdtemp(prefix="allpresent-scale-"))
        try:
            _say(f"{pupils:,} pupils: inventing a year of marks ...")
            _run("allpresent.cli", "simulate", "--pupils", str(pupils), "--to", str(folder / "warehouse"))
            _say(f"{pupils:,} pupils: counting ...")
            result = {"pupils": pupils} | _in_a_process(folder / "warehouse", "duckdb")
            if spark and number == 0:
                _say(f"{pupils:,} pupils: counting on Spark ...")
                result["spark"] = _in_a_process(folder / "warehouse", "spark")
            yield result
        finally:
            shutil.rmtree(folder)


def _in_a_process(folder: Path, engine: str) -> dict[str, Any]:
    return json.loads(_run("bench.scale", "--measure", str(folder), "--engine", engine))


def _run(module: str, *arguments: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "allpresent.config.settings"}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-4000:]}")
    return done.stdout


def measured(folder: Path) -> dict[str, Any]:
    """Ours and the engine alone in turn, in this process, on the same files."""
    _start()
    import duckdb

    from allpresent.warehouse.engines import MEMORY, PARTS, on_duckdb

    engine = duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False})
    bare = BARE.format(files=folder / "marks" / PARTS)
    tables = on_duckdb(folder)
    alone, ours = [], []
    for _ in range(TIMES):
        alone.append(_spent(lambda: engine.execute(bare).fetchall()))
        ours.append(_spent(lambda: _ours(tables)))
    bare_s, ours_s = (median(one.seconds for one in spent) for spent in (alone, ours))
    marks = engine.execute(bare).fetchone()[1]
    return {
        "marks": int(marks),
        "megabytes": sum(path.stat().st_size for path in (folder / "marks").rglob("*.parquet")) / 1e6,
        "ours_s": ours_s,
        "bare_s": bare_s,
        "times_bare": ours_s / bare_s,
        "times_bare_cpu": median(one.cpu for one in ours) / median(one.cpu for one in alone),
        "million_a_second": marks / ours_s / 1e6,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    }


def on_spark(folder: Path) -> dict[str, float]:
    """The same expressions on two workers: what starting costs, the first answer and the second."""
    _start()
    from pyspark.sql import SparkSession

    from allpresent.warehouse.engines import on_spark as tables_on_spark

    began = time.perf_counter()
    settings = {"spark.executor.memory": "4g", "spark.sql.shuffle.partitions": "8", "spark.ui.enabled": "false"}
    session = SparkSession.builder.master(CLUSTER).appName("allpresent-bench").config(map=settings).getOrCreate()
    session.range(1).count()
    started = time.perf_counter() - began
    tables = tables_on_spark(folder, session)
    first, second = (_spent(lambda: _ours(tables)).seconds for _ in range(2))
    session.stop()
    return {"starting_s": started, "first_s": first, "second_s": second}


def _start() -> None:
    import django

    django.setup()


def _ours(tables: Any) -> int:
    from allpresent.warehouse.dimensions import answer

    return answer(tables, ["school"], FIRST, LAST).to_pyarrow().num_rows


class Spent(NamedTuple):
    """What something took, on the clock and of all cores together."""

    seconds: float
    cpu: float


def _spent(work: Callable[[], object]) -> Spent:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - began, time.process_time() - cpu)


def drawn(results: Sequence[dict[str, Any]]) -> str:
    """Every size in a column, then how it grows, then Spark."""
    return "\n".join([*_figures(results), "", *_growth(results), "", *_spark(results[0])])


def _figures(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    heads = (f"{result['pupils']:,} pupils" for result in results)
    yield " " * WIDTH + "".join(f"{head:>18}" for head in heads)
    for name, key, form in LINES:
        yield f"{name:<{WIDTH}}" + "".join(f"{form.format(result[key]):>18}" for result in results)


def _growth(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """How much dearer a mark is among more of them."""
    for few, many in pairwise(results):
        title = f"{few['pupils']:,} to {many['pupils']:,} pupils: time of a mark, times"
        yield f"{title:<{WIDTH}}{many['ours_s'] / many['marks'] / (few['ours_s'] / few['marks']):>18.2f}"


def _spark(result: dict[str, Any]) -> Iterator[str]:
    if spark := result.get("spark"):
        yield f"Spark, two workers, {result['pupils']:,} pupils: starting {spark['starting_s']:.1f} s, "
        yield f"the first answer {spark['first_s']:.1f} s, the second {spark['second_s']:.1f} s"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
