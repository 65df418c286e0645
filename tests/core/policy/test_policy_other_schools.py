"""Policies of invented schools: the careful are left alone, the careless seen line by line."""

from datetime import date, time
from pathlib import Path

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy import Severity, check, packaged_versions, policy_on, read_policy, with_followed
from tests.core.policy.policy_files import CLEAN, changed, policy_from

FOLDER = Path(__file__).with_name("other_schools")
MONDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 12)


def school(name):
    """The document of one of the schools."""
    return read_policy((FOLDER / f"{name}.yaml").read_text("utf-8"), name)


def bodies(body):
    """The versions of a body that a school follows: the trust beside it, or those of the package."""
    return (school(body),) if body == "northmoor-trust" else packaged_versions(body)


@pytest.mark.parametrize("name", ["saltmarsh-academy", "fairholme-grammar", "northmoor-trust"])
def test_a_careful_policy_is_told_of_nothing_to_mend(name):
    found = check(school(name), bodies)
    assert [str(finding) for finding in found if finding.severity is not Severity.NOTE] == []


def test_every_slip_of_a_careless_policy_is_seen_on_its_line():
    lines = (FOLDER / "bridge-centre.yaml").read_text("utf-8").splitlines()
    marked = {number: set(line.partition(" # ")[2].split()) for number, line in enumerate(lines, 1) if number > 2}
    found: dict[int, set[str]] = {}
    for finding in check(school("bridge-centre")):
        found.setdefault(finding.line, set()).add(finding.rule)
    found.pop(1)  # the national thresholds that it never mentions: there is no line to mark
    assert found == {number: rules for number, rules in marked.items() if rules}


@pytest.fixture(scope="module")
def academy():
    return policy_on(date(2025, 9, 1), with_followed(school("saltmarsh-academy"), bodies))


@pytest.mark.parametrize(
    ("day", "half", "year", "opens", "ends"),
    [
        (MONDAY, Half.AM, "7", time(8, 40), time(13, 20)),
        (MONDAY, Half.AM, "12", time(8, 55), time(13, 20)),
        (MONDAY, Half.PM, "7", time(13, 20), time(15, 10)),
        (FRIDAY, Half.AM, "12", time(8, 55), time(12, 45)),
        (FRIDAY, Half.PM, "12", time(12, 45), time(13, 30)),
    ],
)
def test_year_groups_and_fridays_have_their_own_sessions(academy, day, half, year, opens, ends):
    window = academy.window(day, half, year)
    assert (window.opens, window.session_ends) == (opens, ends)


def test_what_the_academy_says_can_be_asked(academy):
    said = {threshold.id: threshold for threshold in academy.content.thresholds}
    assert str(said["below-95"].over) == "any 20 school days"
    assert (str(said["often-ill"].at_least), said["often-ill"].codes) == ("5 times", ("I",))
    assert academy.content.part_time.reviewed_every == (2, "weeks")
    assert academy.content.ladders[0].year_groups == ("7", "8", "9", "10", "11")
    assert [evidence.threshold for evidence in academy.content.evidence if evidence.threshold] == [("often-ill",)]
    assert academy.why("observance.days-a-year") == ("5.6",)


def test_points_are_worth_what_the_grammar_school_says():
    six = policy_on(MONDAY, with_followed(school("fairholme-grammar"))).content.thresholds[-2]
    assert (six.points, str(six.at_least), str(six.over)) == ({"L": 1, "U": 2, "O": 2}, "6 points", "half-term")


def test_a_trust_s_locked_part_time_rule_cannot_be_loosened():
    text = (FOLDER / "saltmarsh-academy.yaml").read_text("utf-8") + 'part-time: {at-most: 12 weeks, clause: "9"}\n'
    (fault,) = check(read_policy(text, "school.yaml"), bodies)
    assert (fault.rule, fault.setting) == ("locked", "part-time.at-most")


def test_nobody_is_late_after_the_close_whatever_the_file_promises():
    text, _ = changed('closes: "13:30"', 'closes: "13:30", late-until: "13:45"')
    assert policy_from(text).window(MONDAY, Half.PM).late_until == time(13, 30)


def test_one_window_alone_replaces_only_its_own_session():
    start, end = CLEAN.index("windows:\n"), CLEAN.index("duties:\n")
    trust = CLEAN.replace("layer: school", "layer: trust").replace("id: elm-lane", "id: elm-trust")
    text = CLEAN[:start] + "windows: {half: AM, opens: 9:00, closes: 9:30, clause: '2'}\n\n" + CLEAN[end:]
    document = read_policy(text.replace("follows: england", "follows: elm-trust"), "school.yaml")
    layers = (*packaged_versions("england"), read_policy(trust, "trust.yaml"), document)
    policy = policy_on(MONDAY, layers)
    assert [policy.window(MONDAY, half).opens for half in Half] == [time(9), time(13)]
