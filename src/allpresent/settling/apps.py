from django.apps import AppConfig


class Settling(AppConfig):
    name = "allpresent.settling"
    label = "settling"
