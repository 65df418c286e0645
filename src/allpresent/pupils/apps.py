from django.apps import AppConfig


class Pupils(AppConfig):
    name = "allpresent.pupils"
    label = "pupils"
