"""Addresses of the register."""

from django.urls import path

from allpresent.registers import views
from allpresent.shared import converters

converters.register()

urlpatterns = [
    path("registers/<slug:group>/<day:day>/<half:half>/", views.register, name="register"),
]
