"""What the two real policies answer when asked: the settings in which they differ."""

from datetime import date, time

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.policy import check
from allpresent.core.policy.model.words import DutyKind
from tests.core.policy.policy_files import packaged_file, policy_of

MONDAY = date(2025, 9, 8)


@pytest.fixture(scope="module")
def provision():
    return policy_of("magnum-opus")


@pytest.fixture(scope="module")
def primary():
    return policy_of("ogbourne")


@pytest.mark.clause("M-4.1b", "day, AM open-close, PM open-close", "mark-completion deadline")
def test_the_provision_s_registers(provision):
    morning, afternoon = (provision.window(MONDAY, half, "10") for half in Half)
    assert (morning.opens, morning.on_time_until, morning.closes) == (time(9, 30), time(9, 30), time(10))
    assert (afternoon.opens, afternoon.closes, afternoon.session_ends) == (time(13), time(13, 30), time(14, 30))
    assert morning.session_ends == afternoon.opens
    assert (morning.late_until, morning.complete_within, afternoon.complete_within) == (time(10), 10, 10)
    assert morning.clauses == ("M-4.1b", "M-4.1c")
    assert provision.why("duties[4]") == ("M-3.3c",)


@pytest.mark.clause("O-B-3.1.4", "O-B-3.1.5", "O-B-3.1.6", "day, AM open-close, PM open-close")
def test_the_primary_s_registers(primary):
    morning, afternoon = (primary.window(MONDAY, half, "R") for half in Half)
    assert (morning.opens, morning.on_time_until, morning.closes) == (time(8, 50), time(8, 50), time(9, 20))
    assert (afternoon.opens, afternoon.closes) == (time(13, 10), time(13, 40))
    assert morning.complete_within is None
    assert primary.day_times(MONDAY).gates == time(8, 40)
    assert primary.why("day") == ("O-B-3.1.4",)


@pytest.mark.clause("parent notify-by", "M-4.2a")
def test_when_parents_report(provision, primary):
    assert [duty.by for duty in provision.duties(DutyKind.REPORT_ABSENCE)] == [time(9), time(10)]
    assert (provision.parents_report_by, provision.parents_report_clauses) == (time(10), ("M-4.2a",))
    (daily,) = primary.duties(DutyKind.REPORT_ABSENCE)
    assert (daily.in_the, daily.clause) == ("morning", ("O-B-7.7", "O-B-7.8"))
    assert primary.parents_report_by is None


@pytest.mark.clause("unresolved reason limit", "retention", "emergency contacts")
def test_limits(provision, primary):
    for policy in (provision, primary):
        assert (str(policy.settle_within), policy.settle_days, policy.settle_becomes) == ("5 school days", 5, "O")
        assert policy.retention_years == 6
    rules = [
        (p.contacts_rule.at_least, p.contacts_rule.ideally, p.contacts_rule.counting) for p in (provision, primary)
    ]
    assert rules == [(2, None, "numbers"), (2, 3, "people")]


@pytest.mark.clause("O-B-14.1", "M-4.5c")
def test_whether_the_code_follows_by_itself(provision, primary):
    """Ogbourne: absences unexplained after five school days are entered as O. Magnum: staff approve each."""
    assert (primary.settles_by_itself, primary.why("settle.by-itself")) == (True, ("O-B-14.1", "O-B-19"))
    assert provision.settles_by_itself is False


@pytest.mark.clause("first-day contact trigger", "contact order")
def test_whom_to_call_and_when(provision, primary):
    stages = next(calling for calling in provision.content.calling if calling.id == "stages")
    (first_day,) = primary.content.calling
    assert (stages.starts, stages.at) == ("register-closes", time(10))
    assert [call.contact for call in stages.order] == [
        ("parent",),
        ("emergency-contact",),
        ("commissioner", "authority"),
        ("police",),
    ]
    assert first_day.starts == "no-contact"
    assert [call.contact[0] for call in first_day.order] == [
        "parent",
        "emergency-contact",
        "other-professionals",
        "police",
    ]


@pytest.mark.clause("contact channels")
def test_through_which_channels(provision, primary):
    (call,) = provision.duties(DutyKind.CONTACT_HOME)
    assert call.through == ("phone",)
    said = {duty.for_: duty.through for duty in primary.duties(DutyKind.CONTACT_HOME)}
    assert said == {(): ("email", "phone", "letter"), ("child-in-care",): ("text", "email", "phone")}


@pytest.mark.clause("medical evidence trigger", "appointment proof")
def test_evidence(provision, primary):
    ours, theirs = ({e.of: e for e in policy.content.evidence} for policy in (provision, primary))
    assert (str(ours["illness"].after), ours["illness"].when_doubted) == ("5 days", True)
    assert (theirs["illness"].after, theirs["illness"].when_doubted, theirs["illness"].when_frequent) == (
        None,
        True,
        True,
    )
    assert (ours["appointment"].notice_in_advance, ours["appointment"].document_seen) == (True, False)
    assert (theirs["appointment"].notice_in_advance, theirs["appointment"].document_seen) == (True, True)


@pytest.mark.clause("leave decider", "leave lead time", "R days", "O-B-6.4.3")
def test_leave(provision, primary):
    ours, theirs = provision.content.leave, primary.content.leave
    assert (ours.decided_by, theirs.decided_by) == (("education-director",), ("principal",))
    assert (theirs.prepared_by, theirs.consulted) == (("attendance-officer",), ("safeguarding-lead",))
    assert {(str(leave.ahead), leave.where_possible) for leave in (ours, theirs)} == {("2 weeks", True)}
    assert theirs.examples == ("family emergency", "funeral")
    assert (primary.why("leave.examples"), provision.why("leave.ahead")) == (("O-B-6.4.3",), ("M-5.1d",))
    assert (primary.content.observance.days, primary.content.observance.further_days) == (1, "leave")


@pytest.mark.clause("intervention thresholds")
def test_thresholds(provision, primary):
    national = {"persistent", "severe", "penalty-notice"}
    assert {t.id for t in provision.content.thresholds} == {*national, "falling-ehc"}
    edges = {t.id: (t.edges, str(t.over)) for t in primary.content.thresholds}
    assert edges["below-90"] == ("below 90%", "year to date")
    assert edges["severe"] == ("at least 50%", "school year")
    assert edges["near-persistent"] == ("more than 90%, at most 93%", "year to date")
    assert edges["penalty-notice"] == ("at least 10 sessions", "any 10 school weeks")
    (ladder,) = primary.content.ladders
    letters = [step.called for step in ladder.steps if step.called]
    assert letters == ["Letter 2", "Letter 3a", "Letter 3b", "Letter 4", "Letter 5"]


@pytest.mark.clause("penalty notices", "O-B-17.6.2")
def test_penalty_notices(provision, primary):
    for penalty in (provision.content.penalty, primary.content.penalty):
        assert (penalty.first_low, str(penalty.first_low_within)) == (80, "21 days")
        assert (penalty.first_high, str(penalty.first_high_within)) == (160, "28 days")
        assert (penalty.second, str(penalty.second_within), str(penalty.most_in)) == (160, "28 days", "3 years")
        assert (penalty.fine_up_to, str(penalty.prison_up_to)) == (2500, "3 months")
        assert penalty.unpaid == "may-be-prosecuted"
    assert primary.content.penalty.requested_by == "principal"
    assert primary.why("penalty.requested-by") == ("O-B-24",)


@pytest.mark.clause("parent reporting")
def test_reports_to_parents(provision, primary):
    told = {r.id: (r.how_often, r.through) for r in primary.content.reports if r.to == ("parent",)}
    assert told["parents-portal"] == ("at any time", ("portal",))
    assert told["parents-report"] == ("twice a year", ("report",))
    assert [r.how_often for r in provision.content.reports if r.to == ("parent",)] == ["regularly"]


@pytest.mark.clause("vocabulary")
def test_vocabulary(provision, primary):
    ours, theirs = provision.vocabulary, primary.vocabulary
    assert (ours.pupil, ours.school, ours.head) == ("pupil", "provision", "Education Director")
    assert (theirs.pupil, theirs.pupils, theirs.school, theirs.head) == ("student", "students", "school", "Principal")
    assert theirs.year_lead == "achievement co-ordinator"


@pytest.mark.clause("area contacts", "M-4.7a", "O-B-7.7")
def test_contacts(provision, primary):
    ours, theirs = ({c.id: (c.phone, c.email) for c in p.content.contacts} for p in (provision, primary))
    assert ours["missing-education"] == ("01603 307716", "cme@norfolk.gov.uk")
    assert ours["absence"] == ("07972 870530", "office@magnumopustraining.com")
    assert theirs["missing-education"] == (None, "pupilmove@wiltshire.gov.uk")
    assert theirs["absence"] == ("(01672) 841318", "letters@ogbourne.excalibur.org.uk")


@pytest.mark.clause("O-0b")
def test_posts_go_by_their_labels_and_can_be_reached(primary):
    lead, officer = primary.roles["attendance-lead"], primary.roles["attendance-officer"]
    assert lead.names == ("Senior Attendance Lead", "Senior Attendance Champion")
    assert officer.names == ("Attendance Officer",)
    assert {(role.phone, role.email) for role in (lead, officer)} == {
        ("(01672) 841318", "letters@ogbourne.excalibur.org.uk")
    }


@pytest.mark.clause("type of setting / reports to")
def test_what_each_setting_is(provision, primary):
    ours, theirs = provision.content.setting, primary.content.setting
    assert (ours.kind, ours.answers_to, ours.registered_school) == (
        "alternative provision",
        ("commissioner", "authority"),
        None,
    )
    assert (theirs.kind, theirs.answers_to, theirs.registered_school) == (
        "academy, primary",
        ("authority", "trust"),
        True,
    )
    assert ours.expected_days == "as agreed for each pupil"


@pytest.mark.clause("M-App1")
def test_the_provision_s_codes(provision):
    listed = provision.code_list
    assert " ".join(listed) == ("/ \\ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z #")
    assert listed["C2"].words == "Part-time timetable"
    assert (listed["C2"].heading, listed["C2"].clauses) == ("Absent – leave of absence", ("M-App1",))


@pytest.mark.clause("O-App1")
def test_the_primary_s_codes_stand_under_its_own_headings(primary):
    listed = primary.code_list
    assert set(listed) == set(code_set_on(MONDAY))
    assert list(dict.fromkeys(code.heading for code in listed.values()))[:2] == [
        "Attending",
        "Absent – Leave of absence",
    ]
    assert (listed["B"].heading, listed["U"].words) == ("Attending", "Arrived in school after registration closed")


@pytest.mark.clause("O-0a")
def test_reviews(provision, primary):
    assert (provision.review.last, provision.next_review) == (date(2025, 9, 1), date(2026, 9, 1))
    assert provision.review.signatory == "education-director"
    assert (primary.review.approved, primary.review.last, primary.next_review) == (
        date(2025, 7, 1),
        date(2025, 7, 1),
        date(2026, 7, 1),
    )


@pytest.mark.clause("M-2a")
def test_older_law_is_known_by_the_day_it_ended(provision):
    said = [f for f in check(packaged_file("magnum-opus")) if f.rule == "source-out-of-date"]
    assert any("Regulations 2006' was revoked on 19 August 2024" in finding.says for finding in said)
    assert provision.why("sources[6]") == ("M-2a",)


def test_what_the_commissioner_is_told(provision, primary):
    told = [duty.duty for duty in provision.commissioner_reports]
    assert "pass-on-late" in told
    assert "submit-marks" in told
    assert primary.commissioner_reports == ()


def test_what_an_amendment_keeps_is_the_law_s_list_where_a_school_says_nothing(provision, primary):
    needs = ("original", "amended", "reason", "date", "name", "position")
    assert provision.amendment_needs == primary.amendment_needs == needs
    assert (provision.why("amendments"), primary.why("amendments")) == (("M-4.1e",), ("SI 2024/208 reg 6",))


def test_asking_why_of_what_nobody_says_is_refused(provision):
    with pytest.raises(LookupError, match="says anything about 'ladders'"):
        provision.why("ladders")
