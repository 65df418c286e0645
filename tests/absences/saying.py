"""Messages, e-mails and evidence as the office keeps them, in a line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from allpresent.absences.actions import (
    Given,
    Said,
    give_evidence,
    record_notice,
    set_aside,
    withdraw_evidence,
)
from allpresent.absences.models import Evidence, Mail, Notice
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half
from allpresent.core.settle.reasons import Reason
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_on_roll
from allpresent.schools.models import School
from tests import world

_keys = count(1)


def says(
    pupil: Pupil, words: str, *, day: date, back: date | None = None, at: str = "8:12",
    replaces: Notice | None = None, **facts: Any,
) -> Notice:  # fmt: skip
    """A message told by telephone at a time of its first day."""
    told_at = london_instant(day, time.fromisoformat(f"{at:0>5}"))
    said = Said(
        day=day, says=words, told_at=told_at, expected_back=back,
        **{"told_by": "Grace Adeyemi", "relation": "Mother", "about": "absence", "half": Half.AM,
           "channel": "telephone", "reason": Reason.OTHER, **facts},
    )  # fmt: skip
    kept = record_notice(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, day), said=said, key=f"key {next(_keys)}",
        by=world.OFFICE, now=max(told_at, london_instant(day, time(16))), replaces=replaces.id if replaces else None,
    )  # fmt: skip
    assert isinstance(kept, Notice), kept
    return kept


def said_and_shown(pupil: Pupil) -> dict[str, object]:
    """One of each thing of this room that an address can name."""
    [contact] = pupil.contact_links.all()
    notice = says(pupil, "flu", day=date(2026, 9, 14), contact_id=contact.id)
    return {"notice": notice.id, "evidence": shown(pupil, day=date(2026, 9, 14)).id, "mail": a_mail(pupil.school).id}


def shown(pupil: Pupil, *, day: date, file: UploadedFile | None = None, **facts: Any) -> Evidence:
    """Evidence of one day that the office saw."""
    given = Given(**{
        "first": day, "last": day, "kind": "prescription", "shows": "Amoxicillin", "given_by": "Grace Adeyemi",
        "channel": "in person", **facts,
    })  # fmt: skip
    kept = give_evidence(
        school=pupil.school, pupil=pupil, given=given, key=f"key {next(_keys)}", by=world.OFFICE,
        now=london_instant(day, time(10)), file=file,
    )  # fmt: skip
    assert isinstance(kept, Evidence), kept
    return kept


def a_mail(
    school: School, *, words: str = "Tolu is ill today", sender: str = "grace@example.org", **facts: Any
) -> Mail:
    """An e-mail as the reader keeps it, come at 7:50 on the Tuesday."""
    came = datetime(2026, 9, 15, 6, 50, tzinfo=UTC)
    number = next(_keys)
    return Mail.objects.create(**{
        "school": school, "message_id": f"<{number}@example.org>", "validity": 1, "uid": number, "kind": "message",
        "from_name": "Grace Adeyemi", "from_address": sender, "subject": "Absence", "text": words,
        "received_at": came, "at": came, **facts,
    })  # fmt: skip


def one_of_each(pupil: Pupil) -> None:
    """A row in each of this room's tables that may only be added to."""
    day, signed = date(2026, 9, 14), {"by": world.OFFICE, "now": datetime(2026, 9, 15, 9, tzinfo=UTC)}
    says(pupil, "flu", day=day)
    withdraw_evidence(school=pupil.school, evidence_id=shown(pupil, day=day).id, reason="Another child's", **signed)
    set_aside(school=pupil.school, mail_id=a_mail(pupil.school).id, reason="About dinners", **signed)
