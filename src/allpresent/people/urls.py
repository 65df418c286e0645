"""Addresses of the roll."""

from django.urls import path, register_converter

from allpresent.people.views import changes, roll


class DatedConverter:
    """The kinds of dated fact, as addresses name them."""

    regex = "|".join(changes.DATED)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DatedConverter, "dated")

urlpatterns = [
    path("roll/", roll.roll, name="roll"),
    path("roll/add/", roll.roll_add, name="roll_add"),
    path("roll/contacts/", roll.contacts_short, name="contacts_short"),
    path("roll/<int:pupil>/", roll.roll_pupil, name="roll_pupil"),
    path("roll/<int:pupil>/amend/", roll.roll_amend, name="roll_amend"),
    path("roll/<int:pupil>/again/", roll.readmit, name="readmit"),
    path("roll/<int:pupil>/group/", changes.roll_group, name="roll_group"),
    path("roll/<int:pupil>/sessions/", changes.roll_sessions, name="roll_sessions"),
    path("roll/<int:pupil>/contacts/add/", changes.roll_contact_add, name="roll_contact_add"),
    path("roll/<int:pupil>/contacts/<int:contact>/", changes.roll_contact, name="roll_contact"),
    path("roll/<int:pupil>/contacts/<int:contact>/remove/", changes.roll_contact_remove, name="roll_contact_remove"),
    path("roll/<int:pupil>/characteristics/add/", changes.roll_characteristic, name="roll_characteristic"),
    path("roll/<int:pupil>/professionals/add/", changes.roll_professional, name="roll_professional"),
    path("roll/<int:pupil>/placements/add/", changes.roll_placement, name="roll_placement"),
    path("roll/<int:pupil>/<dated:kind>/<int:fact>/", changes.roll_end, name="roll_end"),
]
