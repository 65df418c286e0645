"""Addresses of the roll's import."""

from django.urls import path

from allpresent.exchange import views
from allpresent.exchange.upload import send

urlpatterns = [
    path("roll-import/", views.front, name="roll_import"),
    path("roll-import/send/", send, name="roll_send"),
    path("roll-import/<int:run>/", views.run, name="roll_run"),
    path("roll-import/<int:run>/columns/", views.columns, name="roll_columns"),
    path("roll-import/<int:run>/decide/", views.decide, name="roll_decide"),
    path("roll-import/<int:run>/confirm/", views.confirm, name="roll_confirm"),
    path("roll-import/<int:run>/again/", views.again, name="roll_look_again"),
    path("roll-import/<int:run>/abandon/", views.abandon, name="roll_abandon"),
]
