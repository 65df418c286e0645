"""What reads the files: DuckDB inside this process, or a Spark cluster. Both give the same tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import ibis
from ibis.expr.types import Table

from allpresent.warehouse.layout import FILE, MARKS, TABLES

MEMORY = "4GB"
"""What DuckDB may take before it writes to disk."""
SPILL = ".spill"
"""Where it then writes: beside the files, for those who may open them."""
PARTS = f"*/*/{FILE}"


class NotBuilt(Exception):
    """There is no warehouse in this folder."""


class Tables(NamedTuple):
    """The warehouse, as tables of Ibis: `year` and `school` first, the columns of layout.TABLES after."""

    marks: Table
    pupils: Table
    enrolments: Table
    memberships: Table
    characteristics: Table
    schools: Table


def on_duckdb(folder: Path, *, memory: str = MEMORY) -> Tables:
    """The warehouse in a folder, read by DuckDB in this process. Raises NotBuilt where there is none."""
    engine = ibis.duckdb.connect(
        memory_limit=memory, temp_directory=str(folder / SPILL), preserve_insertion_order=False
    )
    kept = {"hive_partitioning": True, "hive_types_autocast": False}
    return _tables(folder, lambda name: engine.read_parquet(str(folder / name / PARTS), table_name=name, **kept))


def on_spark(folder: Path, session: Any) -> Tables:
    """The warehouse in a folder that every worker can see, read by a session of Spark. Raises NotBuilt likewise."""
    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    engine = ibis.pyspark.connect(session)
    return _tables(folder, lambda name: engine.read_parquet(str(folder / name), table_name=name))


def spark_session(master: str = "") -> Any:
    """A session on the cluster named, such as spark://host:7077; by default, what Spark's own settings say."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("allpresent").config("spark.ui.showConsoleProgress", "false")
    return (builder.master(master) if master else builder).getOrCreate()


def _tables(folder: Path, read: Callable[[str], Table]) -> Tables:
    if not (folder / MARKS).is_dir():
        raise NotBuilt(f"There is no warehouse in {folder}.")
    return Tables(**{name: read(name).select("year", "school", *columns) for name, columns in TABLES.items()})
