"""A person decides: every mark of the decision and the decision itself, or nothing and why."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from allpresent.absences.models import Evidence
from allpresent.core.codes import EnteredBy
from allpresent.core.register.problems import Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.actions import amend_mark
from allpresent.registers.models import RegisterEntry
from allpresent.settling.models import DecidedSession, Decision
from allpresent.settling.queries import Kind, decisions_of, open_absences
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from tests import world
from tests.absences.saying import says
from tests.settling.deciding import afternoon, code_of, decide, morning, says_of, told_later

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 9, 15), date(2026, 9, 16), date(2026, 9, 17)


@pytest.fixture
def school(db):
    return world.a_school()


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def at_magnum(db):
    return world.a_pupil(in_group=world.a_group(school=world.a_school(policy="magnum")), surname="Grey")


@pytest.mark.clause("O-B-12.2", "O-B-7.1", "M-4.1e")
def test_explanation_and_decision_stay_apart(pupil):
    """A message explains; a row of its own decides, with who, when and why, and the entry before it stays."""
    world.marks(pupil, {"2026-09-15": "NN"})
    notice = says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    assert code_of(pupil, morning(TUESDAY)) == "N"

    made = decide(pupil, morning(TUESDAY), afternoon(TUESDAY), code="I", now="2026-09-15 14:00", notice=notice.id)

    assert isinstance(made, Decision)
    assert [code_of(pupil, half(TUESDAY)) for half in (morning, afternoon)] == ["I", "I"]
    (line,) = decisions_of([pupil.id], TUESDAY, TUESDAY)[pupil.id]
    assert (line.notice_id, line.code, line.proposed, line.by_name) == (notice.id, "I", "I", "Sam Okafor")
    assert "O-B-7.1" in line.clauses
    assert [(one.session, one.before, one.version) for one in line.sessions] == [
        (morning(TUESDAY), "N", 2), (afternoon(TUESDAY), "N", 2),
    ]  # fmt: skip
    assert [entry.code for entry in RegisterEntry.objects.filter(pupil=pupil, half="AM").order_by("version")] == [
        "N",
        "I",
    ]
    assert not open_absences(pupil.school, now=read_moment("2026-09-15 15:00"))


def test_the_same_sending_again_changes_nothing(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    first = decide(pupil, morning(TUESDAY), code="O", now="2026-09-15 14:00", key="a")
    again = decide(pupil, morning(TUESDAY), code="O", now="2026-09-15 14:01", key="a")
    other = decide(pupil, morning(TUESDAY), code="I", now="2026-09-15 14:02", key="a")

    assert again == first
    assert "another decision" in says_of(other)
    assert RegisterEntry.objects.count() == 2


def test_a_mark_that_cannot_be_amended_undoes_the_whole_decision(pupil):
    world.marks(pupil, {"2026-09-15": "NN"})
    seen = {morning(TUESDAY): 1, afternoon(TUESDAY): 1}
    world.marks(pupil, {"2026-09-15": "-O"})

    refused = decide(
        pupil, morning(TUESDAY), afternoon(TUESDAY), code="I", now="2026-09-15 16:00", versions=seen, seen="a letter"
    )

    assert "Somebody changed one of these marks" in says_of(refused)
    assert [code_of(pupil, half(TUESDAY)) for half in (morning, afternoon)] == ["N", "O"]
    assert (Decision.objects.count(), DecidedSession.objects.count(), Evidence.objects.count()) == (0, 0, 0)


def test_two_people_at_once(fresh_database):
    """One decision stands; the other is told that the mark has changed."""
    pupil = world.a_pupil(school=world.a_school())
    world.marks(pupil, {"2026-09-15": "NN"})
    together, results = threading.Barrier(2), []

    def settle(code: str) -> None:
        together.wait()
        seen = {morning(TUESDAY): 1, afternoon(TUESDAY): 1}
        results.append(
            decide(pupil, morning(TUESDAY), afternoon(TUESDAY), code=code, now="2026-09-15 16:00", versions=seen)
        )
        connections.close_all()

    people = [threading.Thread(target=settle, args=(code,)) for code in ("I", "G")]
    for person in people:
        person.start()
    for person in people:
        person.join()

    (made,) = [result for result in results if isinstance(result, Decision)]
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert "changed" in says_of(refused)
    assert [code_of(pupil, half(TUESDAY)) for half in (morning, afternoon)] == [made.code, made.code]
    assert (Decision.objects.count(), RegisterEntry.objects.count()) == (1, 4)


def test_marks_ahead_are_not_entered(pupil):
    """Ill, back on Friday: today is settled; Thursday's mark is entered when Thursday's register is taken."""
    world.marks(pupil, {"2026-09-15": "NN"})
    notice = says(pupil, "flu", day=TUESDAY, reason="illness", back=date(2026, 9, 18))

    refused = decide(pupil, morning(TUESDAY), morning(THURSDAY), code="I", now="2026-09-15 16:00", notice=notice.id)
    assert "has not come yet" in says_of(refused)

    world.marks(pupil, {"2026-09-17": "NN"})
    found = open_absences(pupil.school, now=read_moment("2026-09-17 14:00"))
    assert [(absence.kind, absence.proposal.code, len(absence.sessions)) for absence in found] == [(Kind.SAID, "I", 4)]


@pytest.mark.clause("O-B-6.2.3", "appointment proof")
def test_an_appointment_needs_its_document(pupil):
    world.marks(pupil, {"2026-09-15": "N/"})
    notice = says(
        pupil, "dentist", day=TUESDAY, about="appointment", reason="appointment", appointment_at="10:00", at="7:30"
    )
    refused = decide(pupil, morning(TUESDAY), code="M", now="2026-09-15 16:00", notice=notice.id)
    assert "the document was seen (O-B-6.2.3)" in says_of(refused)

    made = decide(
        pupil,
        morning(TUESDAY),
        code="M",
        now="2026-09-15 16:00",
        notice=notice.id,
        seen="card",
        detail="10:00, dentist",
    )

    assert (made.code, made.seen) == ("M", "card")
    kept = Evidence.objects.get()
    assert (kept.kind, kept.first, kept.id) == ("card", TUESDAY, made.evidence_ids[0])


@pytest.mark.clause("M-4.3a")
def test_an_appointment_told_afterwards_is_not_authorised_at_magnum(at_magnum):
    world.marks(at_magnum, {"2026-09-15": "N\\"})
    says(
        at_magnum, "dentist", day=TUESDAY, about="appointment", reason="appointment", appointment_at="10:00", at="11:00"
    )

    (absence,) = open_absences(at_magnum.school, now=read_moment("2026-09-15 14:00"))

    assert (absence.proposal.code, absence.proposal.clauses) == ("O", ("M-4.3a",))
    assert not absence.ready


@pytest.mark.parametrize("code", ["C", "C1", "S"])
def test_leave_is_not_given_by_settling(pupil, code):
    world.marks(pupil, {"2026-09-15": "N-"})
    facts = {"level": EnteredBy.HEAD, "detail": "funeral, 15 September"}

    refused = decide(pupil, morning(TUESDAY), code=code, now="2026-09-15 16:00", **facts)
    assert "leave that was asked for and decided on in advance" in says_of(refused)

    made = decide(pupil, morning(TUESDAY), code=code, now="2026-09-15 16:00", granted="request 7", **facts)
    assert (made.granted, code_of(pupil, morning(TUESDAY))) == ("request 7", code)


def test_a_code_of_the_head_needs_the_head(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    facts = {"detail": "Marlborough College", "now": "2026-09-15 16:00"}

    assert "cannot be entered by the office" in says_of(decide(pupil, morning(TUESDAY), code="J1", **facts))
    assert decide(pupil, morning(TUESDAY), code="J1", level=EnteredBy.HEAD, **facts).code == "J1"


def test_a_message_corrected_meanwhile(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    first = says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    says(pupil, "in Spain", day=TUESDAY, reason="holiday", replaces=first)

    refused = decide(pupil, morning(TUESDAY), code="I", now="2026-09-15 16:00", notice=first.id)

    assert "corrected meanwhile" in says_of(refused)


def test_a_pupil_who_has_left(school):
    """The name went off the roll on Wednesday; Tuesday's absence is still to be settled, and a late message counts."""
    pupil = world.a_pupil(in_group=world.a_group(school=school), leaving=WEDNESDAY)
    world.marks(pupil, {"2026-09-15": "N-"})
    notice = says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    now = read_moment("2026-09-18 10:00")

    (absence,) = open_absences(school, now=now)
    assert (absence.pupil.id, absence.proposal.code) == (pupil.id, "I")
    assert decide(pupil, morning(TUESDAY), code="I", now=now, notice=notice.id).code == "I"


def test_a_correction_after_six_days(pupil):
    """O since the time was over; then the parent brings a letter: a proposed amendment, and every entry is kept."""
    world.marks(pupil, {"2026-09-15": "N-"})
    world.marks(pupil, {"2026-09-15": "O-"})
    notice = told_later(pupil, "was ill", day=TUESDAY, moment="2026-09-24 09:00", reason="illness")
    now = read_moment("2026-09-24 10:00")
    (absence,) = open_absences(pupil.school, now=now)
    assert (absence.kind, absence.proposal.codes) == (Kind.LATER, ("I", "O"))  # O-B-7.6: not told on the first day

    made = decide(pupil, morning(TUESDAY), code="I", now=now, notice=notice.id, seen="letter from a doctor")

    assert made.code == "I"
    history = RegisterEntry.objects.filter(pupil=pupil).order_by("version")
    assert [(entry.version, entry.code) for entry in history] == [(1, "N"), (2, "O"), (3, "I")]


def test_a_word_that_came_later_is_proposed_once(pupil):
    world.marks(pupil, {"2026-09-15": "OO"})
    notice = says(pupil, "in Spain", day=TUESDAY, reason="holiday", at="13:00")
    now = read_moment("2026-09-15 17:00")
    (absence,) = open_absences(pupil.school, now=now)
    assert (absence.kind, absence.proposal.code) == (Kind.LATER, "G")

    made = decide(pupil, *(one.session for one in absence.sessions), code="G", now=now, notice=notice.id)

    assert [one.before for one in made.sessions.order_by("half")] == ["O", "O"]
    assert not open_absences(pupil.school, now=now)


def test_the_mark_may_be_decided_to_stay(pupil):
    """Illness told nine days late: a person leaves it unauthorised. The message is answered; the mark is as it was."""
    world.marks(pupil, {"2026-09-15": "O-"})
    notice = told_later(pupil, "was ill", day=TUESDAY, moment="2026-09-24 09:00", reason="illness")
    now = read_moment("2026-09-24 10:00")

    made = decide(pupil, morning(TUESDAY), code="O", now=now, notice=notice.id, reason="Told nine days late.")

    assert [(row.before, row.version) for row in made.sessions.all()] == [("O", 1)]
    assert RegisterEntry.objects.count() == 1
    assert not open_absences(pupil.school, now=now)


def test_a_mark_changed_by_someone_else_is_not_open_any_more(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    world.marks(pupil, {"2026-09-15": "I-"})

    assert not open_absences(pupil.school, now=read_moment("2026-09-15 15:00"))


@pytest.mark.parametrize(("reason", "refuses"), [("illness", True), ("no reason given", False), ("", False)])
def test_n_is_refused_where_a_reason_stands(pupil, reason, refuses):
    """Reg 10(7): N says that no reason is known (registers/actions/amend.py)."""
    world.marks(pupil, {"2026-09-15": "O-"})
    says(pupil, "stomach ache", day=TUESDAY, reason=reason)

    result = amend_mark(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, TUESDAY), session=morning(TUESDAY),
        new=SubmittedMark(pupil.id, "N", 1), reason="Not known after all", level=EnteredBy.OFFICE, by=world.OFFICE,
        now=read_moment("2026-09-15 17:00"),
    )  # fmt: skip

    assert isinstance(result, Problems) is refuses
