"""When the time for a reason is over: once, only where the policy says so, never over an explanation."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import RegisterEntry, Source
from allpresent.schools.actions import load_policy
from allpresent.settling.actions import BY_THE_CLOCK, agree_updates, expire
from allpresent.settling.models import Decision
from allpresent.settling.queries import Kind, open_absences, open_absences_of
from allpresent.shared.clock import read_moment
from tests import world
from tests.absences.saying import says
from tests.core.policy.policy_files import changed
from tests.settling.deciding import afternoon, code_of, morning

FRIDAY = date(2026, 10, 23)
"""The last day before half-term, 26 to 30 October; the clocks go back on Sunday the 25th."""
LAST = "2026-11-06"
TUESDAY = date(2026, 9, 15)
LAST_SUMMER = (("Summer before", date(2026, 4, 13), date(2026, 7, 21)),)


@pytest.fixture
def school(db):
    return world.a_school()


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school))


def passed(school, moment: str) -> int:
    return expire(school, now=read_moment(moment))


@pytest.mark.clause("O-B-14.1", "O-B-19", "O-B-12.1-12.3")
@pytest.mark.parametrize(
    ("moment", "becomes"),
    [
        ("2026-10-30 23:59", "N"),  # half-term: a week has gone by, and not one school day
        ("2026-11-06 15:30", "N"),
        ("2026-11-06 23:59", "N"),
        ("2026-11-07 00:00", "O"),  # midnight, on a Saturday
        ("2026-11-09 08:00", "O"),
    ],
)
def test_o_follows_with_the_first_moment_after_the_fifth_school_day(school, pupil, moment, becomes):
    """Worked example 7, over half-term and the change of the clocks."""
    world.marks(pupil, {"2026-10-23": "N-"})

    entered = passed(school, moment)

    assert (code_of(pupil, morning(FRIDAY)), entered) == (becomes, int(becomes == "O"))


@pytest.mark.clause("O-B-14.1", "M-4.1e")
def test_what_the_clock_enters_says_why_and_by_whom(school, pupil):
    world.marks(pupil, {"2026-10-23": "NN"})

    assert passed(school, "2026-11-07 00:01") == 2

    entry = RegisterEntry.objects.get(pupil=pupil, half="AM", version=2)
    assert (entry.code, entry.source, entry.by_name) == ("O", Source.AMENDMENT, BY_THE_CLOCK.name)
    assert "No reason was established in 5 school days (O-B-14.1; O-B-19)" in entry.reason
    decision = Decision.objects.first()
    assert (decision.by_id, decision.notice_id, decision.code) == (None, None, "O")
    assert set(decision.clauses) >= {"O-B-14.1", "SI 2024/208 reg 10(7) to (9)"}


def test_again_and_again_it_is_entered_once(school, pupil):
    world.marks(pupil, {"2026-10-23": "NN"})

    assert [passed(school, f"2026-11-09 08:0{minute}") for minute in range(3)] == [2, 0, 0]
    assert RegisterEntry.objects.filter(code="O").count() == 2


def test_two_passes_at_once_enter_it_once(fresh_database):
    school = world.a_school()
    pupil = world.a_pupil(school=school)
    world.marks(pupil, {"2026-10-22": "NN", "2026-10-23": "NN"})
    together, entered = threading.Barrier(4), []

    def one_pass() -> None:
        together.wait()
        entered.append(passed(school, "2026-11-09 08:00"))
        connections.close_all()

    passes = [threading.Thread(target=one_pass) for _ in range(4)]
    for one in passes:
        one.start()
    for one in passes:
        one.join()

    assert sum(entered) == 4
    assert RegisterEntry.objects.filter(code="O").count() == Decision.objects.count() == 4


@pytest.mark.clause("M-4.5c")
def test_at_magnum_a_person_approves(db):
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(pupil, {"2026-10-23": "N-"})

    assert passed(school, "2026-11-09 08:00") == 0
    (due,) = open_absences(school, now=read_moment("2026-11-09 08:00"))
    assert (due.kind, due.proposal.code, due.overdue, due.ready) == (Kind.OVER, "O", False, True)
    (late,) = open_absences(school, now=read_moment("2026-11-10 08:00"))
    assert late.overdue


@pytest.mark.clause("O-B-12.2")
@pytest.mark.parametrize(("reason", "entered"), [("illness", 0), ("another reason", 0), ("no reason given", 1)])
def test_an_explanation_waits_for_a_person(school, pupil, reason, entered):
    world.marks(pupil, {"2026-10-23": "N-"})
    says(pupil, "feeling ill", day=FRIDAY, reason=reason)

    assert passed(school, "2026-11-09 08:00") == entered


def test_words_without_a_reason_wait_too(school, pupil):
    """Messages kept before reasons were asked for have words alone: a person reads them."""
    world.marks(pupil, {"2026-10-23": "N-"})
    notice = says(pupil, "feeling ill", day=FRIDAY, reason="")

    assert passed(school, "2026-11-09 08:00") == 0
    (absence,) = open_absences(school, now=read_moment("2026-11-09 08:00"))
    assert (absence.kind, absence.explanation.id, absence.proposal.codes) == (Kind.SAID, notice.id, ())


def test_coming_late_explains_no_absence(school, pupil):
    world.marks(pupil, {"2026-10-23": "N-"})
    says(pupil, "bus", day=FRIDAY, about=Notice.About.LATENESS)

    assert passed(school, "2026-11-09 08:00") == 1


def test_marks_of_another_system_are_left_to_people(school, pupil):
    entry = NewEntry(pupil.id, morning(FRIDAY), 1, "N", Source.HISTORY)
    from django.db import transaction

    with transaction.atomic():
        enter(school.id, [entry], by=world.OFFICE, at=world.BEGINNING)

    assert passed(school, "2026-11-09 08:00") == 0
    (absence,) = open_absences(school, now=read_moment("2026-11-09 08:00"))
    assert absence.imported


def test_a_pupil_who_left_meanwhile(school):
    pupil = world.a_pupil(in_group=world.a_group(school=school), leaving=date(2026, 11, 3))
    world.marks(pupil, {"2026-10-23": "N-"})

    assert passed(school, "2026-11-09 08:00") == 1
    assert code_of(pupil, morning(FRIDAY)) == "O"


@pytest.mark.parametrize(("before", "after", "entered"), [("no", "yes", 0), ("yes", "no", 0), ("yes", "yes", 1)])
def test_a_policy_that_changes_while_an_n_waits(db, before, after, entered):
    """The policy of the session's day and today's both let it follow by itself, or a person approves."""
    school = world.a_school(policy="")
    pupil = world.a_pupil(school=school)
    for begins, by_itself in (("2025-09-01", before), ("2026-11-01", after)):
        load_policy(
            text=own_policy(begins, by_itself), name="own.yaml", by=world.OFFICE, now=world.BEGINNING, school=school
        )
    school.refresh_from_db()
    world.marks(pupil, {"2026-10-23": "N-"})

    assert passed(school, "2026-11-09 08:00") == entered
    still_open = [absence.kind for absence in open_absences(school, now=read_moment("2026-11-09 08:00"))]
    assert still_open == [] if entered else [Kind.OVER]


def own_policy(begins: str, by_itself: str) -> str:
    """A school's policy from a day on, which lets the code follow by itself or does not."""
    text = changed("in-force: {from: 2025-09-01}", f"in-force: {{from: {begins}}}")[0]
    settle = "settle: {within: 5 school days, becomes: O, "
    return changed(settle, f"{settle}by-itself: {by_itself}, ", text)[0]


def test_a_school_without_a_policy_keeps_its_marks(db):
    school = world.a_school(policy="")
    pupil = world.a_pupil(school=school)
    world.marks(pupil, {"2026-10-23": "N-"})

    assert passed(school, "2026-11-09 08:00") == 0


@pytest.mark.clause("O-B-7.8")
def test_no_daily_word_is_needed_while_an_agreement_runs(school, pupil):
    """Ill on Tuesday, agreed until Friday: Wednesday's N is explained; the Monday after, it is not."""
    notice = says(pupil, "chickenpox", day=TUESDAY, reason="illness")
    kept = agree_updates(
        school=school, pupil=_on_roll(pupil), notice_id=notice.id, begins=TUESDAY, until=date(2026, 9, 18),
        agreed_with="Grace Adeyemi", says="", key="a", by=world.OFFICE, now=read_moment("2026-09-15 10:00"),
    )  # fmt: skip
    world.marks(pupil, {"2026-09-16": "NN", "2026-09-21": "NN"})

    agreed, open_again = open_absences(school, now=read_moment("2026-09-21 15:00"))

    assert (agreed.explanation.id, agreed.agreement.id, agreed.proposal.code) == (notice.id, kept.id, "I")
    assert (open_again.kind, open_again.first, open_again.explanation) == (Kind.UNKNOWN, date(2026, 9, 21), None)


def _on_roll(pupil):
    from allpresent.people.queries import pupil_on_roll

    return pupil_on_roll(pupil.school, pupil.id, TUESDAY)


@pytest.mark.clause("O-B-12.3.8")
def test_days_past_the_leave_agreed(school, pupil):
    """Leave on Monday and Tuesday; not back on Wednesday: unauthorised is proposed, a person picks G or O."""
    world.marks(pupil, {"2026-09-14": "CC", "2026-09-15": "CC", "2026-09-16": "NN"})

    (absence,) = open_absences(school, now=read_moment("2026-09-16 15:00"))

    assert absence.proposal.codes == ("G", "O")
    assert "O-B-12.3.8" in absence.proposal.clauses


@pytest.mark.clause("M-6c")
def test_a_missed_return_is_said(school, pupil):
    world.marks(pupil, {"2026-09-15": "II", "2026-09-16": "II", "2026-09-17": "NN"})
    says(pupil, "flu", day=TUESDAY, reason="illness", back=date(2026, 9, 17))

    (absence,) = open_absences(school, now=read_moment("2026-09-17 15:00"))

    assert absence.missed_return == date(2026, 9, 17)
    assert absence.kind is Kind.UNKNOWN


def test_sessions_of_one_explanation_are_settled_together(school, pupil):
    world.marks(pupil, {"2026-09-15": "NN", "2026-09-16": "NN"})
    says(pupil, "flu", day=TUESDAY, reason="illness", back=date(2026, 9, 17))

    (absence,) = open_absences(school, now=read_moment("2026-09-16 15:00"))

    assert [one.session for one in absence.sessions] == [
        morning(TUESDAY), afternoon(TUESDAY), morning(date(2026, 9, 16)), afternoon(date(2026, 9, 16)),
    ]  # fmt: skip
    assert absence.clock.last_day == date(2026, 9, 22)


def test_thirty_open_absences_are_read_with_the_queries_of_one(school, django_assert_max_num_queries):
    _, pupils = world.a_class(school=school, size=30)
    for pupil in pupils:
        world.marks(pupil, {"2026-09-15": "NN"})
        says(pupil, "flu", day=TUESDAY, reason="illness")

    with django_assert_max_num_queries(14):
        found = open_absences(school, now=read_moment("2026-09-15 15:00"))
    assert len(found) == 30
    assert all(Half.AM in {one.session.half for one in absence.sessions} for absence in found)


@pytest.mark.clause("O-B-12.2")
def test_a_later_word_without_a_reason_takes_no_explanation_back(school, pupil):
    world.marks(pupil, {"2026-10-23": "N-"})
    says(pupil, "a fever", day=FRIDAY, reason="illness", at="8:00")
    says(pupil, "he is not coming", day=FRIDAY, reason="no reason given", at="8:30")

    assert passed(school, "2026-11-07 08:00") == 0
    (absence,) = open_absences(school, now=read_moment("2026-11-07 08:00"))
    assert (absence.kind, absence.explanation.says) == (Kind.SAID, "a fever")


def test_an_unexplained_mark_of_an_earlier_year_is_never_out_of_sight(db):
    school = world.a_school(policy="magnum", terms=(*LAST_SUMMER, *world.YEAR))
    pupil = world.a_pupil(in_group=world.a_group(school=school), starting=date(2026, 4, 13))
    world.marks(pupil, {"2026-07-14": "N-"})

    for moment in ("2026-09-15 10:00", "2026-12-01 10:00", "2027-06-15 10:00"):
        (absence,) = open_absences(school, now=read_moment(moment))
        assert (absence.pupil.id, absence.kind) == (pupil.id, Kind.OVER)
        (same,) = open_absences_of(school, pupil.id, now=read_moment(moment))
        assert same.sessions == absence.sessions
