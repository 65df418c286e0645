from django.apps import AppConfig


class Handbook(AppConfig):
    name = "allpresent.handbook"
    label = "handbook"
