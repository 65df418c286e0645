"""What DfE has published, as it is held: each figure says where it stands and agrees with itself."""

from datetime import date
from importlib.resources import files

import pytest

from allpresent.core.codes import code_set_on
from allpresent.core.figures import enrolment_weighted_percent, percent, tally
from allpresent.core.figures import published as package
from allpresent.core.figures.published import (
    Kind,
    Phase,
    PublicationFault,
    all_published,
    newest,
    published,
    read_publication,
)
from tests.core.case_data import cases

FILES = sorted(file.name for file in files(package).iterdir() if file.name.endswith(".csv"))
HEAD = (
    "# title: Attendance\n# published: 2026-10-01\n# total: pooled\n# licence: OGL\n"
    "# Year to date: 2026-09-07 to 2026-09-18\n"
)
COLUMNS = "geographic_level,school_type,time_identifier,attendance_perc,overall_absence_perc\n"
PHASES = (Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL)


@pytest.mark.clause("M-3.1a")
@pytest.mark.parametrize("case", cases("published.toml", "figure"))
def test_a_figure_as_dfe_published_it(case):
    found = published(Phase(case["phase"]), case["starts"], case.get("ends"), area=case.get("area", "England"))
    assert (found.publication.published, found.kind, found.pooled) == (case["published"], case["kind"], case["pooled"])
    assert f"{found.absence_percent:.4f}" == case["absence"]
    assert f"{found.attendance_percent:.4f}" == case["attendance"]
    assert found.persistent_percent is None or f"{found.persistent_percent:.2f}" == case["persistent"]


@pytest.mark.parametrize("case", cases("published.toml", "newest"))
def test_the_newest_that_had_been_published_by_a_day(case):
    found = newest(Phase.PRIMARY, Kind(case["kind"]), case["by"])
    assert (found and found.ends) == case.get("ends")


def test_what_dfe_withheld_is_no_figure():
    year = (date(2024, 9, 9), date(2025, 7, 18))
    assert published(Phase.PRIMARY, *year, area="201") is None
    assert published(Phase.PRIMARY, *year, area="865") == published(Phase.PRIMARY, *year, area="wiltshire")


@pytest.mark.parametrize("name", FILES)
def test_every_figure_held_is_what_its_counts_give(name):
    found = read_publication((files(package) / name).read_text("utf-8"))
    counted = [one for one in found if one.counts]
    for one in counted:
        codes = code_set_on(one.starts)
        figure = tally({letter: count for letter, count in one.counts.items() if letter in codes}, codes)
        retired = {letter: one.counts.get(letter, 0) for letter in "FHJ"}
        unprinted = one.possible - figure.possible - sum(retired.values())
        assert 0 <= unprinted <= (0 if "F" in one.counts else one.possible * 13 / 10**5)
        if one.pooled:
            attended = figure.attendance + retired["J"]
            assert one.attendance_percent == pytest.approx(percent(attended, one.possible), rel=1e-8)
            assert one.reason_percent("I") == percent(one.counts["I"], one.possible)
    assert found
    assert len(counted) in (0, len(found))


def test_all_schools_before_autumn_2025_are_weighted_by_enrolments():
    whole = [one for one in all_published(Phase.ALL) if one.counts and not one.pooled]
    for one in whole:
        parts = [published(phase, one.starts, one.ends) for phase in PHASES]
        weighted = enrolment_weighted_percent([(part.absence_percent, part.enrolments) for part in parts])
        assert one.absence_percent == pytest.approx(weighted, rel=1e-13)
    assert len(whole) == 16


def test_every_figure_names_its_licence_and_rates_alone_have_no_reasons():
    for phase in Phase:
        assert all("Open Government Licence" in one.publication.licence for one in all_published(phase))
    benchmark = newest(Phase.SECONDARY, Kind.YEAR, date(2026, 9, 15))
    assert (benchmark.counts, benchmark.possible, benchmark.reason_percent("I")) == ({}, None, None)
    assert "publication" in benchmark.publication.unconfirmed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no line '# title"),
        (HEAD.replace("pooled", "added up"), "pooled, weighted by enrolments"),
        (HEAD.replace("2026-10-01", "soon"), "'soon' is not a day"),
        (HEAD + "a,b\n1,2\n", "no column geographic_level"),
        (HEAD + COLUMNS, "no rows"),
        (HEAD + COLUMNS + "National,Middle,Year to date,95,5\n", "'Middle' is no type of school"),
        (HEAD + COLUMNS + "National,Primary,Spring term,95,5\n", "'# Spring term: FIRST to LAST'"),
        (HEAD + COLUMNS + "National,Primary,Year to date,NA,5\n", "no attendance_perc"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, says):
    with pytest.raises(PublicationFault, match=says):
        read_publication(text)
