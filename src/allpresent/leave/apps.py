from django.apps import AppConfig


class Leave(AppConfig):
    name = "allpresent.leave"
    label = "leave"
