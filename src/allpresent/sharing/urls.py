"""Addresses of the log of what was passed on."""

from __future__ import annotations

from django.urls import path

from allpresent.sharing import level_views, views

urlpatterns = [
    path("shared/", views.sharing, name="sharing"),
    path("shared/told/", views.told, name="shared_told"),
    path("shared/csv/", views.shares_csv, name="shares_csv"),
    path("shared/levels/", level_views.levels, name="levels"),
    path("shared/levels/told/", level_views.levels_told, name="levels_told"),
]
