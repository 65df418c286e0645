"""The admission register: its index, one pupil's entry, a new name, an amendment, contacts that are too few."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.people import actions, queries
from allpresent.people.changing import change, pupil_or_404, sent
from allpresent.people.facts import ENROLMENT_FACTS, FACTS
from allpresent.people.forms import AdmissionForm, AmendForm, StartForm, given
from allpresent.people.pages import index_page, record_page, short_page
from allpresent.schools.models import Group
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event


def open_groups(request: StaffRequest):
    return Group.objects.filter(school=request.school, closed_on__isnull=True)


def entry_of(request: StaffRequest, pupil_id: int) -> str:
    """The address of a pupil's entry in the admission register."""
    return reverse("roll_pupil", kwargs={"school": request.school.slug, "pupil": pupil_id})


@needs(Right.KEEP_ROLL)
def roll(request: StaffRequest) -> HttpResponse:
    """The alphabetical index: those on the register today, or those who left."""
    today = clock.today()
    page = index_page(queries.roll_index(request.school, today), today, left=request.GET.get("show") == "left")
    return render(request, "people/roll.html", {"page": page})


@needs(Right.SEE_CONTACTS)
def contacts_short(request: StaffRequest) -> HttpResponse:
    """Pupils with fewer emergency contacts than the policy asks for."""
    page = short_page(queries.contacts_short(request.school, clock.today()))
    return render(request, "people/contacts_short.html", {"page": page})


@needs(Right.KEEP_ROLL)
def roll_pupil(request: StaffRequest, pupil: int) -> HttpResponse:
    """One pupil's entry, with everything that was ever entered or amended."""
    found = pupil_or_404(request, pupil)
    restricted = request.staff.may(Right.SEE_RESTRICTED, request.school)
    record = queries.record_of(found, restricted=restricted)
    by = request.staff.signer(request.school)
    record_event(
        Kind.PUPIL_VIEWED, by=by, at=clock.now(), school_id=request.school.id, subject=f"pupil:{found.id}", page="roll"
    )
    may_delete = request.staff.may(Right.DELETE_FROM_ROLL, request.school)
    page = record_page(record, clock.today(), restricted=restricted, may_delete=may_delete)
    return render(request, "people/roll_pupil.html", {"page": page})


@needs(Right.KEEP_ROLL)
def roll_add(request: StaffRequest) -> HttpResponse:
    """Enter a new pupil's name."""
    form = AdmissionForm(sent(request), groups=open_groups(request), initial={"standing": "only"})

    def act(answers):
        admission = actions.Admission(**given(form, form.PARTICULARS))
        return actions.admit_pupil(
            school=request.school,
            admission=admission,
            start=_start(answers),
            by=request.staff.signer(request.school),
            now=clock.now(),
        )

    roll_page = reverse("roll", kwargs={"school": request.school.slug})
    return change(
        request,
        form,
        act,
        title=f"Add a {request.words.pupil}",
        button="Add to the register",
        done="The name is entered.",
        back=roll_page,
    )


@needs(Right.KEEP_ROLL)
def readmit(request: StaffRequest, pupil: int) -> HttpResponse:
    """Enter again the name of a pupil who left."""
    found = pupil_or_404(request, pupil)
    form = StartForm(sent(request), groups=open_groups(request), initial={"standing": "only"})

    def act(answers):
        by = request.staff.signer(request.school)
        return actions.admit_again(pupil=found, start=_start(answers), by=by, now=clock.now())

    return change(
        request,
        form,
        act,
        title=f"Enter {found} again",
        button="Enter the name again",
        done="The name is entered again.",
        back=entry_of(request, found.id),
    )


def _start(answers) -> actions.Start:
    fields = ("expected_on", "first_attended", "group", "standing")
    return actions.Start(**{field: answers[field] for field in fields})


@needs(Right.KEEP_ROLL)
def roll_amend(request: StaffRequest, pupil: int) -> HttpResponse:
    """Amend facts of the register, with a reason."""
    found = pupil_or_404(request, pupil)
    enrolment = found.enrolments.last()
    initial = {fact: getattr(enrolment if fact in ENROLMENT_FACTS else found, fact, "") for fact in FACTS}
    form = AmendForm(sent(request), initial=initial)

    def act(answers):
        changes = {fact: actions.Change(form.seen(fact), answers[fact]) for fact in FACTS if fact in form.changed_data}
        by = request.staff.signer(request.school)
        return actions.amend_roll(pupil=found, changes=changes, reason=answers["reason"], by=by, now=clock.now())

    return change(
        request,
        form,
        act,
        title=f"Amend the register: {found}",
        button="Amend",
        done="Amended. What stood there before is kept below.",
        back=entry_of(request, found.id),
    )
