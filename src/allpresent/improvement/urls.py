"""Addresses of improvement."""

from django.urls import path

from allpresent.improvement import goal_views, plan_views, target_views, training_views, views

urlpatterns = [
    path("improvement/", views.improvement, name="improvement"),
    path("improvement/targets/", target_views.targets, name="targets"),
    path("improvement/targets/new/", target_views.new_target, name="new_target"),
    path("improvement/targets/<int:target>/end/", target_views.end_target, name="target_end"),
    path("improvement/goals/new/", goal_views.new_goal, name="new_goal"),
    path("improvement/goals/<int:goal>/", goal_views.goal, name="goal"),
    path("improvement/goals/<int:goal>/chart/", goal_views.goal_picture, name="goal_picture"),
    path("improvement/goals/<int:goal>/end/", goal_views.end_goal, name="goal_end"),
    path("improvement/plan/", plan_views.plan, name="plan"),
    path("improvement/plan/new/", plan_views.new_aim, name="new_aim"),
    path("improvement/plan/<int:aim>/", plan_views.aim, name="aim"),
    path("improvement/steps/new/", plan_views.new_step, name="new_step"),
    path("improvement/training/", training_views.training, name="training"),
    path("improvement/training/new/", training_views.new_training, name="new_training"),
    path("improvement/training/<int:training>/strike/", training_views.strike, name="training_strike"),
    path("improvement/self-evaluation/", views.evaluation, name="evaluation"),
    path("my-actions/", plan_views.my_actions, name="my_actions"),
    path("my-actions/<int:step>/", plan_views.step, name="step"),
]
