from django.apps import AppConfig


class Calls(AppConfig):
    name = "allpresent.calls"
    label = "calls"
