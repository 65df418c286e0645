"""Addresses of messages."""

from django.urls import path

from allpresent.absences import views

urlpatterns = [
    path("absences/", views.notices, name="notices"),
    path("absences/new/", views.new_notice, name="new_notice"),
]
