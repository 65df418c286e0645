"""Who is in the building: comings and goings after the register, where each pupil is, who may take a child home."""

from allpresent.core.onsite.crossings import OUTWARD, Crossing, CrossingFault, CrossingKind, fault_in, standing
from allpresent.core.onsite.ladder import HOME, Progress, Step, StepState, Tried, progress, steps_after_leaving
from allpresent.core.onsite.release import Adult, Confirmation, Leaving, ReleaseFault, Voice, release_fault
from allpresent.core.onsite.whereabouts import Place, Seen, Whereabouts, where_is

__all__ = [
    "HOME",
    "OUTWARD",
    "Adult",
    "Confirmation",
    "Crossing",
    "CrossingFault",
    "CrossingKind",
    "Leaving",
    "Place",
    "Progress",
    "ReleaseFault",
    "Seen",
    "Step",
    "StepState",
    "Tried",
    "Voice",
    "Whereabouts",
    "fault_in",
    "progress",
    "release_fault",
    "standing",
    "steps_after_leaving",
    "where_is",
]
