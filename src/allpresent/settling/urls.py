"""Addresses of settling."""

from django.urls import path

from allpresent.settling import steps, support_views, views

urlpatterns = [
    path("settle/", views.settling, name="settling"),
    path("settle/<int:pupil>/", views.settle, name="settle"),
    path("settle/<int:pupil>/tell/", steps.settle_tell, name="settle_tell"),
    path("settle/<int:pupil>/ask/", steps.settle_ask, name="settle_ask"),
    path("settle/<int:pupil>/flag/", steps.settle_flag, name="settle_flag"),
    path("settle/<int:pupil>/agree/", steps.settle_agree, name="settle_agree"),
    path("settle/<int:pupil>/support/", support_views.settle_support, name="settle_support"),
]
