"""Addresses of what is sent."""

from __future__ import annotations

from django.urls import path

from allpresent.messages import new_views, views, wording_views

urlpatterns = [
    path("messages/", views.outbox, name="messages_out"),
    path("messages/new/", new_views.new_message, name="new_message"),
    path("messages/wording/", wording_views.wordings_of_school, name="wordings"),
    path("messages/wording/<slug:template>/", wording_views.wording, name="wording"),
    path("messages/<int:message>/", views.message, name="message_out"),
    path("messages/<int:message>/deal/", views.deal, name="deal_with_message"),
]
