"""Addresses of figures."""

from django.urls import path

from allpresent.figures import (
    chances_views,
    kept_views,
    lists_views,
    national_views,
    quality_views,
    tracker_views,
    trust_views,
    views,
    what_if_views,
)
from allpresent.figures.packs import views as packs_views

urlpatterns = [
    path("figures/", views.dashboard_page, name="figures"),
    path("figures/trend.svg", views.trend_picture, name="trend"),
    path("figures/ask/", views.ask_page, name="ask"),
    path("figures/lists/", lists_views.lists_page, name="figure_lists"),
    path("figures/lists/<slug:threshold>/", lists_views.list_page, name="figure_list"),
    path("figures/patterns/", lists_views.patterns_page, name="patterns"),
    path("figures/pupil/<int:pupil>/", lists_views.pupil_page, name="pupil_figures"),
    path("figures/national/", national_views.national_page, name="national"),
    path("figures/chances/", chances_views.chances_page, name="chances"),
    path("figures/chances/curve.svg", chances_views.chances_picture, name="chances_curve"),
    path("figures/chances/switch/", chances_views.chances_switch, name="chances_switch"),
    path("figures/quality/", quality_views.quality_page, name="quality"),
    path("figures/quality/weeks.svg", quality_views.quality_picture, name="quality_weeks"),
    path("figures/trust/", trust_views.trust_page, name="trust_figures"),
    path("figures/trust/weeks.svg", trust_views.trust_picture, name="trust_trend"),
    path("figures/kept/new/", kept_views.keep_page, name="keep_question"),
    path("figures/kept/<int:question>/", kept_views.kept_page, name="kept_question"),
    path("figures/kept/<int:question>/let-go/", kept_views.let_go_of, name="let_go_of_question"),
    path("figures/packs/", packs_views.packs_page, name="packs"),
    path("figures/packs/<slug:pack_key>/", packs_views.pack_file, name="pack"),
    path("figures/tracker/", tracker_views.classes_page, name="tracker"),
    path("figures/tracker/<slug:group>/", tracker_views.class_page, name="tracker_class"),
    path("figures/tracker/<slug:group>/wall/", tracker_views.wall_page, name="tracker_wall"),
    path("figures/what-if/", what_if_views.what_if_page, name="what_if"),
    path("figures/what-if/trust/", what_if_views.what_if_trust_page, name="what_if_trust"),
]
