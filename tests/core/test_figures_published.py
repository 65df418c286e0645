"""Our figures against those that the Department for Education has published, row by row."""

from collections import defaultdict
from datetime import date

import pytest

from allpresent.core.codes import code_set_on
from allpresent.core.figures import Bands, Figure, enrolment_weighted_percent, percent, tally, total
from tests.core.published import RATES, census_counts, counts_by_code, published, withheld

CODES_FILE = "dfe_attendance_codes_2025w37.csv"
YEAR_FILE = "dfe_attendance_year_2024_25.csv"
TERMS_FILE = "dfe_attendance_terms_2024_25_national.csv"
WEEKS_FILE = "dfe_attendance_weekly_national_autumn_2024.csv"
DAYS_2023_FILE = "dfe_attendance_daily_national_2023w37_41.csv"
CENSUS_FILES = {
    "dfe_absence_schools_2018_19.csv": (319, 0.5e-5),
    "dfe_absence_pru_2term.csv": (33, 0.5e-5),
    "dfe_absence_characteristics_2016_17.csv": (67, 0.05),
}
CENSUS_GROUPS = ("", "_pa_10_exact")
CODES_THEN = code_set_on(date(2023, 9, 11))
CODES_NOW = code_set_on(date(2025, 9, 8))
PUBLISHED_AS = {
    "present": "present_sessions",
    "approved_activity": "approved_educational_activity",
    "attendance": "overall_attendance",
    "authorised": "authorised_absence",
    "unauthorised": "unauthorised_absence",
    "absence": "overall_absence",
    "possible": "possible_sessions",
    "late": "late_sessions",
}
WITHOUT_EXTENDED_HOLIDAY = ("present", "approved_activity", "attendance", "unauthorised", "late")


def test_every_count_of_one_week_by_code():
    rows = published(CODES_FILE)
    assert [row for row in rows if _differences(row, PUBLISHED_AS)] == []
    assert len(rows) == 336


def test_every_count_of_25_days_of_2023_by_the_codes_of_2023():
    rows = published(DAYS_2023_FILE)
    wrong = [row for row in rows if _published_figure(row) != tally(counts_by_code(row), CODES_THEN)]
    assert wrong == []
    assert len(rows) == 75


@pytest.mark.parametrize(("file", "shown"), [(YEAR_FILE, 270), (TERMS_FILE, 12), (WEEKS_FILE, 48)])
def test_counts_of_files_that_leave_out_extended_holiday(file, shown):
    rows = [row for row in published(file) if not withheld(row)]
    assert [row for row in rows if _differences(row, WITHOUT_EXTENDED_HOLIDAY)] == []
    shortfalls = [int(row["authorised_absence"]) - _figure(row).authorised for row in rows]
    assert min(shortfalls) >= 0
    assert len(rows) == shown


def test_authorised_absence_of_the_year_falls_short_by_extended_holiday_on_39_rows_alone():
    rows = [row for row in published(YEAR_FILE) if not withheld(row)]
    assert sum(bool(_differences(row, ["authorised"])) for row in rows) == 39


def test_every_rate_of_one_week_is_100_times_its_count_over_possible_sessions():
    pairs = [pair for row in published(CODES_FILE) for pair in _rates(row)]
    assert [pair for pair in pairs if not _same_to_9_places(*pair)] == []
    assert len(pairs) == 6048


@pytest.mark.parametrize(("file", "shown"), [(YEAR_FILE, 260), (TERMS_FILE, 9), (WEEKS_FILE, 36)])
def test_every_rate_of_a_phase_is_100_times_its_count_over_possible_sessions(file, shown):
    rows = [row for row in published(file) if not withheld(row) and row["school_type"] != "Total"]
    pairs = [pair for row in rows for pair in _rates(row)]
    assert [pair for pair in pairs if not _same(*pair)] == []
    assert len(rows) == shown


def test_the_rates_of_our_own_figures_are_those_published():
    for row in published(CODES_FILE):
        figure = _figure(row)
        assert _same_to_9_places(row["attendance_perc"], figure.attendance_percent)
        assert _same_to_9_places(row["overall_absence_perc"], figure.absence_percent)
        assert _same_to_9_places(row["authorised_absence_perc"], figure.authorised_percent)
        assert _same_to_9_places(row["unauthorised_absence_perc"], figure.unauthorised_percent)


def test_the_week_is_the_sum_of_its_days():
    by_place = defaultdict(lambda: defaultdict(list))
    for row in published(CODES_FILE):
        by_place[_place(row)][row["breakdown"]].append(_figure(row))
    weeks = {place: found for place, found in by_place.items() if len(found["Daily"]) == 5}
    assert [place for place, found in weeks.items() if [total(found["Daily"])] != found["Weekly"]] == []
    assert len(weeks) > 40


def test_all_schools_are_the_sum_of_the_phases():
    by_place = _by_phase(published(CODES_FILE), lambda row: (*_area(row), row["breakdown"], row["day_number"]))
    full = [phases for phases in by_place.values() if len(phases) == 4]
    for phases in full:
        whole = _figure(phases.pop("Total"))
        assert total(map(_figure, phases.values())) == whole
    assert len(full) > 50


@pytest.mark.parametrize("file", [YEAR_FILE, TERMS_FILE, WEEKS_FILE])
def test_total_rates_before_autumn_2025_are_weighted_by_enrolments(file):
    groups = _by_phase(published(file), lambda row: (*_area(row), row["time_identifier"]))
    compared = 0
    for phases in (found for found in groups.values() if len(found) == 4 and not any(map(withheld, found.values()))):
        whole = phases.pop("Total")
        for rate in [rate for rate in (*RATES, "pa_perc") if rate in whole]:
            pairs = [(float(row[rate]), float(row["total_enrolments"])) for row in phases.values()]
            assert enrolment_weighted_percent(pairs) == pytest.approx(float(whole[rate]), rel=1e-13)
            compared += 1
    assert compared >= 3 * len(RATES)


def test_a_pooled_total_differs_from_the_weighted_one_in_the_second_decimal():
    (row,) = [
        row for row in published(YEAR_FILE) if (row["geographic_level"], row["school_type"]) == ("National", "Total")
    ]
    pooled = percent(int(row["overall_absence"]), int(row["possible_sessions"]))
    assert (f"{pooled:.4f}", f"{float(row['overall_absence_perc']):.4f}") == ("6.8797", "6.8702")


@pytest.mark.parametrize(("file", "expected"), CENSUS_FILES.items())
def test_census_totals_and_rates(file, expected):
    shown, half_a_digit = expected
    rows = published(file)
    for row, ending in [(row, ending) for row in rows for ending in CENSUS_GROUPS if f"sess_possible{ending}" in row]:
        figure = _census_figure(row, ending)
        assert figure.absence == int(row[f"sess_overall{ending}"])
        for rate, ours in _census_rates(figure).items():
            # where no pupil was persistently absent the census prints 0, and we give no rate
            assert float(row[f"{rate}{ending}"]) == pytest.approx(ours or 0, rel=0, abs=half_a_digit * 1.00001)
    assert len(rows) == shown


@pytest.mark.parametrize("file", CENSUS_FILES)
def test_census_reasons_add_up_to_their_totals(file):
    for row in published(file):
        figure = tally(census_counts(row), CODES_THEN)
        assert figure.authorised == int(row["sess_auth_totalreasons"])
        assert figure.unauthorised == int(row["sess_unauth_totalreasons"])


def test_ten_schools_gave_totals_without_reasons():
    rows = published("dfe_absence_schools_2018_19.csv")
    short = [row for row in rows if tally(census_counts(row), CODES_THEN).absence < int(row["sess_overall"])]
    assert len(short) == 10


@pytest.mark.parametrize(
    ("file", "threshold", "half_a_digit"),
    [
        ("dfe_absence_schools_2018_19.csv", "pa_10", 0.5e-5),
        ("dfe_absence_pru_2term.csv", "pa_10", 0.5e-5),
        ("dfe_absence_pru_2term.csv", "pa_50", 0.5e-4),  # to 6 significant figures
    ],
)
def test_persistent_and_severe_rates_are_of_enrolments(file, threshold, half_a_digit):
    column = f"enrolments_{threshold}_exact"
    for row in published(file):
        ours = percent(int(row[column]), int(row["enrolments"]))
        assert float(row[f"{column}_percent"]) == pytest.approx(ours, rel=0, abs=half_a_digit * 1.05)


def test_persistent_absence_to_january_2024_from_its_counts():
    rows = published("dfe_pa_counts_ytd_jan2024.csv")
    pairs = [(row["pa_perc"], percent(int(row["pa_flag"]), int(row["ytd_enrolments"]))) for row in rows]
    assert [pair for pair in pairs if not _same(*pair)] == []
    assert len(pairs) == 230


@pytest.mark.clause("M-1b", "O-A-5.1")
def test_bands_give_the_published_count_of_persistent_absentees_in_2018_19():
    england = _england_bands("201819")
    assert (england.persistent, england.enrolments) == (771_863, 7_105_958)


@pytest.mark.clause("M-1b", "O-A-5.1")
def test_bands_give_the_published_rates_of_2022_23():
    england = _england_bands("202223")
    assert (f"{england.persistent_percent:.2f}", f"{england.severe_percent:.2f}") == ("21.22", "2.03")


@pytest.mark.parametrize(
    ("file", "shown"),
    [("dfe_absence_bands_by_year_group.csv", 66), ("dfe_absence_bands_by_la_2022_23.csv", 228)],
)
def test_every_enrolment_is_in_one_band(file, shown):
    rows = published(file)
    assert [row for row in rows if _bands(row).enrolments != int(row["enrolments"])] == []
    assert len(rows) == shown


def _figure(row):
    """Codes with today's meanings; letters retired in 2024, which some schools send, with their last."""
    counts = counts_by_code(row)
    retired = {letter: counts.pop(letter) for letter in list(counts) if letter not in CODES_NOW}
    return tally(counts, CODES_NOW) + tally(retired, CODES_THEN)


def _published_figure(row):
    return Figure(**{name: int(row[column]) for name, column in PUBLISHED_AS.items()})


def _differences(row, names):
    figure = _figure(row)
    return {name for name in names if getattr(figure, name) != int(row[PUBLISHED_AS[name]])}


def _area(row):
    return (
        row["geographic_level"],
        row.get("region_code", ""),
        row.get("new_la_code", ""),
    )


def _place(row):
    return *_area(row), row["school_type"]


def _by_phase(rows, place):
    groups = defaultdict(dict)
    for row in rows:
        groups[place(row)][row["school_type"]] = row
    return groups


def _census_figure(row, ending):
    absent = {"I": int(row[f"sess_authorised{ending}"]), "O": int(row[f"sess_unauthorised{ending}"])}
    return tally({"/": int(row[f"sess_possible{ending}"]) - sum(absent.values()), **absent}, CODES_THEN)


def _census_rates(figure):
    return {
        "sess_overall_percent": figure.absence_percent,
        "sess_authorised_percent": figure.authorised_percent,
        "sess_unauthorised_percent": figure.unauthorised_percent,
    }


def _rates(row):
    return [(row[rate], percent(int(row[count]), int(row["possible_sessions"]))) for rate, count in RATES.items()]


def _england_bands(year):
    rows = [row for row in published("dfe_absence_bands_by_year_group.csv") if row["time_period"] == year]
    return Bands(tuple(map(sum, zip(*(_bands(row).counts for row in rows), strict=True))))


def _bands(row):
    return Bands(tuple(int(row[column]) for column in row if column.startswith("band_")))


def _same(shown, ours):
    """Whether ours is the number shown, to its last digit: half a unit of the 15th significant figure."""
    return ours == pytest.approx(float(shown), rel=5e-15, abs=0)


def _same_to_9_places(shown, ours):
    """The same where rates were saved to 9 decimal places, and the larger to 10 significant figures."""
    return ours == pytest.approx(float(shown), rel=5e-10, abs=5e-10)
