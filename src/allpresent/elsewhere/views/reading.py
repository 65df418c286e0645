"""What an address names, fetched with its school; what does not exist there is 404."""

from __future__ import annotations

from django.http import Http404

from allpresent.accounts.door import StaffRequest
from allpresent.elsewhere import queries
from allpresent.elsewhere.models import Provider
from allpresent.elsewhere.queries import Arranged
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.shared import clock

MOST = 2**62


def provider_or_404(request: StaffRequest, number: int) -> Provider:
    found = queries.provider_of(request.school, number) if number < MOST else None
    if found is None:
        raise Http404
    return found


def arrangement_or_404(request: StaffRequest, number: int) -> Arranged:
    found = queries.arrangement_of(request.school, number) if number < MOST else None
    if found is None:
        raise Http404
    return found


def pupil_asked(request: StaffRequest) -> RollPupil | None:
    """The pupil named in `?pupil=` or in the form; None when none is named."""
    asked = request.POST.get("pupil") or request.GET.get("pupil", "")
    if not asked:
        return None
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    found = pupil_on_roll(request.school, number, clock.today())
    if found is None:
        raise Http404
    return found
