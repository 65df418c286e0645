"""Addresses of figures."""

from django.urls import path

from allpresent.figures import views

urlpatterns = [
    path("figures/", views.dashboard_page, name="figures"),
]
