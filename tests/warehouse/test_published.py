"""Every row of counts that the Department for Education has published, counted by the measures on DuckDB."""

from __future__ import annotations

from datetime import date

import ibis
import pytest

from allpresent.core.codes import code_set_on
from allpresent.warehouse.measures import COUNTS, added, from_counts
from tests.core.published import counts_by_code, published, withheld

THEN, NOW = date(2023, 9, 11), date(2025, 9, 8)
PUBLISHED_AS = dict(
    zip(
        COUNTS,
        (
            "present_sessions",
            "approved_educational_activity",
            "overall_attendance",
            "authorised_absence",
            "unauthorised_absence",
            "overall_absence",
            "possible_sessions",
            "late_sessions",
        ),
        strict=True,
    )
)
WITHOUT_EXTENDED_HOLIDAY = ("present", "approved_activity", "attendance", "unauthorised", "late")
"""What files that do not print code F still hold."""


@pytest.mark.parametrize(
    ("file", "day", "shown"),
    [
        ("dfe_attendance_codes_2025w37.csv", NOW, 336),
        ("dfe_attendance_daily_national_2023w37_41.csv", THEN, 75),
    ],
)
def test_every_count_of_files_with_all_codes(file, day, shown):
    rows, found = _counted(file, day)
    assert found == {number: _published(row, COUNTS) for number, row in rows.items()}
    assert len(found) == shown


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("dfe_attendance_year_2024_25.csv", 270),
        ("dfe_attendance_terms_2024_25_national.csv", 12),
        ("dfe_attendance_weekly_national_autumn_2024.csv", 48),
    ],
)
def test_counts_of_files_that_leave_out_extended_holiday(file, shown):
    rows, found = _counted(file, NOW)
    for number, row in rows.items():
        held = {name: found[number][name] for name in WITHOUT_EXTENDED_HOLIDAY}
        assert held == _published(row, WITHOUT_EXTENDED_HOLIDAY)
        assert found[number]["authorised"] <= int(row[PUBLISHED_AS["authorised"]])
    assert len(found) == shown


def test_where_counts_are_withheld_there_is_no_figure_rather_than_a_figure_of_nothing():
    _, found = _counted("dfe_attendance_year_2024_25.csv", NOW)
    everything = published("dfe_attendance_year_2024_25.csv")
    (missing,) = [number for number, row in enumerate(everything) if withheld(row)]
    assert everything[missing]["la_name"] == "City of London"
    assert missing not in found
    assert len(found) == len(everything) - 1


def _counted(file: str, day: date) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, int]]]:
    """The rows with counts by their number in the file, and the parts of their figures by DuckDB.

    Letters retired in 2024, which some schools still send, have their last meaning.
    """
    rows = {number: row for number, row in enumerate(published(file)) if not withheld(row)}
    counts = [
        {"row": number, "code": letter, "sessions": count}
        for number, row in rows.items()
        for letter, count in counts_by_code(row).items()
    ]
    counted = ibis.memtable(counts)
    retired = ~counted.code.isin(list(code_set_on(day)))
    spans = [from_counts(counted.filter(~retired), ["row"], day), from_counts(counted.filter(retired), ["row"], THEN)]
    answer = ibis.duckdb.connect().to_pyarrow(added(ibis.union(*spans), ["row"])).to_pylist()
    return rows, {row.pop("row"): row for row in answer}


def _published(row: dict[str, str], names: tuple[str, ...]) -> dict[str, int]:
    return {name: int(row[PUBLISHED_AS[name]]) for name in names}
