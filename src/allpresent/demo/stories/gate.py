"""Who went out by the front door: a dentist this morning, a child sent home ill the day before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half, Session
from allpresent.demo.reading import read
from allpresent.demo.stories.stage import Stage, clock, parent_of
from allpresent.people.queries import RollPupil
from allpresent.registers.queries import school_marks
from allpresent.site.actions import Companion, GoingOut, sign_in, sign_out
from allpresent.site.models import Crossing

HERE = frozenset({"/", "L"})


def out_today(stage: Stage) -> None:
    """One who has just gone out to the dentist, fetched by a parent, and is expected back."""
    moment = stage.now - timedelta(minutes=1)
    pupil = next(_here(stage, moment, _names()), None)
    if pupil and not Crossing.objects.filter(school=stage.school, day=stage.day).exists():
        back = moment + timedelta(minutes=75)
        _out(stage, pupil, moment, why=Crossing.Why.APPOINTMENT, says="Dentist, card seen", expected_back_at=back)


def out_yesterday(stage: Stage) -> None:
    """One back from an appointment the day before, and one sent home ill."""
    day = stage.before(1)
    here = list(_here(stage, clock(day, 11), _names()[::-1])) if day else []
    if len(here) > 1:
        lead = stage.signers.head
        _out(stage, here[0], clock(day, 10, 5), why=Crossing.Why.APPOINTMENT, says="Optician, text seen")
        sign_in(
            school=stage.school, pupil=here[0], at=clock(day, 11, 20), says="", key=stage.key("back", here[0].id),
            by=stage.signers.office, now=clock(day, 11, 20),
        )  # fmt: skip
        agreed = f"{lead.name}, {lead.position}"
        _out(stage, here[1], clock(day, 14, 10), why=Crossing.Why.ILL, says="Sick after lunch", agreed_by=agreed)


def _names() -> list[str]:
    return read("stories")["gate"]["goes_out"]


def _here(stage: Stage, moment: datetime, names: Iterable[str]) -> Iterator[RollPupil]:
    """Those of the names who are marked as here in the morning of that day."""
    day = wall_clock(moment)[0]
    marks = school_marks(stage.school, Session(day, Half.AM))
    pupils = (stage.pupil(name, day) for name in names)
    return (one for one in pupils if one and one.id in marks and marks[one.id].code in HERE)


def _out(stage: Stage, pupil: RollPupil, moment: datetime, **facts) -> None:
    out = GoingOut(at=moment, companion=Companion(contact_id=parent_of(pupil).id), **facts)
    key = stage.key("out", pupil.id, wall_clock(moment)[0])
    sign_out(school=stage.school, pupil=pupil, out=out, level=None, key=key, by=stage.signers.office, now=moment)
