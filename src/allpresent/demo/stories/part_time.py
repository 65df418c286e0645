"""A part-time timetable: agreed three weeks ago, reviewed once, its next review in two days."""

from __future__ import annotations

from allpresent.core.leave.part_time import Agreement
from allpresent.core.roll.expected import parse_halves
from allpresent.demo.stories.stage import Stage, clock, parent_of
from allpresent.leave.actions import Agreed, Kept, agree_part_time, review_part_time
from allpresent.leave.queries import part_time_of

WHOSE = "Sam Bright"
ATTENDS = "Mon AM, Tue AM, Tue PM, Wed AM, Thu AM, Thu PM, Fri AM"
HELD = "With his mother and the school nurse: he manages the mornings well. Afternoons to be tried from next week."


def part_time(stage: Stage) -> None:
    """Agree it at its beginning and hold the first review. Left out where the year is too short for it."""
    begins, held, next_review, ends = (stage.day_at(offset) for offset in (-14, -6, 2, 5))
    pupil = stage.pupil(WHOSE, begins) if begins and ends else None
    if pupil is None:
        return
    parent = parent_of(pupil)
    agreed = Agreed(
        Agreement(begins, ends, parse_halves(ATTENDS), (held, next_review)), "Back after a stay in hospital.",
        parent.contact.name, parent.relation, parent.id, begins, None, "An hour more each week; full weeks after it.",
    )  # fmt: skip
    kept = agree_part_time(
        school=stage.school, pupil=pupil, agreed=agreed, key=stage.key("part-time"), by=stage.signers.head,
        now=clock(begins, 7, 30),
    )  # fmt: skip
    if isinstance(kept, Kept):
        line = part_time_of(stage.school, kept.part_time.id)
        review_part_time(
            line=line, on_day=held, says=HELD, key=stage.key("review"), by=stage.signers.head, now=clock(held, 15, 30)
        )
