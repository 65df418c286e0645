"""Addresses of the first pages."""

from django.urls import path

from allpresent.today import views

urlpatterns = [
    path("", views.begin, name="begin"),
    path("<slug:school>/", views.today, name="today"),
]
