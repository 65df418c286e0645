"""Keeping what was tried. The only writer of tries; it touches no mark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, transaction

from allpresent.absences.actions import Said, record_notice
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half
from allpresent.core.response import Result
from allpresent.core.roll.contacts import plain_number
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.people.queries.record import Adult, contacts_of
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import moment, plain_day

TWICE = "This form was sent before with other words. Look at what was kept, then log the call again."
WORDS_WANTED = {
    Result.DECIDED: "Say what was decided and why, in a few words",
    Result.SKIPPED: "Say why the step is left out, in a few words",
}


def log_try(
    *, school: School, pupil: RollPupil, day: date, half: Half, step: str, party: str, name: str, number: str,
    channel: str, result: Result, says: str, tried_at: datetime, key: str, by: Signer, now: datetime,
    contact_id: int | None = None, about: str = Try.About.ABSENCE,
) -> Try | Refused:  # fmt: skip
    """Keep one try. The same call again changes nothing; two people's tries at one step are both kept.

    Refused: nobody is kept as called who has a restriction, nothing from a time to come, no decision without its
    words. (M-4.5b, M-4.7c, O-B-14.2, O-B-14.5)
    """
    made = Try(
        school=school, pupil_id=pupil.id, day=day, half=half, step=step, party=party, name=name, number=number,
        channel=channel, result=result, says=says.strip(), tried_at=tried_at, key=key, contact_id=contact_id,
        about=about, at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    problems = tuple(_problems(school, pupil, made, now))
    if problems:
        return Refused(problems)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return _kept_before(made)
    return made


def skip_step(
    *, school: School, pupil: RollPupil, day: date, half: Half, step: str, party: str, reason: str, key: str,
    by: Signer, now: datetime, about: str = Try.About.ABSENCE,
) -> Try | Refused:  # fmt: skip
    """Leave a step out, with the reason (M-4.7c: none is passed over without one)."""
    return log_try(
        school=school, pupil=pupil, day=day, half=half, step=step, party=party, name="", number="", channel="",
        result=Result.SKIPPED, says=reason, tried_at=now, key=key, by=by, now=now, about=about,
    )  # fmt: skip


def log_reason(*, said: Said, key: str, **tried: object) -> Try | Refused:
    """Keep a try that brought a reason together with what was said, as a message: both or neither.

    `tried` are the facts of `log_try` but for result and words. (M-4.5a, O-B-12.2)
    """
    with transaction.atomic():
        made = log_try(key=key, result=Result.EXPLAINED, says=said.says, **tried)  # type: ignore[arg-type]
        if isinstance(made, Refused) or made.at != tried["now"]:
            return made  # refused, or kept with its message by an earlier sending
        kept = record_notice(
            school=made.school, pupil=tried["pupil"], said=said, key=f"call {key}"[:64], by=tried["by"],
            now=tried["now"],
        )  # fmt: skip
        if isinstance(kept, Refused):
            transaction.set_rollback(True)
            return kept
    return made


def _problems(school: School, pupil: RollPupil, made: Try, now: datetime) -> Iterator[Problem]:
    if pupil_on_roll(school, pupil.id, made.day) is None:
        yield Problem("", f"{pupil.name} is not on the roll on {plain_day(made.day)}.")
    if made.tried_at > now:
        yield Problem("tried_time", f"{moment(made.tried_at)} has not come yet. Give the time of the call.")
    if not made.says and (wanted := WORDS_WANTED.get(Result(made.result))):
        yield Problem("says", wanted)
    for adult in contacts_of(pupil.id):
        if adult.restriction and _is_tried(adult, made):
            yield Problem("who", f"{adult.name} must not be contacted: {adult.restriction}")


def _is_tried(adult: Adult, made: Try) -> bool:
    """Whether this is the adult who was tried: named by their place, by name, or by a number of their own."""
    if made.contact_id:
        return made.contact_id == adult.id
    numbers = {plain_number(number) for _, number in adult.numbers}
    number = plain_number(made.number)
    return (bool(number) and number in numbers) or made.name.casefold() == adult.name.casefold()


_CONTENT = ("pupil_id", "about", "day", "half", "step", "name", "number", "result", "says")


def _kept_before(made: Try) -> Try | Refused:
    """The same try kept before under the key, or a refusal where the key held something else."""
    held = Try.objects.filter(school=made.school, key=made.key).first()
    if held is None:
        raise ValueError(f"the try could not be kept: {made.pupil_id=}, {made.step=}")
    same = all(str(getattr(held, field)) == str(getattr(made, field)) for field in _CONTENT)
    return held if same else refused("", TWICE)
