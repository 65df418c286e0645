"""Sign-in: the library's views, and only those that we have pages for. Nobody signs up and nothing opens by itself."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-in/closed/", views.account_inactive, name="account_inactive"),
    path("sign-in/", views.login, name="account_signup"),
    path("sign-in/", views.login, name="account_reset_password"),
]
