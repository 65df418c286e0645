"""Addresses of this room, under the school's."""

from __future__ import annotations

from django.urls import path

from allpresent.elsewhere.views import arrangements, concerns, day, providers, suspensions

urlpatterns = [
    path("elsewhere/", day.elsewhere, name="elsewhere"),
    path("elsewhere/chase/<int:provider>/<half:half>/", day.chase_provider, name="chase_provider"),
    path("elsewhere/word/<int:arrangement>/<day:day>/<half:half>/", day.provider_word, name="provider_word"),
    path("elsewhere/concerns/", concerns.concerns, name="concerns"),
    path("elsewhere/concerns/<int:word>/", concerns.concern, name="concern"),
    path("elsewhere/providers/", providers.providers, name="providers"),
    path("elsewhere/providers/new/", providers.new_provider, name="new_provider"),
    path("elsewhere/providers/<int:provider>/", providers.provider, name="provider"),
    path("elsewhere/providers/<int:provider>/change/", providers.change_provider, name="change_provider"),
    path("elsewhere/providers/<int:provider>/check/", providers.new_check, name="new_provider_check"),
    path("elsewhere/providers/<int:provider>/link/", providers.provider_link, name="provider_link"),
    path("elsewhere/providers/<int:provider>/place/", arrangements.new_arrangement, name="new_arrangement"),
    path("elsewhere/links/<int:link>/revoke/", providers.revoke_link, name="revoke_link"),
    path("elsewhere/arrangements/<int:arrangement>/end/", arrangements.end_arrangement, name="end_arrangement"),
    path("elsewhere/suspensions/", suspensions.suspensions, name="suspensions"),
    path("elsewhere/suspensions/new/", suspensions.new_suspension, name="new_suspension"),
    path("elsewhere/suspensions/<int:suspension>/end/", suspensions.end_suspension, name="end_suspension"),
]
