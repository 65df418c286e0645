"""Which stories are told, where, and when: before the registers are written, after them, and on each day shown."""

from __future__ import annotations

from collections.abc import Mapping

from allpresent.demo.stories import calls, elsewhere, gate, leave, mail, papers, part_time, settled
from allpresent.demo.stories.stage import Stage, clock
from allpresent.elsewhere.actions import feed
from allpresent.sharing.actions import pass_on

PASSED_ON_AT = ((9, 40), (10, 20), (14, 0))
SCHOOL, PROVISION = "thornhedge", "kiln"


def ahead(stages: Mapping[str, Stage]) -> None:
    """What was arranged and decided in advance, with the sessions entered ahead for it."""
    school, provision = stages[SCHOOL], stages[PROVISION]
    leave.ask(school)
    leave.ask(provision)
    elsewhere.suspension(school)
    part_time.part_time(school)
    elsewhere.providers(school, provision.school)
    papers.flag(school)


def since(stages: Mapping[str, Stage]) -> None:
    """What followed from the registers of the last days."""
    school = stages[SCHOOL]
    elsewhere.words(school)
    elsewhere.link(school)
    papers.seen_and_asked(school)
    gate.out_yesterday(school)
    for stage in stages.values():
        settled.let_stand(stage)
        calls.rung_before(stage)
        _passed_on_before(stage)


def _passed_on_before(stage: Stage) -> None:
    """What the policy has passed on, at the times of the day before at which the worker would have done it."""
    if day := stage.before(1):
        for moment in PASSED_ON_AT:
            feed(stage.school, now=clock(day, *moment))
            pass_on(stage.school, now=clock(day, *moment))


def of_the_day(stages: Mapping[str, Stage]) -> None:
    """What has happened on the day shown by its moment: told at each start, kept once."""
    school = stages[SCHOOL]
    mail.mailbox(school)
    gate.out_today(school)
    for stage in stages.values():
        feed(stage.school, now=stage.now)
        pass_on(stage.school, now=stage.now)
        calls.rung_today(stage)
