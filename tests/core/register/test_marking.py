"""What may be entered in a register, by whom and when; all or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register import (
    Accepted,
    Problems,
    SheetRow,
    SubmittedMark,
    check_marks,
    fill_blanks,
    marks_due_at_close,
    register_state,
)
from tests.core.register.cases import TUESDAY, cases, instant, named, window

CODES = code_set_on(TUESDAY)
MOMENTS = {"before": "08:40", "open": "09:00", "untaken": "11:00", "closed": "11:00"}


def status(state):
    submitted = instant(TUESDAY, "08:55") if state == "closed" else None
    now = instant(TUESDAY, MOMENTS[state])
    return register_state(window("ogbourne_morning"), TUESDAY, now=now, submitted_at=submitted)


def blank_row(pupil, **given):
    row = SheetRow(pupil, f"Pupil {pupil}", True, True, None, 0, False, True)
    return row._replace(**given)


def check(rows, marks, *, half=Half.AM, level=EnteredBy.TEACHER, state="open"):
    session = Session(TUESDAY, half)
    return check_marks(rows, marks, session=session, level=level, status=status(state), codes=CODES)


def row_of(case):
    given = {key: case[key] for key in ("on_roll", "expected", "locked", "compulsory_age") if key in case}
    if "current" in case:
        given |= {"code": case["current"], "version": 1, "minutes_late": case.get("current_minutes")}
    return blank_row(7, **given)


def outcome(found):
    """What came of a single mark, in the table's words."""
    if isinstance(found, Problems):
        return found.problems[0].kind
    if found.changes:
        return "entered"
    return "unchanged" if found.unchanged else "blank"


@pytest.mark.clause("M-4.1d", "M-4.1g", "M-4.1h", "O-B-2.1", "O-B-3.1.8", "O-B-27")
@pytest.mark.parametrize("case", cases("marks"), ids=named)
def test_mark(case):
    row = row_of(case)
    mark = SubmittedMark(7, case["code"], case.get("seen", row.version), case.get("minutes"), case.get("detail", ""))
    found = check(
        [row],
        [mark],
        half=Half(case.get("half", "AM")),
        level=EnteredBy[case.get("level", "teacher").upper()],
        state=case.get("state", "open"),
    )
    assert outcome(found) == case["outcome"]
    if isinstance(found, Problems):
        (problem,) = found.problems
        assert problem.message.startswith("Pupil 7: ")
        assert case.get("says", "") in problem.message


def test_a_conflict_carries_both_marks():
    found = check([blank_row(1, code="N", version=2)], [SubmittedMark(1, "/", 1)])
    (problem,) = found.problems
    assert (problem.yours, problem.theirs) == ("/", "N")


def test_every_problem_is_told_and_none_of_the_marks_is_accepted():
    rows = [blank_row(1), blank_row(2, on_roll=False), blank_row(3)]
    marks = [
        SubmittedMark(1, "/", 0),
        SubmittedMark(2, "/", 0),
        SubmittedMark(3, "\\", 0),
        SubmittedMark(9, "/", 0),
    ]
    found = check(rows, marks)
    assert {(problem.pupil, problem.kind) for problem in found.problems} == {
        (2, "not on roll"),
        (3, "wrong half"),
        (9, "not in group"),
    }


def test_a_pupil_marked_twice_is_refused():
    marks = [SubmittedMark(1, "/", 0), SubmittedMark(1, "N", 0), SubmittedMark(2, "/", 0)]
    found = check([blank_row(1), blank_row(2)], marks)
    assert [(problem.pupil, problem.kind) for problem in found.problems] == [(1, "twice")]


def test_what_is_accepted_says_what_to_enter():
    rows = [blank_row(1), blank_row(2, code="N", version=3), blank_row(3), blank_row(4, expected=False)]
    found = check(rows, [SubmittedMark(1, "/", 0, minutes_late=4), SubmittedMark(2, "L", 3, minutes_late=5)])
    assert isinstance(found, Accepted)
    first, second = found.changes
    assert first == (1, "/", 1, None, "", None)
    assert second == (2, "L", 4, 5, "", "N")
    assert found.blanks == (3,)


letters = st.sampled_from(["", "/", "\\", "L", "N", "I", "B", "U", "X", "J"])
versions = st.integers(0, 2)


@st.composite
def sheets(draw):
    """A sheet of a few pupils and marks handed in for some of them."""
    rows = []
    for pupil in range(draw(st.integers(1, 6))):
        code = draw(st.none() | st.sampled_from(["/", "L", "N", "I", "M"]))
        version = 0 if code is None else draw(st.integers(1, 2))
        flags = [draw(st.booleans()) for _ in range(4)]
        rows.append(SheetRow(pupil, f"Pupil {pupil}", flags[0], flags[1], code, version, flags[2], flags[3]))
    pupils = draw(st.lists(st.integers(0, 7), max_size=6))
    minutes, details = st.none() | st.integers(0, 40), st.sampled_from(["", "dentist", " gala "])
    marks = [SubmittedMark(p, draw(letters), draw(versions), draw(minutes), draw(details)) for p in pupils]
    return rows, marks


levels = st.sampled_from(list(EnteredBy))
states = st.sampled_from(list(MOMENTS))


@given(sheet=sheets(), level=levels, state=states)
def test_all_or_nothing(sheet, level, state):
    """A hand-in is accepted exactly when each of its marks, alone, would be; and no pupil comes twice."""
    rows, marks = sheet
    together = check(rows, marks, level=level, state=state)
    alone = all(isinstance(check(rows, [mark], level=level, state=state), Accepted) for mark in marks)
    once = len({mark.pupil for mark in marks}) == len(marks)
    assert isinstance(together, Accepted) == (alone and once)


def as_entered(row, change):
    """A row once its change, if it has one, is in the register."""
    if change is None:
        return row
    return row._replace(
        code=change.code, version=change.version, minutes_late=change.minutes_late, detail=change.detail
    )


@given(sheet=sheets(), level=levels, state=states)
def test_handing_in_again_changes_nothing(sheet, level, state):
    rows, marks = sheet
    found = check(rows, marks, level=level, state=state)
    if isinstance(found, Accepted):
        entered = {change.pupil: change for change in found.changes}
        after = [as_entered(row, entered.get(row.pupil)) for row in rows]
        again = check(after, marks, level=level, state=state)
        assert isinstance(again, Accepted)
        assert again.changes == ()
        assert again.blanks == found.blanks


@given(sheet=sheets(), half=st.sampled_from(list(Half)))
def test_filling_blanks_never_touches_a_mark_or_a_pupil_who_is_not_due(sheet, half):
    rows, _ = sheet
    filled = {mark.pupil: mark.code for mark in fill_blanks(rows, half)}
    for row in rows:
        due = row.on_roll and row.expected and row.code is None and not row.locked
        assert (row.pupil in filled) == due
    assert set(filled.values()) <= {"/" if half is Half.AM else "\\"}


@given(sheet=sheets())
def test_what_fill_offers_is_accepted_in_an_open_register(sheet):
    rows, _ = sheet
    filled = fill_blanks(rows, Half.AM)
    found = check(rows, filled)
    assert isinstance(found, Accepted)
    assert len(found.changes) == len(filled)


@given(sheet=sheets())
def test_the_close_marks_only_blanks_of_a_register_that_was_submitted(sheet):
    rows, _ = sheet
    due = marks_due_at_close(rows, submitted=True)
    assert set(due) == {row.pupil for row in rows if row.on_roll and row.expected and row.code is None}
    assert marks_due_at_close(rows, submitted=False) == ()
