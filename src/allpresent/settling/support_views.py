"""The page of support: what was offered to one pupil, a new offer or referral, and what became of one (M-4.5f)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.settle.support import support_clauses
from allpresent.people.changing import change, pupil_or_404, sent
from allpresent.people.models import Pupil
from allpresent.people.queries.record import contacts_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.settling import actions
from allpresent.settling.forms import one_press
from allpresent.settling.support import Support, seen_by, support_of, together
from allpresent.settling.support_forms import AnswerForm, OfferForm
from allpresent.shared import clock


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle_support(request: StaffRequest, pupil: int) -> HttpResponse:
    """Write down an offer, or with `answers` in the address what became of one."""
    found = pupil_or_404(request, pupil)
    held = supports(request, found)
    answered = _answered(request, held)
    initial = {"key": one_press(), "day": clock.today(), "answers": answered.first.id if answered else None}
    form = (AnswerForm if answered else OfferForm)(sent(request), initial=initial)

    def act(given: dict[str, Any]) -> Any:
        sending = {"key": form.number, "by": request.staff.signer(request.school), "now": clock.now()}
        if isinstance(form, AnswerForm):
            return actions.answer_support(
                school=request.school, pupil=found, support_id=given["answers"], answer=given["answer"],
                what=given["what"], day=given["day"], **sending,
            )  # fmt: skip
        given = {name: given[name] for name in ("kind", "what", "day", "party", "partner", "answer")}
        return actions.offer_support(school=request.school, pupil=found, offered=actions.Offered(**given), **sending)

    back = reverse("settle", kwargs={"school": request.school.slug, "pupil": found.id})
    return change(
        request, form, act, back=back, template="settling/support.html", pupil=found, answered=answered, held=held,
        contacts=[adult for adult in contacts_of(found.id) if adult.restriction],
        title=f"{'What became of it' if answered else 'Support offered'}: {found}", button="Write it down",
        done="Written down.", clauses=support_clauses(setting_of(request.school).policy_on(clock.today())),
    )  # fmt: skip


def supports(request: StaffRequest, found: Pupil) -> tuple[Support, ...]:
    """What was offered to a pupil, as this person may read it, newest first: one query."""
    restricted = request.staff.may(Right.SEE_RESTRICTED, request.school)
    lines = support_of([found.id]).get(found.id, ())
    return together(seen_by(lines, restricted=restricted, user_id=request.staff.user_id))


def _answered(request: StaffRequest, held: tuple[Support, ...]) -> Support | None:
    """The offer that is answered; one that is not this pupil's, or may not be read, does not exist."""
    asked = request.POST.get("answers") or request.GET.get("answers", "")
    if not asked:
        return None
    found = next((one for one in held if str(one.first.id) == asked and one.first.shown), None)
    if found is None:
        raise Http404
    return found
