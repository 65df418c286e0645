"""Evidence: seen, asked for, and needed from now on."""

from __future__ import annotations

from datetime import date

from allpresent.absences.actions import Given, give_evidence
from allpresent.core.settle.evidence import Why, may_ask
from allpresent.demo.stories.stage import Stage, clock, parent_of
from allpresent.messages.queries import recipients_of
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.registers.models import CurrentMark
from allpresent.schools.queries import setting_of
from allpresent.settling.actions import How, ask_evidence, flag_evidence

FLAGGED = "Esmé Rushforth"
ASKING_ORDER = (Why.FREQUENT, Why.LONG, Why.DOUBT)


def flag(stage: Stage) -> None:
    """A child who is often ill: evidence is needed from two weeks ago on, as her mother was told beforehand."""
    told_on = stage.before(11)
    pupil = stage.pupil(FLAGGED, told_on) if told_on else None
    if pupil:
        how = How("telephone", parent_of(pupil).contact.name, "Said that we understand, and what will do as evidence.")
        flag_evidence(
            school=stage.school, pupil=pupil, begins=stage.before(10), ends=None, how=how,
            says="Often ill for a day or two, and nothing has been seen of it.", key=stage.key("flag"),
            by=stage.signers.head, now=clock(told_on, 15, 20),
        )  # fmt: skip


def seen_and_asked(stage: Stage) -> None:
    """Of the children ill the day before: the first one's letter was seen, the second one's is asked for."""
    day = stage.before(1)
    ill = _ill(stage, day) if day else []
    if len(ill) > 1:
        _seen(stage, ill[0], day)
        _asked(stage, ill[1], day)


def _ill(stage: Stage, day: date) -> list[RollPupil]:
    """The first who were ill that morning and have a parent to write to."""
    ill = CurrentMark.objects.filter(school=stage.school, day=day, half="AM", code="I").order_by("pupil")
    found = (pupil_on_roll(stage.school, pupil_id, day) for pupil_id in ill.values_list("pupil_id", flat=True))
    return [pupil for pupil in found if pupil and recipients_of(stage.school, pupil.id)][:2]


def _seen(stage: Stage, pupil: RollPupil, day: date) -> None:
    given = Given(day, day, "letter", "Hospital letter: seen by the paediatric assessment unit",
                  parent_of(pupil).contact.name, "in person")  # fmt: skip
    give_evidence(
        school=stage.school, pupil=pupil, given=given, key=stage.key("seen", pupil.id), by=stage.signers.office,
        now=clock(day, 15, 10),
    )  # fmt: skip


def _asked(stage: Stage, pupil: RollPupil, day: date) -> None:
    grounds = {ask.why for ask in may_ask(setting_of(stage.school).policy_on(day))}
    why = next((one for one in ASKING_ORDER if one in grounds), None)
    until = stage.after(3)
    if why and until:
        ask_evidence(
            school=stage.school, pupil=pupil, first=day, why=why, until=until, how=How("message"),
            says="You told us of several illnesses of late.", key=stage.key("asked", pupil.id), by=stage.signers.head,
            now=clock(day, 15, 40),
        )  # fmt: skip
