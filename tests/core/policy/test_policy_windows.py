"""Windows by weekday and year group: the most particular wins, and a policy that stands always answers."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy import PolicyProblem, check, read_policy
from tests.core.policy.policy_files import CLEAN, changed, policy_from

WEEK = [date(2025, 9, 8) + timedelta(days=n) for n in range(5)]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
MONDAY, FRIDAY = WEEK[0], WEEK[4]


def with_windows(*lines):
    """The clean school with these window lines in place of its own."""
    start, end = CLEAN.index("windows:\n"), CLEAN.index("duties:\n")
    return CLEAN[:start] + "windows:\n" + "".join(f"  - {line}\n" for line in lines) + CLEAN[end:]


AM = '{half: AM, opens: "8:45", closes: "9:15", clause: A}'
PM = '{half: PM, opens: "13:00", closes: "13:30", clause: P}'


def opening(policy, day, year_group=None, half=Half.AM):
    return policy.window(day, half, year_group).opens


def test_a_weekday_and_a_year_group_have_their_own_windows():
    policy = policy_from(
        with_windows(
            AM,
            '{half: AM, weekdays: [friday], opens: "8:30", closes: "9:00", clause: F}',
            '{half: AM, year-groups: ["7"], opens: "9:00", closes: "9:30", clause: Y}',
            '{half: AM, year-groups: ["7"], weekdays: [friday], opens: "9:10", closes: "9:40", clause: B}',
            PM,
        )
    )
    assert opening(policy, MONDAY) == opening(policy, MONDAY, "1") == time(8, 45)
    assert opening(policy, FRIDAY) == opening(policy, FRIDAY, "1") == time(8, 30)
    assert opening(policy, MONDAY, "7") == time(9)
    assert opening(policy, FRIDAY, "7") == time(9, 10)
    assert policy.window(FRIDAY, Half.AM, "7").clauses == ("B",)


def test_a_late_limit_apart_from_the_close():
    text, _ = changed('closes: "9:15"', 'closes: "9:15", on-time-until: "8:50", late-until: "9:05", ends: "12:00"')
    window = policy_from(text).window(MONDAY, Half.AM)
    assert (window.on_time_until, window.late_until, window.closes) == (time(8, 50), time(9, 5), time(9, 15))
    assert (window.session_starts, window.session_ends) == (time(8, 45), time(12))


def test_the_strictest_completion_deadline_holds():
    text, _ = changed(
        "duties:\n",
        "duties:\n  - {duty: complete-register, who: teacher, within: 20 minutes, year-groups: ['7'], clause: C}\n",
    )
    policy = policy_from(text)
    assert (policy.complete_within("7"), policy.complete_within("1"), policy.complete_within()) == (20, 30, 30)


@pytest.mark.clause("O-B-3.1.7")
def test_thirty_minutes_are_allowed_and_no_more_and_every_session_s_are_the_same():
    longer, _ = changed('closes: "9:15"', 'closes: "9:16"')
    shorter, _ = changed('closes: "9:15"', 'closes: "9:05"')
    assert policy_from(CLEAN).window(MONDAY, Half.AM).closes == time(9, 15)
    with pytest.raises(PolicyProblem, match="31 minutes; at most 30 are allowed"):
        policy_from(longer)
    assert "unequal-windows" in {finding.rule for finding in check(read_policy(shorter, "shorter.yaml"))}


selectors = st.fixed_dictionaries(
    {
        "half": st.sampled_from(["AM", "PM"]),
        "weekdays": st.lists(st.sampled_from(DAYS), unique=True, max_size=3),
        "years": st.lists(st.sampled_from(["R", "1", "7"]), unique=True, max_size=2),
    }
)


def line(selector):
    """A window line for a selector."""
    hours = ("8:40", "9:10") if selector["half"] == "AM" else ("13:05", "13:35")
    years = ", ".join(f"'{year}'" for year in selector["years"])
    return (
        f"{{half: {selector['half']}, weekdays: [{', '.join(selector['weekdays'])}], year-groups: [{years}], "
        f"opens: '{hours[0]}', closes: '{hours[1]}', clause: W}}"
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(selectors, max_size=4), st.booleans())
def test_a_policy_that_stands_answers_for_every_session(drawn, general):
    lines = [line(selector) for selector in drawn] + ([AM, PM] if general else [])
    try:
        policy = policy_from(with_windows(*lines))
    except PolicyProblem as problem:
        refused = {finding.rule for finding in problem.findings}
        assert refused <= {"window-missing", "statements-clash", "day-in-disorder", "format"}
        assert not (general and "window-missing" in refused)
        return
    for day in WEEK:
        for year_group in (None, "R", "1", "7", "13"):
            for half in Half:
                window = policy.window(day, half, year_group)
                assert window.half is half
                assert window.opens <= window.on_time_until <= window.late_until <= window.closes


@pytest.mark.parametrize("half", Half)
def test_a_session_left_out_is_refused(half):
    with pytest.raises(PolicyProblem, match=f"no {half} register window covers every day"):
        policy_from(with_windows(PM if half is Half.AM else AM))
