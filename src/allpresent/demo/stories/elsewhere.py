"""Sessions elsewhere: a farm whose word is awaited, the provision's own registers, a suspension."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.elsewhere.heard import Says
from allpresent.core.elsewhere.kinds import ProviderKind
from allpresent.core.roll.expected import parse_halves
from allpresent.demo.places import planned_year
from allpresent.demo.stories.stage import Stage, clock, days_of
from allpresent.elsewhere.actions import (
    Facts,
    Place,
    Suspend,
    Told,
    arrange,
    keep_planned,
    keep_provider,
    record_check,
    record_word,
    suspend,
)
from allpresent.elsewhere.models import Provider, ProviderLink, Suspension
from allpresent.elsewhere.queries.arrangements import arrangements_on
from allpresent.elsewhere.queries.links import link_of
from allpresent.elsewhere.tokens import hash_of
from allpresent.schools.models import School

FARM = "Bramble Hill Farm"
AT_FARM = {"Esmé Rushforth": "Mon AM, Thu AM, Fri AM", "Tolu Adeyemi": "Tue AM, Wed AM"}
"""Whose mornings at the farm are which: on any day of the week somebody is there."""

LINK = "bramble-hill-farm-of-the-demonstration"
"""The farm's signed link. A real one is drawn by chance and shown once; this one is printed at each start."""

SUSPENDED = "Corey Llewellyn-Smythe"


def providers(stage: Stage, provision: School) -> None:
    """The farm and the provision as the school's providers, both checked in the summer, and who goes there."""
    begins = planned_year().pupil_days[0]
    at_farm = Facts(FARM, ProviderKind.NOT_A_SCHOOL.value, "animal care and growing food", "Hazel Crook",
                    "01632 960811", "office@bramble-hill.example.org")  # fmt: skip
    at_provision = Facts(provision.name, ProviderKind.NOT_A_SCHOOL.value, "lessons in a small group",
                         "Provision office", "01632 960201", "office@kiln.example.org", provision.id)  # fmt: skip
    farm, kiln = (_provider(stage, facts, begins) for facts in (at_farm, at_provision))
    weeks = {**{name: (farm, week) for name, week in AT_FARM.items()}, "Kayden Frost": (kiln, KAYDENS)}
    for name, (provider, week) in weeks.items():
        _arrange(stage, name, provider, week, begins)
    for day in planned_year().school_days_between(begins, stage.day)[::8]:
        keep_planned(stage.school, now=min(clock(day, 7, 30), stage.now))


KAYDENS = "Mon AM, Mon PM, Tue AM, Tue PM, Wed AM, Wed PM"


def _provider(stage: Stage, facts: Facts, begins: date) -> Provider:
    by, now = stage.signers.head, clock(begins, 7)
    provider = keep_provider(school=stage.school, facts=facts, by=by, now=now)
    record_check(
        provider=provider, seen_on=begins, seen_by=by.name, valid_until=begins + timedelta(days=365), by=by, now=now,
        what="Staff checks, safeguarding policy, who rings whom when a child does not come",
    )  # fmt: skip
    return provider


def _arrange(stage: Stage, name: str, provider: Provider, week: str, begins: date) -> None:
    if pupil := stage.pupil(name, begins):
        place = Place(provider.nature, begins, None, parse_halves(week))
        arrange(
            school=stage.school, pupil=pupil, provider=provider, place=place, key=stage.key("arranged", name),
            by=stage.signers.head, now=clock(begins, 7, 10),
        )  # fmt: skip


def link(stage: Stage) -> None:
    """The farm's signed link, known to everybody who tries the demonstration."""
    provider = Provider.objects.get(school=stage.school, name=FARM)
    ProviderLink.objects.get_or_create(
        token_hash=hash_of(LINK),
        defaults={
            "provider": provider, "expires": planned_year().pupil_days[-1], "made_at": clock(stage.day, 7),
            "made_by": f"{stage.signers.head.name}, {stage.signers.head.position}",
        },
    )  # fmt: skip


def link_opens(now: datetime) -> bool:
    """Whether the farm's link opens its page: in a folder made before there were stories it does not."""
    return link_of(LINK, now=now) is not None


def words(stage: Stage) -> None:
    """What the farm said of the last days: there, once not there. Of the day shown it has not spoken."""
    for day in days_of(stage, 5):
        for one in arrangements_on(stage.school, day, day):
            session = Session(day, Half.AM)
            if one.provider_name == FARM and one.covers(session):
                away = day == stage.before(3)
                says, why = (Says.NOT_THERE, "not on the bus this morning") if away else (Says.THERE, "")
                told = Told(says, "Hazel Crook", clock(day, 9, 25), "link", words=why)
                record_word(
                    school=stage.school, arrangement=one, session=session, told=told,
                    key=stage.key("word", one.pupil_id, day), by=stage.signers.office, now=clock(day, 9, 25),
                )  # fmt: skip


def suspension(stage: Stage) -> None:
    """Five days, the day shown the fourth."""
    first = stage.before(3)
    pupil = stage.pupil(SUSPENDED, first) if first else None
    if pupil:
        decided = Suspend(first, Half.AM, 5, Suspension.Category.DISRUPTION, stage.signers.head.name)
        suspend(
            school=stage.school, pupil=pupil, decided=decided, key=stage.key("suspended"), by=stage.signers.head,
            now=clock(first, 7, 45),
        )  # fmt: skip
