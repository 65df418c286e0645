"""The only writers of what leaders mean to change. Every verb is kept once, however often it is sent."""

from allpresent.improvement.actions.evaluation import say_of_ourselves
from allpresent.improvement.actions.goals import GoalSet, end_goal, set_goal
from allpresent.improvement.actions.owners import Owner
from allpresent.improvement.actions.plan import StepSet, begin_aim, change_step, review_aim, take_step
from allpresent.improvement.actions.targets import end_target, set_target
from allpresent.improvement.actions.training import record_training, strike_training

__all__ = [
    "GoalSet",
    "Owner",
    "StepSet",
    "begin_aim",
    "change_step",
    "end_goal",
    "end_target",
    "record_training",
    "review_aim",
    "say_of_ourselves",
    "set_goal",
    "set_target",
    "strike_training",
    "take_step",
]
