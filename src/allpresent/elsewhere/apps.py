from django.apps import AppConfig


class Elsewhere(AppConfig):
    name = "allpresent.elsewhere"
    label = "elsewhere"
