"""Two settings in one installation: the provider's own register is its word to the school that placed the pupil."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Code, code_set_on
from allpresent.core.elsewhere.heard import Says
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere.actions.following import follow
from allpresent.elsewhere.actions.words import DAYS_BACK, Told, record_word
from allpresent.elsewhere.models import Provider, ProviderWord
from allpresent.elsewhere.queries.arrangements import Arranged, arrangements_on
from allpresent.elsewhere.queries.words import newest, words_about
from allpresent.people.queries import PlacedAt, placed_by, pupil_on_roll
from allpresent.registers.queries import Entered, newest_entries
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer


def feed(school: School, *, now: datetime) -> int:
    """Take the marks of pupils placed elsewhere from the registers kept there, on time and when amended later.

    Only this school's own pupils, only for sessions arranged there. Gives the words kept; running it again keeps none.
    Then every mark of today follows its newest word, such as one told before the session began. (M-3.3b, M-3.3c,
    O-B-5.4)
    """
    today = now.astimezone(LONDON).date()
    first = (*setting_of(school).calendar.previous_school_days(today, DAYS_BACK), today)[0]
    arranged = arrangements_on(school, first, today)
    if not arranged:
        return 0
    kept = sum(_keep(school, *one, now=now) for one in _entered(school, arranged, first, today))
    _follow_all(school, arranged, today, now)
    return kept


def _entered(school: School, arranged, first, today) -> Iterator[tuple[Arranged, PlacedAt, Entered]]:
    """Each newest entry of a register kept elsewhere that belongs to an arrangement there, and is not yet told."""
    settings = dict(Provider.objects.filter(school=school, setting__isnull=False).values_list("id", "setting_id"))
    there = {one.pupil_id_there: one for one in placed_by(school, today)}
    if not settings or not there:
        return
    told = set(ProviderWord.objects.filter(school=school, day__gte=first).values_list("key", flat=True))
    for entered in newest_entries(there, first, today):
        placed = there[entered.pupil_id]
        session = Session(entered.day, Half(entered.half))
        mine = (one for one in arranged if one.pupil_id == placed.pupil_id and one.covers(session))
        one = next((one for one in mine if settings.get(one.provider_id) == placed.school_id_there), None)
        if one and _key(entered) not in told:
            yield one, placed, entered


def _keep(school: School, one: Arranged, placed: PlacedAt, entered: Entered, *, now: datetime) -> bool:
    told = _told(entered, code_set_on(entered.day).get(entered.code), placed)
    if told is None:
        return False
    session = Session(entered.day, Half(entered.half))
    by = Signer(None, told.told_by, f"{placed.school_name_there}, in its register"[:200])
    kept = record_word(school=school, arrangement=one, session=session, told=told, key=_key(entered), by=by, now=now)
    return not isinstance(kept, Refused)


def _told(entered: Entered, code: Code | None, placed: PlacedAt) -> Told | None:
    """A mark as a word. A session that did not count there says nothing of where the pupil is."""
    if code is None:
        return None
    says = Says.LATE if code.late and code.present else Says.THERE if code.attendance else Says.NOT_THERE
    reason = Reason.ILLNESS.value if code.letter == "I" else ""
    words = f"{code.letter}: {code.name}" if says is Says.NOT_THERE and code.letter != "N" else ""
    told_by = f"{entered.by_name}, {placed.school_name_there}"[:200]
    return Told(says, told_by, entered.at, ProviderWord.Channel.ALLPRESENT, reason, words)


def _key(entered: Entered) -> str:
    return f"entry:{entered.pupil_id}:{entered.day}:{entered.half}:{entered.version}"


def _follow_all(school: School, arranged, today, now: datetime) -> None:
    """Let the marks of today follow words that came before the session began."""
    by = Signer(None, "Allpresent", "following the provider's word")
    for (pupil_id, day, half), word in newest(words_about(school, today, today)).items():
        session = Session(day, Half(half))
        one = next((one for one in arranged if one.pupil_id == pupil_id and one.covers(session)), None)
        pupil = pupil_on_roll(school, pupil_id, day) if one and word.said is Says.NOT_THERE else None
        if pupil:
            follow(school, pupil, session, one, by=by, now=now)
