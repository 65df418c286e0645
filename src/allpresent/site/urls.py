"""Addresses of the gate."""

from django.urls import path

from allpresent.site import comings, incidents, signing, where

urlpatterns = [
    path("site/", where.on_site, name="on_site"),
    path("site/fire-list/", where.fire_list, name="fire_list"),
    path("site/fire-list/save/", where.fire_list_saved, name="fire_list_saved"),
    path("leaving/", signing.sign_out, name="sign_out"),
    path("leaving/back/", signing.sign_in, name="sign_in"),
    path("site/comings/", comings.comings, name="comings"),
    path("site/comings/<int:crossing>/", comings.correct, name="correct_crossing"),
    path("site/left/", incidents.left, name="left"),
    path("site/left/new/", incidents.new_left, name="new_left"),
    path("site/left/<int:incident>/", incidents.incident, name="incident"),
    path("site/left/<int:incident>/call/", incidents.call, name="incident_call"),
]
