"""Steps of too few pupils are put together with their neighbours, so that nobody is told of a single pupil."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.figures.differences import Step
from allpresent.figures.gap import Explained

Group = list[Explained]
"""Steps one after another that are shown as one."""


def in_groups(found: Iterable[Explained], below: int) -> list[Group]:
    """The steps in order, each alone, or with the one before it where either is of fewer than `below` pupils."""
    groups: list[Group] = []
    for one in found:
        if groups and min(len(pupils_of(groups[-1])), len(one.pupils)) < below:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def pupils_of(group: Group) -> set[int]:
    """Everybody whom any step of the group changes."""
    return {pupil for one in group for pupil in one.pupils}


def whole_of(group: Group) -> Step:
    """The steps of a group as one. They follow one another."""
    return Step(group[0].step.name, group[0].step.before, group[-1].step.after)
