"""Addresses of calls."""

from django.urls import path

from allpresent.calls import views

urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/<int:pupil>/", views.call, name="call"),
    path("calls/<int:pupil>/leave-out/", views.skip_call, name="skip_call"),
    path("calls/<int:pupil>/decide/", views.decide_welfare, name="decide_welfare"),
]
