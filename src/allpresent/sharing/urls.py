"""Addresses of the log of what was passed on."""

from __future__ import annotations

from django.urls import path

from allpresent.sharing import views

urlpatterns = [
    path("shared/", views.sharing, name="sharing"),
    path("shared/told/", views.told, name="shared_told"),
    path("shared/csv/", views.shares_csv, name="shares_csv"),
]
