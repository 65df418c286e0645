"""Addresses of the parents' pages, and of the page where the office answers what they asked to change."""

from __future__ import annotations

from django.urls import path

from allpresent.accounts.code_sessions import FAMILY
from allpresent.parents import child_views, sign_in_views, views
from allpresent.parents.door import SIGN_IN

urlpatterns = [
    path("family/sign-in/", sign_in_views.ask_for_code, name=SIGN_IN),
    path("family/code/", sign_in_views.give_code, name="account_confirm_login_code"),
    path("family/", views.family, name=FAMILY),
    path("family/tell/", views.family_tell, name="family_tell"),
    path("family/<int:child>/", child_views.family_child, name="family_child"),
]
