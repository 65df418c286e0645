"""Addresses of figures."""

from django.urls import path

from allpresent.figures import national_views, quality_views, views

urlpatterns = [
    path("figures/", views.dashboard_page, name="figures"),
    path("figures/trend.svg", views.trend_picture, name="trend"),
    path("figures/ask/", views.ask_page, name="ask"),
    path("figures/national/", national_views.national_page, name="national"),
    path("figures/quality/", quality_views.quality_page, name="quality"),
    path("figures/quality/weeks.svg", quality_views.quality_picture, name="quality_weeks"),
]
