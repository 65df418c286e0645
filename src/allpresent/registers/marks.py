"""One mark: every entry of it, what it counts as, and, for those who may, amending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.arrival import code_for_arrival
from allpresent.core.register.problems import Fault, ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.models import Pupil
from allpresent.people.queries import RollPupil, group_on, pupil_of, pupil_on_roll
from allpresent.registers import actions, queries
from allpresent.registers.known import Known, known_on
from allpresent.registers.mark_pages import (
    Choice,
    EntryView,
    Meaning,
    NamedReason,
    choices,
    entry_views,
    meaning_of,
    named_reasons,
    window_of,
)
from allpresent.registers.models import RegisterEntry
from allpresent.registers.objections import objections_to
from allpresent.schools.models import Group
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import clock_time

_FIELDS = {
    ProblemKind.REASON: "reason",
    ProblemKind.DETAIL: "detail",
    ProblemKind.MINUTES: "arrived",
    ProblemKind.NEEDS_ARRIVAL: "arrived",
    ProblemKind.NOT_AN_ARRIVAL: "arrived",
}
"""Beside which box a problem is shown; any other is beside the code."""


class AmendForm(forms.Form):
    """The shape of an amendment. What is allowed is for core.register.amendment to say."""

    named = forms.CharField(max_length=20, required=False)
    code = forms.CharField(max_length=3, required=False)
    arrived = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        error_messages={"invalid": "Give the time of arrival as 9:25"},
    )
    detail = forms.CharField(max_length=300, required=False)
    reason = forms.CharField(max_length=300, required=False)
    seen = forms.IntegerField(min_value=0)

    def __init__(self, data: QueryDict | None, *, reasons: tuple[NamedReason, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reasons = reasons

    def clean(self) -> dict[str, Any]:
        """A reason that the policy names brings its code, and says itself where nothing else is said."""
        given = super().clean()
        named = next((reason for reason in self.reasons if reason.value == given.get("named")), None)
        if named and given.get("code") not in ("", named.code):
            self.add_error("code", f"{named.words} goes with {named.code}. Choose one or the other.")
        elif named:
            given |= {"code": named.code, "reason": given.get("reason") or named.reason}
        elif not given.get("code"):
            self.add_error("code", "Choose a code, or a reason that the policy names")
        return given


@dataclass(frozen=True)
class MarkPage:
    """The page of one mark. `form` is None for those who may not amend it."""

    pupil: Pupil
    on_roll: RollPupil | None
    group: Group | None
    session: Session
    entries: tuple[EntryView, ...]
    meaning: Meaning | None
    known: Known
    form: AmendForm | None
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    seen: int

    @property
    def restriction(self) -> str:
        return self.on_roll.restriction if self.on_roll else ""


@needs(Right.SEE_REGISTERS)
def mark(request: StaffRequest, pupil: int, day: date, half: Half) -> HttpResponse:
    """One pupil's mark for one session."""
    found, group = _pupil(request, pupil, day)
    session, now = Session(day, half), clock.now()
    on_roll = pupil_on_roll(request.school, found.id, day)
    entries = queries.entries_of(found.id, session)
    if not entries and not setting_of(request.school).calendar.is_session(session):
        raise Http404
    form = _form(request, on_roll, session, entries)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _amend(request, on_roll, session, form, now):
            return redirect(request.path)
    return _draw(request, found, group, on_roll, session, entries, form)


def _pupil(request: StaffRequest, pupil_id: int, day: date) -> tuple[Pupil, Group | None]:
    """The pupil and their group of that day. A class teacher reaches her own groups' pupils alone."""
    pupil = pupil_of(request.school, pupil_id) if pupil_id < 2**62 else None
    if pupil is None:
        raise Http404
    group = Group.objects.filter(id=group_on(pupil, day), school=request.school).first()
    if not request.staff.may_with_group(Right.SEE_REGISTERS, request.school, group.id if group else 0):
        raise Http404
    return pupil, group


def _form(request, on_roll: RollPupil | None, session: Session, entries: tuple[RegisterEntry, ...]) -> AmendForm | None:
    """The form of those who may amend this mark: a pupil then on the roll, a mark there, and times to judge it by."""
    if not entries or on_roll is None or not request.staff.may(Right.AMEND_REGISTER, request.school):
        return None
    if window_of(setting_of(request.school), session, on_roll.year_group) is None:
        return None
    reasons = named_reasons(session, request.staff.level(request.school), setting_of(request.school))
    return AmendForm(request.POST or None, reasons=reasons, initial={"seen": entries[-1].version})


def _amend(request: StaffRequest, pupil: RollPupil, session: Session, form: AmendForm, now: datetime) -> bool:
    """Carry the amendment out; False with the problems beside their boxes."""
    given = form.cleaned_data
    minutes = _minutes(request, pupil, session, form, now)
    if isinstance(minutes, Fault):
        form.add_error("arrived", minutes.message)
        return False
    new = SubmittedMark(pupil.id, given["code"].strip().upper(), given["seen"], minutes, given["detail"])
    against = tuple(objections_to(request.school, pupil, session, new.code, now=now))
    for says in against:
        form.add_error("code", says)
    if against:
        return False
    result = actions.amend_mark(
        school=request.school, pupil=pupil, session=session, new=new, reason=given["reason"],
        level=request.staff.level(request.school), by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if isinstance(result, Problems):
        for problem in result.problems:
            says = problem.message.removeprefix(f"{pupil.name}: ")
            form.add_error(_FIELDS.get(problem.kind, "code"), says[:1].upper() + says[1:])
        return False
    messages.success(request, f"Amended: {result.original} is now {result.amended}. The first entry is kept below.")
    return True


def _minutes(
    request: StaffRequest, pupil: RollPupil, session: Session, form: AmendForm, now: datetime
) -> int | Fault | None:
    """The minutes late of the time of arrival, by the rule that judges every arrival."""
    wall = form.cleaned_data["arrived"]
    if wall is None:
        return None
    arrived = london_instant(session.day, wall)
    if arrived > now:
        return Fault(ProblemKind.NOT_AN_ARRIVAL, f"{clock_time(arrived)} has not come yet. Give the time of arrival.")
    window = setting_of(request.school).window(session, pupil.year_group)
    codes = code_set_on(session.day)
    earned = code_for_arrival(window, session.day, arrived, half=session.half, better_reason=None, codes=codes)
    return earned if isinstance(earned, Fault) else earned.minutes_late or 0


def _draw(request, pupil, group, on_roll, session, entries, form: AmendForm | None) -> HttpResponse:
    known, setting = known_on(request), setting_of(request.school)
    shown = tuple(entry for entry in entries if known.moment is None or entry.at <= known.moment)
    level = request.staff.level(request.school)
    page = MarkPage(
        pupil=pupil,
        on_roll=on_roll,
        group=group,
        session=session,
        entries=entry_views(shown, session, setting, on_roll.year_group if on_roll else ""),
        meaning=meaning_of(shown[-1].code, session) if shown and shown[-1].code else None,
        known=known,
        form=None if known.moment else form,
        choices=choices(session, level, setting) if form and level else (),
        seen=entries[-1].version if entries else 0,
    )
    wrong = bool(form and form.is_bound and form.errors)
    return render(request, "registers/mark.html", {"page": page}, status=422 if wrong else 400 if known.wrong else 200)
