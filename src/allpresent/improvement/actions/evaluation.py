"""What the school says of its attendance to the committee."""

from __future__ import annotations

from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.improvement.actions.owners import naming_a_pupil
from allpresent.improvement.models import SelfEvaluation
from allpresent.leave.actions.keeping import keep, kept_before, refusal_of, sign
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer

MEANWHILE = "A colleague has saved newer words meanwhile. They are above: put the two together, then save again."


def say_of_ourselves(
    *, school: School, words: str, seen: int, key: str, by: Signer, now: datetime
) -> SelfEvaluation | Refused:
    """Keep the paragraph of the self-evaluation (O-B-23). `seen`: the number of the words it was written over."""
    row = SelfEvaluation(school=school, number=seen + 1, words=words, key=key, at=now, **sign(by))
    newest = SelfEvaluation.objects.filter(school=school).order_by("-number").values_list("number", flat=True).first()
    problems = naming_a_pupil(school, wall_clock(now)[0], words=words)
    if (newest or 0) != seen:
        problems = (*problems, Problem("", MEANWHILE))
    return kept_before(row) or refusal_of(problems) or keep(row, taken=MEANWHILE)
