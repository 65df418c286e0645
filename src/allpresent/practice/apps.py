from django.apps import AppConfig


class Practice(AppConfig):
    name = "allpresent.practice"
    label = "practice"
