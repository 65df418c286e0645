"""What other rooms read of what leaders mean to change. Small frozen records; nothing here writes."""

from allpresent.improvement.queries.evaluation import Evaluation, self_evaluation
from allpresent.improvement.queries.goals import GoalLine, goal_of, goals_of
from allpresent.improvement.queries.plan import AimLine, StepLine, aim_of, plan_of, step_of, steps_of
from allpresent.improvement.queries.targets import TargetLine, TargetOn, target_of, targets_of, targets_on
from allpresent.improvement.queries.training import Member, TrainingLine, staff_to_train, training_of, trainings_of

__all__ = [
    "AimLine",
    "Evaluation",
    "GoalLine",
    "Member",
    "StepLine",
    "TargetLine",
    "TargetOn",
    "TrainingLine",
    "aim_of",
    "goal_of",
    "goals_of",
    "plan_of",
    "self_evaluation",
    "staff_to_train",
    "step_of",
    "steps_of",
    "target_of",
    "targets_of",
    "targets_on",
    "training_of",
    "trainings_of",
]
