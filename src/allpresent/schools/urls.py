"""Addresses of the school's own facts: calendar, policy, codes."""

from django.urls import path

from allpresent.schools import calendar_pages, policy_pages

urlpatterns = [
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("calendar/term/", calendar_pages.new_term, name="new_term"),
    path("policy/", policy_pages.policy, name="policy"),
    path("policy/load/", policy_pages.load, name="load_policy"),
    path("policy/codes/", policy_pages.codes, name="codes"),
    path("policy/clauses/<path:clause>/", policy_pages.clause, name="clause"),
]
