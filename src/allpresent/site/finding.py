"""What the gate's pages share: the pupil meant, a form that an action refused."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from allpresent.accounts.door import StaffRequest
from allpresent.people.queries import Found, RollPupil, pupil_on_roll, search_pupils
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused


def pupil_or_404(request: StaffRequest, asked: str, now: datetime) -> RollPupil:
    """The pupil on the roll today whose number the page gave."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 18
    found = pupil_on_roll(request.school, int(asked), now.astimezone(LONDON).date()) if is_number else None
    if found is None:
        raise Http404
    return found


def find(request: StaffRequest, now: datetime) -> tuple[str, tuple[Found, ...]]:
    """What was searched for and who fits it: by a few letters, by a contact or by a number."""
    search = request.GET.get("q", "").strip()[:100]
    today = now.astimezone(LONDON).date()
    return search, search_pupils(request.school, search, today, with_contacts=True) if search else ()


def kept(result: object, form) -> bool:
    """Whether an action kept what the form holds; a refusal goes beside the fields."""
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    return True
