"""Addresses of the register."""

from django.urls import path

from allpresent.registers import arrivals, closures, views
from allpresent.shared import converters

converters.register()

urlpatterns = [
    path("calendar/closure/", closures.new_closure, name="new_closure"),
    path("late/", arrivals.late_arrival, name="late_arrival"),
    path("registers/<slug:group>/<day:day>/<half:half>/", views.register, name="register"),
]
