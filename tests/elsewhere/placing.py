"""Builders of providers, arrangements, words and suspensions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.elsewhere.heard import Says
from allpresent.core.elsewhere.kinds import ProviderKind
from allpresent.core.roll.expected import WeekdayHalf
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.actions import Facts, Place, Suspend, Told
from allpresent.elsewhere.models import Chase, Provider, ProviderWord, Suspension
from allpresent.elsewhere.queries import Arranged
from allpresent.people.models import Placement, Pupil
from allpresent.people.queries import pupil_on_roll
from allpresent.schools.models import School
from allpresent.shared.clock import read_moment
from tests import world

_numbers = count(1)
TUESDAY = date(2026, 9, 15)
MONDAY_EVENING = read_moment("2026-09-14 18:00")
ALL_WEEK: frozenset[WeekdayHalf] = frozenset()
LEAD = world.OFFICE


def a_provider(
    *,
    school: School,
    kind: ProviderKind = ProviderKind.NOT_A_SCHOOL,
    name: str = "",
    checked: bool = True,
    setting: School | None = None,
    email: str = "desk@example.org",
) -> Provider:
    """A provider whose safeguards were seen."""
    facts = Facts(
        name or f"Riverside Workshop {next(_numbers)}", kind, "joinery", "Moss Hale", "01672 555 010", email,
        setting.id if setting else None,
    )  # fmt: skip
    made = actions.keep_provider(school=school, facts=facts, by=LEAD, now=world.BEGINNING)
    assert isinstance(made, Provider)
    if checked:
        actions.record_check(
            provider=made, seen_on=date(2026, 8, 20), seen_by="Sam Okafor", what="staff checks, first aid",
            valid_until=date(2027, 8, 20), by=LEAD, now=world.BEGINNING,
        )  # fmt: skip
    return made


def placed(
    pupil: Pupil,
    provider: Provider,
    *,
    begins: date = TUESDAY,
    ends: date | None = None,
    halves: frozenset[WeekdayHalf] = ALL_WEEK,
    now: datetime = MONDAY_EVENING,
) -> Arranged:
    """An arrangement, entered the evening before."""
    on_roll = pupil_on_roll(pupil.school, pupil.id, begins)
    made = actions.arrange(
        school=pupil.school, pupil=on_roll, provider=provider, place=Place("joinery, level 1", begins, ends, halves),
        key=f"arrangement-{next(_numbers)}", by=LEAD, now=now,
    )  # fmt: skip
    return queries.arrangement_of(pupil.school, made.id)


def said(
    arranged: Arranged,
    school: School,
    says: Says,
    *,
    at: str = "2026-09-15 09:05",
    half: Half = Half.AM,
    key: str = "",
    now: str = "",
    **more: object,
) -> ProviderWord:
    """The provider's word on a session of the day."""
    told_at = read_moment(at)
    told = Told(says, "Moss Hale", told_at, ProviderWord.Channel.TELEPHONE, **more)
    return actions.record_word(
        school=school, arrangement=arranged, session=Session(told_at.date(), half), told=told,
        key=key or f"word-{next(_numbers)}", by=LEAD, now=read_moment(now) if now else told_at,
    )  # fmt: skip


def suspended(
    pupil: Pupil,
    *,
    first: str = "2026-09-28",
    half: Half = Half.AM,
    days: int | None = 5,
    now: str = "2026-09-25 16:00",
) -> Suspension:
    """A suspension recorded the Friday before."""
    decided = Suspend(date.fromisoformat(first), half, days, "bullying", "Robin Vale")
    on_roll = pupil_on_roll(pupil.school, pupil.id, TUESDAY)
    return actions.suspend(
        school=pupil.school, pupil=on_roll, decided=decided, key=f"suspension-{next(_numbers)}", by=LEAD,
        now=read_moment(now),
    )  # fmt: skip


def commissioned(pupil_there: Pupil, by: School, **facts: object) -> Placement:
    """The school that placed a pupil at the setting where this row of them is."""
    return Placement.objects.create(
        pupil=pupil_there,
        kind="school",
        commissioner=by.name,
        commissioning_school=by,
        begins=date(2026, 9, 1),
        **facts,
    )


def codes(pupil: Pupil) -> dict[str, str]:
    """The marks in force: {"2026-09-15 AM": "B"}."""
    return {f"{mark.day} {mark.half}": mark.code for mark in pupil.marks.order_by("day", "half") if mark.code}


def one_of_each(pupil: Pupil) -> dict[str, object]:
    """A row of everything of this room, for the guards: what addresses name, by the name of their part."""
    provider = a_provider(school=pupil.school)
    arranged = placed(pupil, provider)
    word = said(arranged, pupil.school, Says.THERE, now="2026-09-15 09:10", concern=True, words="very quiet")
    actions.follow_up(word=word, agreed="We ring each morning.", by=LEAD, now=MONDAY_EVENING)
    link, token = actions.make_link(provider=provider, by=LEAD, now=datetime(2026, 9, 14, tzinfo=UTC))
    return {
        "provider": provider.id, "arrangement": arranged.id, "word": word.id, "link": link.id, "token": token,
        "suspension": suspended(pupil, first="2026-12-07").id,
    }  # fmt: skip


def ended_and_asked(pupil: Pupil) -> None:
    """A row of each of the tables that `one_of_each` leaves empty."""
    provider = Provider.objects.filter(school=pupil.school).latest("id")
    arranged = queries.arrangements_of(pupil.id)[-1]
    actions.end_arrangement(
        school=pupil.school, arrangement=arranged, last_day=date(2026, 12, 1), reason="x", by=LEAD, now=MONDAY_EVENING
    )
    suspension = Suspension.objects.filter(pupil=pupil).latest("id")
    actions.end_suspension(suspension=suspension, last_day=None, reason="x", by=LEAD, now=MONDAY_EVENING)
    asked = Chase(provider=provider, day=TUESDAY, half="AM", how="message", at=MONDAY_EVENING, by_name="Sam")
    asked.save()
