"""Addresses of the handbook: calendar, policy, codes."""

from django.urls import path

from allpresent.handbook import calendar_views, policy_views

urlpatterns = [
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/term/", calendar_views.new_term, name="new_term"),
    path("policy/", policy_views.policy, name="policy"),
    path("policy/load/", policy_views.load, name="load_policy"),
    path("policy/codes/", policy_views.codes, name="codes"),
    path("policy/clauses/<path:clause>/", policy_views.clause, name="clause"),
]
