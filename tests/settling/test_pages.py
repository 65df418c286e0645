"""The pages of settling: what is open, one press to accept, the parent told first, evidence asked for once."""

from __future__ import annotations

import re
from datetime import date

import pytest

from allpresent.absences.models import Evidence
from allpresent.accounts.roles import Role
from allpresent.core.response import Result
from allpresent.messages.models import Message
from allpresent.settling.models import Decision, EvidenceFlag, EvidenceRequest, ParentTold, UpdateAgreement
from tests import world
from tests.absences.saying import says
from tests.calls.morning import kept
from tests.registers.pages import get, text
from tests.settling.deciding import afternoon, code_of, morning

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _after_school(at) -> None:
    at("2026-09-15 15:30")


@pytest.fixture(params=["ogbourne"])
def school(request):
    return world.a_school(policy=request.param)


@pytest.fixture
def pupil(school):
    child = world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")
    link = world.a_contact(of=child, name="Grace Adeyemi")
    link.contact.email = "grace@example.org"
    link.contact.save()
    return child


@pytest.fixture
def office(client, school):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office"))


at_magnum = pytest.mark.parametrize("school", ["magnum"], indirect=True)


def form_of(html: str, button: str) -> dict[str, object]:
    """The hidden fields of the form that holds a button."""
    (form,) = [form for form in re.findall(r"<form.*?</form>", html, re.S) if button in form]
    held: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name[1] != "csrfmiddlewaretoken" and ('type="checkbox"' not in tag or "checked" in tag):
            held.setdefault(name[1], []).append(value[1])
    return held


def post(client, school, path: str, data: dict, status: int = 302) -> str:
    answer = client.post(f"/{school.slug}/{path}", data)
    assert answer.status_code == status, text(answer.content.decode())[:900]
    return answer.content.decode()


@pytest.mark.clause("O-B-12.2", "O-B-7.1", "M-4.5c")
def test_one_press_accepts_what_is_proposed(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "NN"})
    says(pupil, "stomach ache", day=TUESDAY, reason="illness")

    html = get(office, school, "settle/")
    shown = text(html)
    assert "1 absence to settle" in shown
    assert "Mother rang 8:12: illness, stomach ache" in shown
    assert "Tue 15 Sep, morning and afternoon" in shown
    assert "Settle by Tuesday 22 September 2026, 6 school days left" in shown
    assert "O-B-7.1" in shown

    post(office, school, f"settle/{pupil.id}/", {**form_of(html, "Settle as I"), "code": "I"})

    assert [code_of(pupil, half(TUESDAY)) for half in (morning, afternoon)] == ["I", "I"]
    assert "No absences to settle" in text(get(office, school, "settle/"))
    made = Decision.objects.get()
    assert (made.by_name, made.reason[:15], made.proposed) == ("Sam Okafor", "Mother rang 8:1", "I")
    assert "I for Tue 15 Sep, morning (was N)" in text(get(office, school, f"settle/{pupil.id}/"))


def test_the_same_page_sent_twice(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "NN"})
    says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    form = form_of(get(office, school, "settle/"), "Settle as I")

    post(office, school, f"settle/{pupil.id}/", {**form, "code": "I"})
    again = post(office, school, f"settle/{pupil.id}/", {**form, "code": "I"}, status=422)

    assert "settled or changed meanwhile" in text(again)
    assert Decision.objects.count() == 1


def test_another_code_with_a_reason_that_the_policy_names(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "NN"})
    says(pupil, "shopping for shoes", day=TUESDAY, reason="another reason")
    html = get(office, school, f"settle/{pupil.id}/")
    named = re.search(r'<option value="([^"]+)">shopping: O', html)[1]

    post(
        office,
        school,
        f"settle/{pupil.id}/",
        {**form_of(html, 'id="code-'), "named": named},
    )

    assert code_of(pupil, morning(TUESDAY)) == "O"
    assert Decision.objects.get().reason == "shopping (O-B-12.1-12.3)"


def test_what_is_wrong_is_said_and_nothing_is_changed(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    form = form_of(get(office, school, f"settle/{pupil.id}/"), 'id="code-')

    assert "Choose a code" in text(post(office, school, f"settle/{pupil.id}/", form, status=422))
    without = post(office, school, f"settle/{pupil.id}/", {**form, "sessions": [], "code": "O"}, status=422)
    assert "Choose the sessions" in text(without)
    missing = post(office, school, f"settle/{pupil.id}/", {**form, "code": "Y2", "reason": "Snow."}, status=422)
    assert "needs to say: Which emergency" in text(missing)
    unsaid = post(office, school, f"settle/{pupil.id}/", {**form, "code": "O"}, status=422)
    assert "Say why, in a few words" in text(unsaid)
    assert code_of(pupil, morning(TUESDAY)) == "N"


@at_magnum
@pytest.mark.clause("M-4.2d")
def test_the_parent_is_told_before_the_mark_changes(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    notice = says(pupil, "tired", day=TUESDAY, reason="illness")
    form = form_of(get(office, school, f"settle/{pupil.id}/"), 'id="code-')

    refused = post(
        office, school, f"settle/{pupil.id}/", {**form, "code": "O", "reason": "Seen at the fair."}, status=422
    )
    assert "Tell the parent first" in text(refused)
    assert "M-4.2d" in text(refused)
    assert code_of(pupil, morning(TUESDAY)) == "N"

    telling = {"notice": notice.id, "why": "Seen at the fair.", "how": "message", "key": "a" * 32}
    post(office, school, f"settle/{pupil.id}/tell/", telling)
    message = Message.objects.get()
    assert message.template == "not-authorised"
    assert "Seen at the fair." in message.body

    html = get(office, school, f"settle/{pupil.id}/")
    assert "The parent was told it will not be authorised: Grace Adeyemi" in text(html)
    form = form_of(html, 'id="code-')
    post(office, school, f"settle/{pupil.id}/", {**form, "code": "O", "reason": "Seen at the fair."})
    assert code_of(pupil, morning(TUESDAY)) == "O"
    assert Decision.objects.get().told == ParentTold.objects.get()


@at_magnum
def test_a_parent_who_was_told_on_the_telephone(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    notice = says(pupil, "tired", day=TUESDAY, reason="illness")
    telling = {"notice": notice.id, "why": "Seen at the fair.", "how": "telephone", "key": "a" * 32}

    assert "name of the parent" in text(post(office, school, f"settle/{pupil.id}/tell/", telling, status=422))
    post(office, school, f"settle/{pupil.id}/tell/", {**telling, "to": "Grace Adeyemi"})

    assert (ParentTold.objects.get().to, Message.objects.count()) == ("Grace Adeyemi", 0)


@at_magnum
def test_nobody_restricted_is_written_to(office, school, pupil):
    pupil.contact_links.update(restriction="No contact: court order")
    world.marks(pupil, {"2026-09-15": "N-"})
    notice = says(pupil, "tired", day=TUESDAY, reason="illness")

    shown = get(office, school, f"settle/{pupil.id}/tell/")
    assert "Send a message" not in shown
    assert "No contact: court order" in text(get(office, school, "settle/"))
    sneaked = {"notice": notice.id, "why": "Seen.", "how": "message", "key": "a" * 32}
    post(office, school, f"settle/{pupil.id}/tell/", sneaked, status=422)
    assert Message.objects.count() == 0

    nobody = {**sneaked, "how": "nobody", "spoke": "Court order; the social worker knows."}
    post(office, school, f"settle/{pupil.id}/tell/", nobody)
    assert ParentTold.objects.get().how == "nobody"


@at_magnum
@pytest.mark.clause("M-4.2c")
def test_evidence_is_asked_for_on_the_sixth_day_and_once(office, school, pupil, at):
    days = ("2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11", "2026-09-14")
    world.marks(pupil, dict.fromkeys(days[:5], "II"))
    at("2026-09-11 15:30")
    assert "Ask for evidence" not in text(get(office, school, "settle/"))
    world.marks(pupil, {days[5]: "II"})
    at("2026-09-14 15:30")
    assert "away for more than 5 days" in text(get(office, school, "settle/"))

    asked = {
        "why": "long absence",
        "says": "More than 5 days.",
        "until": "2026-09-18",
        "how": "message",
        "key": "b" * 32,
    }
    post(office, school, f"settle/{pupil.id}/ask/", asked)
    again = post(office, school, f"settle/{pupil.id}/ask/", {**asked, "key": "c" * 32}, status=422)

    assert "asked for once" in text(again)
    assert "Ask for evidence of" not in text(get(office, school, "settle/"))
    assert Message.objects.get().template == "evidence-asked"
    at("2026-09-21 09:00")
    world.marks(pupil, {"2026-09-15": "II", "2026-09-16": "II", "2026-09-17": "II", "2026-09-18": "II"})
    assert "none has come" in text(get(office, school, "settle/"))


@pytest.mark.clause("M-4.2c")
def test_a_ground_that_the_policy_does_not_have_is_refused(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "II"})
    asked = {"why": "long absence", "says": "Long.", "until": "2026-09-18", "how": "message", "key": "b" * 32}

    post(office, school, f"settle/{pupil.id}/ask/", asked, status=422)

    assert not EvidenceRequest.objects.exists()


@pytest.mark.clause("O-B-7.5")
def test_evidence_needed_from_now_on_begins_and_ends(office, school, pupil, at):
    flag = {"says": "Ill on four Mondays.", "begins": "2026-09-15", "how": "message", "key": "d" * 32}
    early = post(office, school, f"settle/{pupil.id}/flag/", {**flag, "begins": "2026-09-14"}, status=422)
    assert "told in advance" in text(early)
    post(office, school, f"settle/{pupil.id}/flag/", flag)
    assert Message.objects.get().template == "evidence-from-now-on"

    world.marks(pupil, {"2026-09-16": "N-"})
    at("2026-09-16 15:00")
    says(pupil, "ill", day=date(2026, 9, 16), reason="illness")
    shown = text(get(office, school, f"settle/{pupil.id}/"))
    assert "Evidence of illness is needed since 15 September 2026" in shown
    assert "The illness is doubted and no evidence was seen" in shown

    post(office, school, f"settle/{pupil.id}/flag/", {"ends": "2026-09-15", "says": "Better now.", "key": "e" * 32})
    assert EvidenceFlag.objects.count() == 2
    assert "Illness was reported, and nobody doubts it" in text(get(office, school, f"settle/{pupil.id}/"))


@pytest.mark.clause("O-B-6.2.3", "O-B-7.2")
def test_what_was_seen_is_kept_as_evidence(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "N\\"})
    says(pupil, "dentist", day=TUESDAY, about="appointment", reason="appointment", appointment_at="10:00", at="7:30")
    html = get(office, school, f"settle/{pupil.id}/")
    form = form_of(html, "Settle as M")

    refused = post(office, school, f"settle/{pupil.id}/", {**form, "code": "M"}, status=422)
    assert "It needs this first: the document was seen (O-B-6.2.3)" in text(refused)
    post(office, school, f"settle/{pupil.id}/", {**form, "code": "M", "seen": "letter"})

    assert (code_of(pupil, morning(TUESDAY)), Evidence.objects.get().kind) == ("M", "letter")


@pytest.mark.clause("O-B-7.8")
def test_an_agreement_has_an_end(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "NN"})
    says(pupil, "chickenpox", day=TUESDAY, reason="illness")
    agreed = {"agreed_with": "Grace Adeyemi", "begins": "2026-09-15", "says": "", "key": "f" * 32}

    assert "Give this: Until" in text(post(office, school, f"settle/{pupil.id}/agree/", agreed, status=422))
    post(office, school, f"settle/{pupil.id}/agree/", {**agreed, "until": "2026-09-18"})

    assert UpdateAgreement.objects.get().until == date(2026, 9, 18)


@pytest.mark.parametrize("said", [{"about": "lateness"}, {"reason": "no reason given"}, {"restricted": True}])
def test_an_agreement_is_made_on_a_reason_of_somebody_who_may_give_it(office, school, pupil, said):
    world.marks(pupil, {"2026-09-15": "NN"})
    if said.pop("restricted", False):
        link = world.a_contact(of=pupil, name="Paul", restriction="no contact", calling_order=2)
        said = {"reason": "illness", "contact_id": link.id, "told_by": "Paul"}
    says(pupil, "chickenpox", day=TUESDAY, **said)

    assert "No daily word needed" not in get(office, school, f"settle/{pupil.id}/")
    assert office.get(f"/{school.slug}/settle/{pupil.id}/agree/").status_code == 404


@pytest.mark.clause("O-B-7.6")
def test_whom_the_policy_gives_the_decision_is_said(office, school, pupil):
    world.marks(pupil, {"2026-09-14": "NN", "2026-09-15": "NN"})
    says(pupil, "flu", day=TUESDAY, reason="illness")

    shown = text(get(office, school, f"settle/{pupil.id}/"))
    assert "Illness that was not reported on the first day may be left unauthorised" in shown
    assert re.search("The policy gives this decision to: [A-Z][a-z ]+[.]", shown)


def test_what_was_tried_is_said_beside_the_decision(office, client, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    kept(pupil, step="tell-social-worker", party="social-worker", name="Ines Faro", result=Result.TOLD)

    assert "15:30 Social worker, 07700 900123: told" in text(get(office, school, f"settle/{pupil.id}/"))
    head = world.sign_in(client, world.staff(role=Role.HEAD, school=school))
    assert "15:30 Ines Faro, 07700 900123: told" in text(get(head, school, f"settle/{pupil.id}/"))


def test_a_code_of_the_head_is_not_offered_to_the_office(office, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    says(pupil, "fair in Kent", day=TUESDAY, reason="parent travelling for work")

    shown = text(get(office, school, f"settle/{pupil.id}/"))

    assert "Settle as T" not in shown
    assert "is entered by the Principal" in shown


@pytest.mark.clause("O-B-6.5.2.2")
def test_a_family_that_travels_is_shown_the_way_to_a_second_school(client, school, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    says(pupil, "fair in Kent", day=TUESDAY, reason="parent travelling for work")
    head = world.sign_in(client, world.staff(role=Role.HEAD, school=school))

    shown = text(get(head, school, f"settle/{pupil.id}/"))

    assert "encouraged to register the child at a school where they are too; this school stays the main one" in shown
    assert "O-B-6.5.2.2" in shown


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DSL, Role.GOVERNOR])
def test_who_may_not_settle(client, school, pupil, role):
    world.sign_in(client, world.staff(role=role, school=school))

    assert client.get(f"/{school.slug}/settle/").status_code == 403
    assert client.post(f"/{school.slug}/settle/{pupil.id}/", {"code": "I"}).status_code == 403


def test_another_school_s_pupil_does_not_exist(office, school):
    stranger = world.a_pupil(school=world.a_school())

    for page in ("", "tell/", "ask/", "flag/", "agree/"):
        assert office.get(f"/{school.slug}/settle/{stranger.id}/{page}").status_code == 404


def test_nothing_open_says_so(office, school, pupil):
    assert "Nothing is open" in text(get(office, school, f"settle/{pupil.id}/"))
    assert "Every absence has a code that somebody decided" in text(get(office, school, "settle/"))
