"""Addresses of figures."""

from django.urls import path

from allpresent.figures import lists_views, national_views, quality_views, views

urlpatterns = [
    path("figures/", views.dashboard_page, name="figures"),
    path("figures/trend.svg", views.trend_picture, name="trend"),
    path("figures/ask/", views.ask_page, name="ask"),
    path("figures/lists/", lists_views.lists_page, name="figure_lists"),
    path("figures/lists/<slug:threshold>/", lists_views.list_page, name="figure_list"),
    path("figures/patterns/", lists_views.patterns_page, name="patterns"),
    path("figures/pupil/<int:pupil>/", lists_views.pupil_page, name="pupil_figures"),
    path("figures/national/", national_views.national_page, name="national"),
    path("figures/quality/", quality_views.quality_page, name="quality"),
    path("figures/quality/weeks.svg", quality_views.quality_picture, name="quality_weeks"),
]
