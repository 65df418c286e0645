"""Three dated layers: what a school may change, what a trust may lock, and which version holds on a day."""

from datetime import date

import pytest

from allpresent.core.policy import PolicyProblem, check, packaged, policy_on, read_policy, with_followed
from tests.core.policy.policy_files import CLEAN, changed, packaged_file, policy_of

TRUST = """
format: 1
layer: trust
id: elm-trust
name: Elm Trust
follows: england
in-force: {from: 2025-01-01}
emergency-contacts: {at-least: 2, counting: people, clause: T1}
observance: {days: 1, further-days: leave, clause: T2}
thresholds:
  - {id: low, of: attendance, below: 92%, over: term, clause: T3}
  - {id: very-low, of: attendance, below: 85%, over: term, clause: T3}
review: {next: [{on: 2026-07, clause: T4}], every: 1 year, clause: T4}
"""
SCHOOL = """
format: 1
layer: school
id: elm-lane
name: Elm Lane
follows: elm-trust
in-force: {from: 2025-09-01}
windows:
  - {half: AM, opens: "8:45", closes: "9:15", clause: S1}
  - {half: PM, opens: 1pm, closes: 1:30pm, clause: S1}
"""
DAY = date(2025, 9, 1)


def layered(school="", trust=""):
    """The policy of a small school in a small trust, each with something added."""
    files = [read_policy(SCHOOL + school, "school.yaml"), read_policy(TRUST + trust, "trust.yaml")]
    return policy_on(DAY, [*files, packaged_file("england")])


@pytest.mark.clause("O-0a")
def test_a_school_that_says_nothing_has_its_trust_s_settings():
    policy = layered()
    assert policy.contacts_rule.at_least == 2
    assert policy.why("emergency-contacts.at-least") == ("T1",)
    assert policy.name == "Elm Lane"
    assert policy.next_review == date(2026, 7, 1)


@pytest.mark.clause("O-0a")
def test_a_school_changes_one_setting_and_keeps_the_rest_of_the_block():
    policy = layered(
        "emergency-contacts: {at-least: 3, counting: people, clause: S2}\nobservance: {days: 2, clause: S3}\n"
    )
    assert policy.contacts_rule.at_least == 3
    assert policy.content.observance.days == 2
    assert policy.content.observance.further_days == "leave"
    assert policy.why("observance.days") == ("S3",)
    assert policy.why("observance.further-days") == ("T2",)


def test_in_a_list_with_a_key_a_school_s_item_replaces_the_trust_s_of_the_same_key():
    policy = layered("thresholds:\n  - {id: low, of: attendance, below: 95%, over: term, clause: S4}\n")
    edges = {threshold.id: threshold.edges for threshold in policy.content.thresholds}
    assert edges["low"] == "below 95%"
    assert edges["very-low"] == "below 85%"
    assert edges["persistent"] == "at least 10%"


def test_a_list_without_a_key_is_replaced_whole():
    both = "linked-policies: [{title: %s, clause: X}]\n"
    policy = layered(both % "Ours", both % "The trust's")
    assert [linked.title for linked in policy.content.linked_policies] == ["Ours"]


@pytest.mark.clause("O-0a")
def test_what_a_trust_locks_a_school_cannot_change():
    lock = "retention: {years: 6, from: entry-made, clause: T5}\nleave: {ahead: 2 weeks, locked: yes, clause: T6}\n"
    with pytest.raises(PolicyProblem, match=r"school\.yaml:\d+: leave\.ahead: Elm Trust has locked this"):
        layered("leave: {ahead: 1 week, clause: S5}\n", lock)


def test_a_locked_block_may_be_added_to_and_repeated():
    lock = "leave: {ahead: 2 weeks, locked: yes, clause: T6}\n"
    policy = layered("leave: {ahead: 2 weeks, decided-by: school, clause: S5}\n", lock)
    assert (str(policy.content.leave.ahead), policy.content.leave.decided_by) == ("2 weeks", ("school",))
    assert policy.why("leave.ahead") == ("T6",)
    assert policy.why("leave.decided-by") == ("S5",)


def test_a_locked_item_of_a_list_cannot_be_replaced():
    item = "returns:\n  - {id: r, to: trust, of: pupils, at: %s, clause: X%s}\n"
    with pytest.raises(PolicyProblem, match=r"returns\[1\]: Elm Trust has locked this"):
        layered(item % ("9 days", ""), item % ("8 days", ", locked: yes"))


def test_the_law_stays_whatever_a_school_says():
    policy = layered(
        "retention: {years: 1, from: last-entry, clause: S6}\nsettle: {within: 9 days, becomes: N, clause: S7}\n"
    )
    assert policy.retention_years == 6
    assert (str(policy.settle_within), policy.settle_becomes) == ("5 school days", "O")
    assert policy.why("settle.within")[0] == "SI 2024/208 reg 10(7) to (9)"


@pytest.mark.clause("O-0a")
def test_the_version_in_force_on_the_day_holds():
    old, _ = changed("in-force: {from: 2025-09-01}", "in-force: {from: 2024-09-01, to: 2025-08-31}")
    old, _ = changed('opens: "8:45"', 'opens: "8:50"', old)
    versions = [read_policy(old, "old.yaml"), read_policy(CLEAN, "new.yaml"), packaged_file("england")]
    opens = {day: policy_on(day, versions).content.windows[0].opens.minute for day in (date(2025, 8, 31), DAY)}
    assert opens == {date(2025, 8, 31): 50, DAY: 45}


def test_two_versions_in_force_at_once_are_refused():
    twice = [read_policy(CLEAN, "one.yaml"), read_policy(CLEAN, "two.yaml"), packaged_file("england")]
    with pytest.raises(PolicyProblem, match=r"two\.yaml:7: in-force: this and one\.yaml are both in force"):
        policy_on(DAY, twice)


def test_a_followed_body_that_is_not_in_force_is_named():
    with pytest.raises(PolicyProblem, match="follows 'elm-trust', of which no version in force on 2025-09-01"):
        policy_on(DAY, [read_policy(SCHOOL, "school.yaml"), packaged_file("england")])


def test_before_the_national_layer_begins_there_is_no_policy():
    with pytest.raises(PolicyProblem, match="no national layer is in force on 2024-08-18"):
        policy_on(date(2024, 8, 18), packaged())


def test_a_policy_older_than_the_law_held_here_is_told_when_to_begin():
    text = SCHOOL.replace("follows: elm-trust", "follows: england").replace("2025-09-01", "2023-09-01")
    with pytest.raises(PolicyProblem, match="no national layer is in force on 2023-09-01; the earliest begins") as told:
        check(read_policy(text, "school.yaml"))
    (fault,) = told.value.findings
    assert (fault.file, fault.line, fault.setting) == ("school.yaml", 7, "in-force")


def test_a_check_finds_the_layers_a_file_follows():
    trust = read_policy(TRUST, "trust.yaml")
    found = check(
        read_policy(SCHOOL, "school.yaml"), lambda body: (trust,) if body == "elm-trust" else (packaged_file(body),)
    )
    assert {finding.rule for finding in found} == {"law-not-stated"}


@pytest.mark.parametrize("body", ["magnum-opus", "ogbourne"])
def test_every_block_of_both_policies_can_say_why(body):
    policy = policy_of(body)
    for path, place in policy.merged.places.items():
        assert place.reasons or len(path) == 1, path


def test_followed_layers_are_found_once_each():
    assert [d.file.id for d in with_followed(packaged_file("ogbourne"))] == ["ogbourne", "excalibur", "england"]
