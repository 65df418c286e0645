"""Why two percentages differ: step by step from one to the other, and pupil by pupil within a step, exactly.

Each step leaves sessions out, or takes marks as they were: before it and after it there is a share of so many sessions
in so many. The steps add up to the whole difference, because each begins where the one above it ended. Within a step
the difference is shared among pupils in one way alone: by what each took away, at the rate before the step.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Share(NamedTuple):
    """So many sessions of so many (or pupils of pupils)."""

    part: int
    of: int

    @property
    def percent(self) -> Fraction | None:
        """The exact percentage; None of nothing."""
        return Fraction(100 * self.part, self.of) if self.of else None


class Change(NamedTuple):
    """A share before and after a step."""

    before: Share
    after: Share


class Step(NamedTuple):
    """One step: its name, and the share of the whole before it and after it."""

    name: str
    before: Share
    after: Share

    @property
    def points(self) -> Fraction | None:
        """What the step does, in percentage points; None where there is no percentage before it or after it."""
        before, after = self.before.percent, self.after.percent
        return None if before is None or after is None else after - before

    def points_of(self, pupil: Change) -> Fraction | None:
        """A pupil's part of the step, in percentage points. The parts of all pupils add up to the step's, exactly.

        A pupil who takes a absent sessions of p away changes the rate r by (r x p - a) / what is left.
        """
        rate = self.before.percent
        if rate is None or not self.after.of:
            return None
        counted = pupil.after.part - pupil.before.part
        return (100 * counted - rate * (pupil.after.of - pupil.before.of)) / self.after.of


def hundredths(percent: Fraction) -> int:
    """A percentage or points in hundredths for show, halves up: 9312 for 93.115. Differences of two add up in it."""
    return (percent * 200 + 1) // 2


def explained(steps: tuple[Step, ...]) -> Fraction | None:
    """What all steps do together; None where the first or the last percentage is missing. Nought without steps."""
    return Step("", steps[0].before, steps[-1].after).points if steps else Fraction(0)
