"""Addresses of the parents' pages, and of the page where the office answers what they asked to change."""

from __future__ import annotations

from django.urls import path

from allpresent.accounts.code_sessions import FAMILY
from allpresent.parents import asking_views, child_views, details_views, sign_in_views, views
from allpresent.parents.door import SIGN_IN

urlpatterns = [
    path("family/sign-in/", sign_in_views.ask_for_code, name=SIGN_IN),
    path("family/code/", sign_in_views.give_code, name="account_confirm_login_code"),
    path("family/", views.family, name=FAMILY),
    path("family/tell/", views.family_tell, name="family_tell"),
    path("family/<int:child>/", child_views.family_child, name="family_child"),
    path("family/<int:child>/leave/", asking_views.family_leave, name="family_leave"),
    path("family/<int:child>/evidence/", asking_views.family_evidence, name="family_evidence"),
    path("family/<int:child>/details/", details_views.family_details, name="family_details"),
    path("<slug:school>/details-asked/", details_views.details_asked, name="details_asked"),
    path("<slug:school>/details-asked/<int:proposal>/", details_views.answer_details, name="answer_details"),
]
