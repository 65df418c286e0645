"""The address of a provider's signed link, outside the schools'."""

from __future__ import annotations

from django.urls import path

from allpresent.elsewhere.views.holder import holder

urlpatterns = [path("p/<str:token>/", holder, name="holder")]
