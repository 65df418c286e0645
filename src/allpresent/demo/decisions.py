"""How the made-up office settles what was not known at the register: it writes down what was said, then decides."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy
from allpresent.core.settle.reasons import Reason
from allpresent.demo.marks import Step
from allpresent.people.models import PupilContact
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.settling.actions import Telling, settle, tell_parent
from allpresent.settling.models import Decision, ParentTold

WEEKS = timedelta(days=14)
"""How far back decisions are kept with what they stand on; before that, the amendment alone."""


SEEN = "Prescription label of that day, shown at the office"
"""What a parent brings where evidence is needed."""


class ToSettle(NamedTuple):
    """One mark that the office is to settle, with the entry that does it."""

    pupil: RollPupil
    session: Session
    version: int
    step: Step


def settle_all(school: School, waiting: list[ToSettle]) -> list[ToSettle]:
    """Settle each pupil's marks of one day together, in order. Gives those that no decision could settle."""
    together: dict[tuple[int, date, date, str], list[ToSettle]] = defaultdict(list)
    for one in waiting:
        together[one.pupil.id, one.session.day, one.step.at.date(), one.step.code].append(one)
    ordered = sorted(together.values(), key=_moment)
    return [one for ones in ordered if not _settled(school, ones) for one in ones]


def _moment(ones: list[ToSettle]) -> datetime:
    return max(one.step.at for one in ones)


def _settled(school: School, ones: list[ToSettle]) -> bool:
    (pupil, session, _, step), now = ones[0], _moment(ones)
    key = f"demo:{pupil.id}:{session.day}:{session.half.value}:{step.code}"
    notice = _said(school, ones[0], key, now) if ":" in step.reason else None
    if notice and step.code == "O":
        _tell(school, pupil, notice, key, step, now)
    facts = {
        "school": school, "pupil": pupil, "sessions": [one.session for one in ones], "code": step.code,
        "reason": step.reason, "detail": step.detail, "notice_id": notice.id if notice else None, "evidence_ids": (),
        "level": EnteredBy.OFFICE, "key": key, "by": step.by, "now": now,
    }  # fmt: skip
    return any(isinstance(settle(**facts, seen=seen), Decision) for seen in ("", SEEN))


def _said(school: School, one: ToSettle, key: str, now: datetime) -> Notice | None:
    """What the parent said, as a message: 'Mother rang back: flu' is an illness."""
    link = _caller(one.pupil, one.step.reason)
    ill = one.step.code == "I"
    said = Said(
        Notice.About.ABSENCE, one.session.day, one.session.half, Reason.ILLNESS if ill else Reason.OTHER,
        one.step.reason.partition(": ")[2], Notice.Channel.TELEPHONE, link.contact.name, link.relation,
        now - timedelta(minutes=3), contact_id=link.id,
    )  # fmt: skip
    kept = record_notice(
        school=school, pupil=one.pupil, said=said, key=key, by=one.step.by, now=now - timedelta(minutes=2)
    )
    return kept if isinstance(kept, Notice) else None


def _tell(school: School, pupil: RollPupil, notice: Notice, key: str, step: Step, now: datetime) -> None:
    telling = Telling(
        ParentTold.About.CHANGE, ParentTold.How.TELEPHONE, {}, to=notice.told_by,
        says="Said on the same call that this cannot be authorised.", notice_id=notice.id,
    )  # fmt: skip
    tell_parent(school=school, pupil=pupil, telling=telling, key=key, by=step.by, now=now - timedelta(minutes=1))


def _caller(pupil: RollPupil, words: str) -> PupilContact:
    """Whoever of the family the words name, 'Father said: ...'; the first parent where they name nobody."""
    links = PupilContact.objects.filter(pupil=pupil.id, restriction="").select_related("contact")
    found = list(links.order_by("-is_parent", "calling_order"))
    return next((link for link in found if link.relation.lower() in words.lower()), found[0])
