"""Training that was held, for many at once; and a record of it that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.improvement.actions.owners import Owner
from allpresent.improvement.models import Training, TrainingStruck
from allpresent.leave.actions.keeping import keep, kept_before, refusal_of, sign
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

STRUCK = "A colleague has struck this record out already."


def record_training(
    *,
    school: School,
    title: str,
    on_day: date,
    topics: Sequence[str],
    staff: Sequence[Owner],
    key: str,
    by: Signer,
    now: datetime,
) -> Training | Refused:
    """Keep which training was held when, on which topics of the policy, and who had it (M-3.1g, O-A-7)."""
    row = Training(
        school=school, title=title, on_day=on_day, topics=list(topics), staff=[list(each) for each in staff], key=key,
        at=now, **sign(by),
    )  # fmt: skip
    needed = {"topics": (topics, "Choose what it was on."), "staff": (staff, "Choose who was there.")}
    problems = [Problem(field, says) for field, (given, says) in needed.items() if not given]
    if on_day > wall_clock(now)[0]:
        problems.append(Problem("on_day", "That day has not come yet. Record training once it was held."))
    return kept_before(row) or refusal_of(tuple(problems)) or keep(row)


def strike_training(*, training: Training, why: str, key: str, by: Signer, now: datetime) -> TrainingStruck | Refused:
    """Strike a record out: it stays to be read, with the reason, and counts for nobody."""
    row = TrainingStruck(training=training, why=why, key=key, at=now, **sign(by))
    if held := kept_before(row):
        return held
    if TrainingStruck.objects.filter(training=training).exists():
        return refused("", STRUCK)
    return keep(row, taken=STRUCK)
