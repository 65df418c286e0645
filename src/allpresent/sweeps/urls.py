"""The address of the watch."""

from django.urls import path

from allpresent.sweeps import views

urlpatterns = [path("watch/", views.watch, name="watch")]
