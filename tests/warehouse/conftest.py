"""Spark: one cluster of two workers for all tests. Without Java its tests are set aside, and the summary says so;
where CI is true they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

JAVA = shutil.which("java")
LACKING = "Java was not found on the PATH: the measures were not run on Spark."
CLUSTER = "local-cluster[2,1,1024]"
"""Two workers of one core and 1 GB, each a process of its own, as on two machines."""
QUICKLY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(LACKING in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.section("SPARK NOT RUN", red=True, bold=True)
        terminalreporter.write_line(LACKING, red=True)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    if JAVA is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(LACKING)
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",  # plans thought over again cost more than so few marks
        "spark.executor.memory": "1g",
        "spark.driver.extraJavaOptions": QUICKLY,
        "spark.executor.extraJavaOptions": QUICKLY,
    }
    session = SparkSession.builder.master(CLUSTER).appName("allpresent-tests").config(map=settings).getOrCreate()
    yield session
    session.stop()
