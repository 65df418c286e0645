from django.apps import AppConfig


class Schools(AppConfig):
    name = "allpresent.schools"
    label = "schools"
