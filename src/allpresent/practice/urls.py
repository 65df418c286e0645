"""The address of practice against policy."""

from django.urls import path

from allpresent.practice import views

urlpatterns = [path("practice/", views.practice_page, name="practice")]
