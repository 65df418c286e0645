"""Keeping the sheets of years near the registers. A sheet is a cache: losing one costs a second, never a mark."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.figures.models import ChancesSwitch, YearSheet
from allpresent.figures.queries.sheets import LETTERS_KEPT, built, newest_entry, packed
from allpresent.figures.queries.switches import chances_shown
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import Signer


def keep_sheets(school: School, *, now: datetime) -> int:
    """Work out this year's sheet and last year's anew, once each day. Gives how many.

    Safe to run at any time and twice: what is kept is only what the registers say.
    """
    today = now.astimezone(LONDON).date()
    this = academic_year_of(today)
    held = dict(YearSheet.objects.filter(school=school, letters=LETTERS_KEPT).values_list("year", "kept_at"))
    of_today = {year for year, kept_at in held.items() if kept_at.astimezone(LONDON).date() == today}
    wanted = (year for year in (this, AcademicYear(this.first - 1)) if year.first not in of_today)
    return sum(keep_sheet(school=school, year=year, now=now) for year in wanted)


def keep_sheet(*, school: School, year: AcademicYear, now: datetime) -> int:
    """Work a year's sheet out anew from the current marks and keep it. Gives 1, or 0 for a year without a mark.

    The marks are read outside a transaction, so that nobody who saves a register waits: an entry made meanwhile is
    after `last_entry`, and is folded in by whoever reads the sheet.
    """
    last_entry = newest_entry()
    sheet = built(school, year)
    facts = {"letters": LETTERS_KEPT, "last_entry": last_entry, "kept_at": now, "stamp": uuid4(), **packed(sheet)}
    YearSheet.objects.update_or_create(school=school, year=year.first, defaults=facts)
    return int(len(sheet.pupil_ids) > 0)


@transaction.atomic
def show_chances(*, school: School, shown: bool, by: Signer, now: datetime) -> None:
    """Have the chances of the school's pupils shown from now on, or not. What is so already changes nothing."""
    School.objects.select_for_update().get(id=school.id)
    if chances_shown(school) != shown:
        ChancesSwitch.objects.create(
            school=school, shown=shown, at=now, by_id=by.user_id, by_name=by.name, by_position=by.position
        )
