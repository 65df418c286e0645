"""Sign-in: the library's views, and only those that we have pages for; and the staff list of each school."""

from allauth.account import views
from django.urls import path

from allpresent.accounts import staff_views
from allpresent.accounts.door import CHANGE_PASSWORD, open_to_signed_in

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-in/closed/", views.account_inactive, name="account_inactive"),
    path("sign-in/", views.login, name="account_signup"),
    path("sign-in/", views.login, name="account_reset_password"),
    path("password/", open_to_signed_in(views.PasswordChangeView.as_view()), name=CHANGE_PASSWORD),
    path("<slug:school>/staff/", staff_views.staff, name="staff"),
    path("<slug:school>/staff/appoint/", staff_views.appoint, name="appoint"),
    path("<slug:school>/staff/<int:appointment>/groups/", staff_views.staff_groups, name="staff_groups"),
    path("<slug:school>/staff/<int:appointment>/cover/", staff_views.staff_cover, name="staff_cover"),
    path("<slug:school>/staff/<int:appointment>/end/", staff_views.staff_end, name="staff_end"),
    path("<slug:school>/staff/<int:appointment>/password/", staff_views.staff_password, name="staff_password"),
]
