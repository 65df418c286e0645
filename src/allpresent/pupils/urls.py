"""Addresses of pupils."""

from django.urls import path, register_converter

from allpresent.pupils import deletion, views


class GroundConverter:
    """The letter of a ground of regulation 9."""

    regex = "[a-z]|other"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GroundConverter, "ground")

urlpatterns = [
    path("pupils/", views.pupils, name="pupils"),
    path("pupils/<int:pupil>/", views.pupil, name="pupil"),
    path("roll/<int:pupil>/delete/", deletion.roll_delete, name="roll_delete"),
    path("roll/<int:pupil>/delete/<ground:ground>/", deletion.roll_delete_on, name="roll_delete_on"),
]
