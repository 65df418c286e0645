"""A synthetic England of 20,000 pupils, against the rows of the calibration sheet (published.toml says which)."""

import numpy as np
import pytest

from allpresent.core.figures import bands
from allpresent.figures.sums import rows_of, sums
from allpresent.simulate.landing import together
from allpresent.simulate.year import the_year

PHASES = ("primary", "secondary", "special")
MAINSTREAM = PHASES[:2]
SCALED = 18.70 / 21.22
"""Persistent absence of 2024/25 by that of 2022/23, as the calibration sheet scales its year groups."""
DAYS = the_year().days


def by_day(part, labels, size):
    """Figures by a label of each day, morning and afternoon alike."""
    return by_session(part, np.repeat(labels, 2), size)


def by_session(part, labels, size):
    sheet = part.sheet()
    wide = np.full((1, sheet.cells.shape[1]), -1)
    starts = np.array([(day - sheet.year.starts).days * 2 for day in DAYS])
    wide[0, np.ravel(starts[:, None] + (0, 1))] = labels
    return sums(sheet, DAYS[0], DAYS[-1], wide, size)


def percents(found):
    return np.array([figure.absence_percent for figure in found.figures()])


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("part", ["attendance", "absence", "authorised", "unauthorised"])
def test_rates_of_a_phase(drawn, published, phase, part):
    wanted, tolerance = published[phase][part]
    assert getattr(drawn.landing.figures[phase], f"{part}_percent") == pytest.approx(wanted, abs=tolerance)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("line", ["persistent", "severe"])
def test_persistent_and_severe_absence_of_a_phase(drawn, published, phase, line):
    wanted, tolerance = published[phase][line]
    assert getattr(drawn.landing.bands_of(phase), f"{line}_percent") == pytest.approx(wanted, abs=tolerance)


@pytest.mark.parametrize("group", range(1, 12))
def test_persistent_and_severe_absence_of_a_year_group(drawn, published, group):
    found, (persistent, severe) = drawn.landing.bands_of(group=group), published["year_groups"][str(group)]
    tolerances = published["tolerances"]
    assert found.persistent_percent == pytest.approx(persistent * SCALED, abs=tolerances["persistent_by_year"])
    assert found.severe_percent == pytest.approx(severe * SCALED, abs=tolerances["severe_by_year"])


@pytest.mark.parametrize("phase", PHASES)
def test_pupils_by_own_rate_of_absence(drawn, published, phase):
    found, table = drawn.landing.bands_of(phase), np.array(published["bands"][phase])
    table[2:] *= published[phase]["persistent"][0] / table[2:].sum()
    table[:2] *= (100 - table[2:].sum()) / table[:2].sum()
    shares = 100 * np.array(found.counts) / found.enrolments
    assert shares == pytest.approx(table, abs=published["tolerances"]["bands"][phase])


@pytest.mark.parametrize("phase", PHASES)
def test_friday_is_the_worst_day(drawn, published, phase):
    found, wanted = percents(by_day(drawn.parts[phase], the_year().weekday, 5)), np.array(published[phase]["weekdays"])
    assert found.argmax() == 4
    tolerance = published["tolerances"]["friday"][phase]
    assert found[4] / found[:4].mean() == pytest.approx(wanted[4] / wanted[:4].mean(), rel=tolerance)


@pytest.mark.parametrize("phase", MAINSTREAM)
def test_friday_afternoon_is_furthest_from_wednesday_morning(drawn, published, phase):
    labels = np.ravel(the_year().weekday[:, None] * 2 + (0, 1))
    found = percents(by_session(drawn.parts[phase], labels, 10))
    assert found.argmax() == 9
    gap = found[9] - found[4]
    assert gap == pytest.approx(published[phase]["widest_gap"], abs=published["tolerances"]["widest_gap"])


@pytest.mark.parametrize("phase", PHASES)
def test_terms(drawn, published, phase):
    found = percents(by_day(drawn.parts[phase], the_year().term, 3))
    assert found == pytest.approx(published[phase]["terms"], abs=published["tolerances"]["terms"][phase])


def test_holidays_before_half_term_and_illness_before_christmas(drawn):
    """Section 6: primary G 0.86 in week 43 against 0.53 in week 41; illness twice as high in week 49 as in week 37."""
    found = by_day(drawn.parts["primary"], the_year().week, 12)
    share = {letter: [found.count(letter, week) / found.figure(week).possible for week in range(12)] for letter in "GI"}
    assert 1.3 < share["G"][6] / share["G"][4] < 2.1
    assert 1.6 < share["I"][11] / share["I"][0] < 2.7


@pytest.mark.parametrize("phase", MAINSTREAM)
def test_every_reason_has_its_share(drawn, phase):
    """Section 1, every code of a tenth of a percent or more: within a twelfth of its share."""
    part = drawn.parts[phase]
    found = sums(part.sheet(), DAYS[0], DAYS[-1])
    for code, wanted in part.schools.phase.codes.items():
        if wanted >= 0.1:
            assert 100 * found.count(code) / found.figure().possible == pytest.approx(wanted, rel=1 / 12), code


@pytest.mark.parametrize("phase", MAINSTREAM)
@pytest.mark.parametrize("code", ["D", "Y1", "Y7"])
def test_sessions_that_are_not_possible(drawn, phase, code):
    """Section 2: codes of single pupils, per 100 possible sessions. (Closures take whole schools: too few here.)"""
    part = drawn.parts[phase]
    found = sums(part.sheet(), DAYS[0], DAYS[-1])
    wanted = part.schools.phase.not_possible[code]
    assert 100 * found.count(code) / found.figure().possible == pytest.approx(wanted, rel=0.2)


def test_each_term_has_its_own_persistent_absence(drawn, published):
    """Section 5: what drifts within a year. Were absence spread evenly over it, every term would be near 18.7."""
    for number, (term, wanted) in enumerate(published["one_term"].items()):
        days = [day for day, of in zip(DAYS, the_year().term, strict=True) if of == number]
        found = together([persistent_in(part, days[0], days[-1]) for part in drawn.parts.values()])
        assert found.persistent_percent == pytest.approx(wanted, abs=published["tolerances"]["term_persistent"]), term


def persistent_in(part, first, last):
    sheet = part.sheet()
    return bands(sums(sheet, first, last, rows_of(sheet), len(part.cells)).figures())


def test_schools_are_as_far_apart_as_schools_are(drawn):
    """Section 3, primary schools: 2.69 / 3.93 / 5.72. The shape is tested, not the level."""
    part = drawn.parts["primary"]
    found = sums(part.sheet(), DAYS[0], DAYS[-1], part.pupils.school[:, None], len(part.schools.sizes))
    low, middle, high = np.percentile(percents(found), [5, 50, 95])
    assert low / middle == pytest.approx(2.69 / 3.93, abs=0.15)
    assert high / middle == pytest.approx(5.72 / 3.93, abs=0.25)


def test_schools_are_as_large_as_schools_are(drawn):
    """Section 4, primary: half have up to 189 pupils in 2018/19; in 2024/25 the mean is 4,488,598 / 16,720 = 268."""
    sizes = drawn.parts["primary"].schools.sizes
    assert sizes.mean() == pytest.approx(268, rel=0.02)
    assert np.median(sizes) < sizes.mean()
    assert sizes.max() > 500


@pytest.mark.parametrize("phase", MAINSTREAM)
def test_enrolments_have_the_possible_sessions_they_have(drawn, phase):
    """Section 4: primary 365 and secondary 352 at the median school, fewer for the persistently absent."""
    part = drawn.parts[phase]
    sheet = part.sheet()
    own = sums(sheet, DAYS[0], DAYS[-1], rows_of(sheet), len(part.cells)).figures()
    few, many = ([f.possible for f in own if f.possible and f.persistent is side] for side in (False, True))
    assert np.mean([*few, *many]) == pytest.approx({"primary": 360, "secondary": 347}[phase], rel=0.03)
    assert np.mean(few) == pytest.approx(part.schools.phase.possible[0], rel=0.03)
    assert np.mean(many) == pytest.approx(part.schools.phase.possible[1], rel=0.04)
