"""Changes beside a pupil's entry: group, expected sessions, contacts, and dated facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.roll.expected import halves_text
from allpresent.people import actions
from allpresent.people.changing import change, pupil_or_404, sent
from allpresent.people.forms import (
    HALVES,
    CharacteristicForm,
    ContactForm,
    EndForm,
    GroupForm,
    PlacementForm,
    ProfessionalForm,
    ReasonForm,
    RollForm,
    SessionsForm,
    given,
)
from allpresent.people.models import Characteristic, Placement, Professional, Pupil, PupilContact
from allpresent.people.views.roll import entry_of, open_groups
from allpresent.shared import clock

DATED = {"characteristics": Characteristic, "professionals": Professional, "placements": Placement}


def _signed(request: StaffRequest) -> dict:
    return {"by": request.staff.signer(request.school), "now": clock.now()}


def _entered(
    request: StaffRequest, pupil: Pupil, form: RollForm, verb: Callable[..., Any], **words: str
) -> HttpResponse:
    """A form whose answers are just what the verb takes, signed."""
    return change(
        request,
        form,
        lambda answers: verb(pupil=pupil, **answers, **_signed(request)),
        back=entry_of(request, pupil.id),
        **words,
    )


@needs(Right.KEEP_ROLL)
def roll_group(request: StaffRequest, pupil: int) -> HttpResponse:
    """Move a pupil to another group from a day on."""
    found = pupil_or_404(request, pupil)
    form = GroupForm(sent(request), groups=open_groups(request), initial={"begins": clock.today()})
    return _entered(
        request,
        found,
        form,
        actions.move_group,
        title=f"Move {found} to another group",
        button="Move",
        done="Moved. Earlier registers stay as they were.",
    )


@needs(Right.KEEP_ROLL)
def roll_sessions(request: StaffRequest, pupil: int) -> HttpResponse:
    """Set the sessions of the week on which a pupil is expected."""
    found = pupil_or_404(request, pupil)
    initial = {"begins": clock.today(), "halves": [value for value, _ in HALVES]}
    form = SessionsForm(sent(request), initial=initial)
    return _entered(
        request,
        found,
        form,
        actions.set_expected_sessions,
        title=f"Sessions expected of {found}",
        button="Set the sessions",
        done=f"Set: {_said(form)}.",
        intro="For a place that is not the whole week, such as three days at an alternative provision. "
        "A temporary part-time timetable of a pupil of compulsory age is not this: mark those sessions C2.",
    )


def _said(form: SessionsForm) -> str:
    return halves_text(form.cleaned_data["halves"]) if form.is_valid() else ""


@needs(Right.KEEP_ROLL)
def roll_contact_add(request: StaffRequest, pupil: int) -> HttpResponse:
    """Add an adult to a child's contacts."""
    found = pupil_or_404(request, pupil)
    form = ContactForm(sent(request))
    return change(
        request,
        form,
        lambda answers: actions.add_contact(
            pupil=found,
            adult=actions.AdultDetails(**given(form, form.ADULT)),
            details=actions.ContactDetails(**given(form, form.LINK)),
            reason=answers["reason"],
            **_signed(request),
        ),
        title=f"Add a contact for {found}",
        button="Add the contact",
        done="The contact is added.",
        back=entry_of(request, found.id),
    )


@needs(Right.KEEP_ROLL)
def roll_contact(request: StaffRequest, pupil: int, contact: int) -> HttpResponse:
    """Change a contact: the adult's own facts change for each of their children here."""
    link = _link(request, pupil, contact)
    held = {field: getattr(link.contact, field) for field in ContactForm.ADULT}
    form = ContactForm(sent(request), initial=held | {field: getattr(link, field) for field in ContactForm.LINK})
    return change(
        request,
        form,
        lambda answers: actions.change_contact(
            link=link,
            adult=actions.AdultDetails(**given(form, form.ADULT)),
            details=actions.ContactDetails(**given(form, form.LINK)),
            reason=answers["reason"],
            **_signed(request),
        ),
        title=f"{link.contact.name}, contact of {link.pupil}",
        button="Save",
        done="The contact is changed.",
        back=entry_of(request, link.pupil_id),
        intro="Name, numbers, e-mail and address change for every child of theirs at the school.",
    )


@needs(Right.KEEP_ROLL)
def roll_contact_remove(request: StaffRequest, pupil: int, contact: int) -> HttpResponse:
    """Take an adult from a child's contacts."""
    link = _link(request, pupil, contact)
    return change(
        request,
        ReasonForm(sent(request)),
        lambda answers: actions.remove_contact(link=link, reason=answers["reason"], **_signed(request)),
        title=f"Remove {link.contact.name} from the contacts of {link.pupil}",
        button="Remove the contact",
        done="The contact is removed. What stood there is kept below.",
        back=entry_of(request, link.pupil_id),
    )


def _link(request: StaffRequest, pupil: int, contact: int) -> PupilContact:
    links = PupilContact.objects.select_related("contact", "pupil")
    return get_object_or_404(links, id=contact, pupil_id=pupil, pupil__school=request.school)


@needs(Right.KEEP_ROLL)
def roll_characteristic(request: StaffRequest, pupil: int) -> HttpResponse:
    """Record a characteristic from a day on."""
    found = pupil_or_404(request, pupil)
    restricted = request.staff.may(Right.SEE_RESTRICTED, request.school)
    form = CharacteristicForm(sent(request), restricted=restricted, initial={"begins": clock.today()})
    return _entered(
        request,
        found,
        form,
        actions.add_characteristic,
        title=f"Add a characteristic: {found}",
        button="Add",
        done="The characteristic is recorded.",
    )


@needs(Right.KEEP_ROLL)
def roll_professional(request: StaffRequest, pupil: int) -> HttpResponse:
    """Record a worker around the child. Only for those who may know of them."""
    found = pupil_or_404(request, pupil)
    _may_know(request)
    return _entered(
        request,
        found,
        ProfessionalForm(sent(request), initial={"begins": clock.today()}),
        actions.add_professional,
        title=f"Add a professional: {found}",
        button="Add",
        done="The professional is recorded.",
    )


def _may_know(request: StaffRequest) -> None:
    if not request.staff.may(Right.SEE_RESTRICTED, request.school):
        raise Http404


@needs(Right.KEEP_ROLL)
def roll_placement(request: StaffRequest, pupil: int) -> HttpResponse:
    """Record who commissioned the place."""
    found = pupil_or_404(request, pupil)
    return _entered(
        request,
        found,
        PlacementForm(sent(request), initial={"begins": clock.today()}),
        actions.add_placement,
        title=f"Who commissioned the place of {found}",
        button="Record",
        done="The commissioner is recorded.",
    )


@needs(Right.KEEP_ROLL)
def roll_end(request: StaffRequest, pupil: int, kind: str, fact: int) -> HttpResponse:
    """Give a dated fact its last day."""
    found = pupil_or_404(request, pupil)
    row = get_object_or_404(DATED[kind], id=fact, pupil=found)
    if kind == "professionals" or (kind == "characteristics" and row.is_restricted):
        _may_know(request)
    return change(
        request,
        EndForm(sent(request), initial={"ends": clock.today()}),
        lambda answers: actions.end_fact(fact=row, ends=answers["ends"], **_signed(request)),
        title=f"{row}, {found}: last day",
        button="End it",
        done="The last day is recorded.",
        back=entry_of(request, found.id),
    )
