from django.apps import AppConfig


class Sweeps(AppConfig):
    name = "allpresent.sweeps"
    label = "sweeps"
