from django.apps import AppConfig


class People(AppConfig):
    name = "allpresent.people"
    label = "people"
