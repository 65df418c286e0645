"""What leaders mean to change: what is aimed at, how far it is reached, who sets goals, who owes which training."""

from allpresent.core.improvement.aims import Aim, aims_of
from allpresent.core.improvement.boards import Board, boards_that_set_goals
from allpresent.core.improvement.measures import Counted, Measure, Share, Standing, reached, share_of, standing
from allpresent.core.improvement.training import (
    Audience,
    Held,
    State,
    TrainingNeed,
    interval_of,
    training_needs,
    training_stands,
)

__all__ = [
    "Aim",
    "Audience",
    "Board",
    "Counted",
    "Held",
    "Measure",
    "Share",
    "Standing",
    "State",
    "TrainingNeed",
    "aims_of",
    "boards_that_set_goals",
    "interval_of",
    "reached",
    "share_of",
    "standing",
    "training_needs",
    "training_stands",
]
