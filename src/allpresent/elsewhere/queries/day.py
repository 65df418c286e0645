"""Who is elsewhere on a day, and whether that is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.elsewhere.heard import Owed, Standing, standing, word_owed
from allpresent.elsewhere.models import Chase, Provider
from allpresent.elsewhere.queries.arrangements import Arranged, arrangements_on
from allpresent.elsewhere.queries.words import Word, newest, words_about
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.registers.queries import Mark, school_marks
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.words import clock_time


@dataclass(frozen=True)
class Away:
    """One pupil's session at a provider: what is known of it, and when the provider's word is owed."""

    pupil: RollPupil
    session: Session
    arranged: Arranged
    provider: Provider
    mark: Mark | None
    word: Word | None
    owed: Owed
    standing: Standing

    @property
    def is_late_word(self) -> bool:
        """Whether the word came after it was owed."""
        return self.word is not None and self.word.told_at > self.owed.at


def elsewhere_on(school: School, day: date, *, now: datetime) -> tuple[Away, ...]:
    """Each session that a pupil is due elsewhere on a day, by session, provider and name: at most seven queries."""
    sessions = setting_of(school).calendar.sessions_on(day)
    arranged = [one for one in arrangements_on(school, day, day) if any(map(one.covers, sessions))]
    if not arranged:
        return ()
    found = _found(school, day, sessions, arranged, now)
    return tuple(sorted(found, key=lambda one: (one.session, one.provider.name, one.pupil.name)))


def unconfirmed(school: School, *, now: datetime) -> tuple[Away, ...]:
    """The sessions of today on which a provider owes its word: nobody has said where the pupil is. (O-B-5.4)"""
    today = now.astimezone(LONDON).date()
    return tuple(one for one in elsewhere_on(school, today, now=now) if one.standing is Standing.OWED)


def _found(school: School, day: date, sessions, arranged: list[Arranged], now: datetime) -> Iterator[Away]:
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, day)}
    providers = Provider.objects.in_bulk([one.provider_id for one in arranged])
    marks = {session: school_marks(school, session) for session in sessions}
    said = newest(words_about(school, day, day))
    for one in arranged:
        pupil = pupils.get(one.pupil_id)
        for session in sessions:
            if pupil and one.covers(session) and pupil.expected_at(session):
                mark = marks[session].get(pupil.id)
                word = said.get((pupil.id, day, session.half.value))
                yield _away(school, pupil, session, one, providers[one.provider_id], mark, word, now)


def _away(school, pupil, session, arranged, provider, mark: Mark | None, word: Word | None, now) -> Away:
    setting = setting_of(school)
    owed = word_owed(
        setting.policy_on(session.day), setting.window(session, pupil.year_group), session.day, session.half
    )
    known = standing(says=word.said if word else None, absent=_is_absent(mark, session.day), owed_at=owed.at, now=now)
    return Away(pupil, session, arranged, provider, mark, word, owed, known)


def _is_absent(mark: Mark | None, day: date) -> bool:
    """Whether the school knows why the pupil is not there."""
    code = code_set_on(day).get(mark.code) if mark else None
    return code is not None and code.absence and code.letter != "N"


def asked_on(school: School, day: date) -> dict[tuple[int, str], str]:
    """When each provider was last asked on a day, in words, by (provider, half): one query."""
    rows = Chase.objects.filter(provider__school=school, day=day).order_by("at", "id")
    found = rows.values_list("provider_id", "half", "at", "by_name")
    return {(provider, half): f"asked at {clock_time(at)} by {name}" for provider, half, at, name in found}
